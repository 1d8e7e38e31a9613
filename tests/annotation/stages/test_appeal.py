"""An annotator appeals, once: another adjudicator decides anew, and gold follows the later decision."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from annotation.dispute_payload import dispute_of
from annotation.models import Adjudication, Appeal, Dispute, GoldLabel, Item, Project, Reliability
from annotation.models.adjudication import Turn
from annotation.stages import adjudicate
from annotation.stages.adjudicate.appealing import appeal
from core.models import AuditEvent, User
from core.refusals import AlreadyDone, Conflicted, InvalidInput, NotAllowed
from experts.evidence import expert_of
from tests import cast
from tests.annotation.stages.dispute_scene import decided, disputed, fresh, gold_of, second_adjudicator
from tests.cast import World
from tests.core.database import together


def ask(dispute: Dispute, user: User, reason: str = "The rent was due on Monday.") -> Appeal:
    return appeal(dispute=fresh(dispute), expert=expert_of(user), by=user, reason=reason)


def turn_of(dispute: Dispute) -> Dispute:
    rows = Dispute.objects.select_related("project__organisation", "item__lane")
    return rows.get(of=dispute, turn=Turn.APPEAL)


def test_another_decision_takes_the_place_of_the_first_which_stays(ours: World, dan: User) -> None:
    dispute, first = decided(ours, "breach")
    heidi = second_adjudicator(ours)
    before = GoldLabel.objects.current().get(item=dispute.item, question="verdict")
    ask(dispute, dan)
    second = cast.decide(turn_of(dispute), heidi, cast.choice("unsure"))
    now = GoldLabel.objects.current().get(item=dispute.item, question="verdict")
    assert (now.value, now.how, now.adjudication) == ("unsure", "adjudicated", second)
    before.refresh_from_db()
    assert before.superseded_at is not None
    assert before.adjudication == first
    assert Adjudication.objects.filter(pk=first.pk, value="breach").exists()
    assert [entry["value"] for entry in now.dissent] == ["breach"]
    assert AuditEvent.objects.get(action="gold.amended").changes["effect"] == "superseded"
    cast.drain()
    assert gold_of(dispute.item) == "unsure"


def test_the_same_decision_upholds_the_first(ours: World, dan: User) -> None:
    dispute, first = decided(ours, "breach")
    heidi = second_adjudicator(ours)
    ask(dispute, dan)
    cast.decide(turn_of(dispute), heidi, cast.choice("breach"))
    assert GoldLabel.objects.get(item=dispute.item, question="verdict").adjudication == first
    assert AuditEvent.objects.get(action="gold.amended").changes["effect"] == "upheld"


def test_records_follow_the_decision_that_holds(ours: World, carol: User, dan: User) -> None:
    dispute, _first = decided(ours, "breach")

    def records() -> dict[str, tuple[int, int]]:
        return {row.expert.user.name: (row.right, row.asked) for row in Reliability.objects.all()}

    assert records() == {carol.name: (1, 1), dan.name: (0, 1)}
    ask(dispute, dan)
    cast.decide(turn_of(dispute), second_adjudicator(ours), cast.choice("unsure"))
    assert records() == {carol.name: (0, 1), dan.name: (1, 1)}


def test_who_decided_first_neither_sees_nor_decides_the_appeal(ours: World, dan: User, erin: User) -> None:
    dispute, _first = decided(ours)
    ask(dispute, dan)
    turn = turn_of(dispute)
    assert not Dispute.objects.to_decide_by(erin).exists()
    with pytest.raises(Conflicted):
        adjudicate.show(turn, erin)
    with pytest.raises(Conflicted):
        cast.decide(turn, erin, cast.choice())


def test_the_second_adjudicator_reads_the_reason_and_not_the_first_decision(ours: World, dan: User) -> None:
    dispute, first = decided(ours)
    heidi = second_adjudicator(ours)
    ask(dispute, dan)
    turn = turn_of(dispute)
    assert list(Dispute.objects.visible_to(heidi)) == [turn]
    shown = dispute_of(turn)
    assert shown["appeal"] == ["The rent was due on Monday."]
    assert shown["earlier"] == []
    assert first.uid not in str(shown)
    cast.decide(turn, heidi, cast.choice("unsure"))
    told = dispute_of(fresh(turn))
    assert [one["id"] for one in told["earlier"]] == [first.uid]
    assert set(Dispute.objects.visible_to(heidi)) == {turn, dispute}


def test_one_appeals_once_and_two_share_a_turn(ours: World, carol: User, dan: User) -> None:
    dispute, _first = decided(ours)
    ask(dispute, dan)
    with pytest.raises(AlreadyDone) as refusal:
        ask(dispute, dan, "Again.")
    assert refusal.value.code == "appealed"
    ask(dispute, carol, "I agree with the other one.")
    assert dispute_of(turn_of(dispute))["appeal"] == [
        "The rent was due on Monday.",
        "I agree with the other one.",
    ]


def test_what_was_appealed_once_is_final(ours: World, carol: User, dan: User) -> None:
    dispute, _first = decided(ours)
    ask(dispute, dan)
    cast.decide(turn_of(dispute), second_adjudicator(ours), cast.choice("unsure"))
    with pytest.raises(AlreadyDone) as refusal:
        ask(dispute, carol)
    assert refusal.value.code == "appeal_decided"


def test_only_in_time_and_where_the_project_takes_appeals(ours: World, carol: User, dan: User) -> None:
    dispute, _first = decided(ours)
    Item.objects.update(settled_at=timezone.now() - timedelta(days=14, seconds=1))
    with pytest.raises(NotAllowed) as late:
        ask(dispute, dan)
    Item.objects.update(settled_at=timezone.now() - timedelta(days=13))
    ask(dispute, dan)
    Project.objects.update(appeal_days=0)
    with pytest.raises(NotAllowed) as never:
        ask(dispute, carol)
    assert (late.value.code, never.value.code) == ("appeal_over", "no_appeals")


def test_who_is_not_told_what_became_of_an_answer_cannot_appeal(ours: World, dan: User) -> None:
    dispute, _first = decided(ours)
    Project.objects.update(outcomes_hidden=True)
    with pytest.raises(NotAllowed) as refusal:
        ask(dispute, dan)
    assert refusal.value.code == "no_appeals"
    assert not Appeal.objects.exists()
    Project.objects.update(outcomes_hidden=False)
    ask(dispute, dan)


@pytest.mark.parametrize("reason", ["", " \n", "x" * 4001])
def test_an_appeal_needs_a_reason(ours: World, dan: User, reason: str) -> None:
    dispute, _first = decided(ours)
    with pytest.raises(InvalidInput) as refusal:
        ask(dispute, dan, reason)
    assert refusal.value.code == "no_reason"


def test_who_did_not_annotate_it_may_not_appeal(ours: World, erin: User) -> None:
    dispute, _first = decided(ours)
    with pytest.raises(AlreadyDone):
        ask(dispute, erin)
    [still_open] = disputed(ours, start=1)
    with pytest.raises(AlreadyDone):
        ask(still_open, ours.people["annotator"])


def test_a_bad_item_that_is_not_bad_after_all_is_settled_anew(ours: World, dan: User, erin: User) -> None:
    [dispute] = disputed(ours)
    other = Dispute.objects.create(
        project=ours.project, item=dispute.item, question="stars", rule="r", opened_at=timezone.now()
    )
    cast.decide(dispute, erin, [], outcome="bad_item")
    cast.drain()
    assert fresh(other).closed_with is not None
    ask(dispute, dan)
    heidi = second_adjudicator(ours)
    cast.decide(turn_of(dispute), heidi, cast.choice("unsure"))
    cast.drain()
    item = Item.objects.get()
    assert (item.bad_at, item.settled_at, fresh(other).closed_at) == (None, None, None)
    cast.decide(fresh(other), heidi, [cast.region("stars", "rating", {"rating": 2})])
    cast.drain()
    assert (gold_of(item), gold_of(item, "stars")) == ("unsure", 2)


def test_an_appeal_may_find_the_item_bad(ours: World, dan: User) -> None:
    dispute, _first = decided(ours)
    ask(dispute, dan)
    cast.decide(turn_of(dispute), second_adjudicator(ours), [], outcome="bad_item")
    assert Item.objects.get().bad_at is not None
    assert not GoldLabel.objects.current().exists()
    assert all((row.right, row.asked) == (0, 0) for row in Reliability.objects.all())


def test_of_appeals_at_once_each_counts_and_one_turn_is_opened(committed: None) -> None:
    ours = cast.world(cast.OURS)
    dispute, _first = decided(ours)
    people = [ours.people["annotator"], ours.people["annotator2"]] * 2
    given = together([partial(ask, dispute, user) for user in people])
    assert sorted(type(one).__name__ for one in given) == ["AlreadyDone", "AlreadyDone", "Appeal", "Appeal"]
    assert Dispute.objects.filter(turn=Turn.APPEAL).count() == 1


def test_of_two_who_decide_an_appeal_one_counts(committed: None) -> None:
    ours = cast.world(cast.OURS)
    dispute, _first = decided(ours)
    ask(dispute, ours.people["annotator2"])
    judges = [second_adjudicator(ours), second_adjudicator(ours, "ivan")]
    turn = turn_of(dispute)
    given = together([partial(cast.decide, turn, judge, cast.choice("unsure")) for judge in judges])
    assert sorted(type(one).__name__ for one in given) == ["Adjudication", "AlreadyDone"]
    assert GoldLabel.objects.current().get(question="verdict").value == "unsure"
