"""What else a decision may say: that the item is bad, that the guideline is unclear; and what it refers to."""

from typing import Any

import pytest

from annotation.models import Adjudication, Citation, Dispute, GoldLabel, GuidelineDoubt, Item
from annotation.models.feedback import feedback_of
from annotation.models.own_work import answers
from annotation.stages import project as projects
from annotation.stages.adjudicate.doubting import hold, resume
from core.models import AuditEvent, User
from core.refusals import AlreadyDone, InvalidInput
from experts.evidence import expert_of
from tests import cast
from tests.annotation.stages.dispute_scene import disputed, fresh, second_adjudicator
from tests.cast import World


def put_on_hold(dispute: Dispute, user: User, **changes: Any) -> GuidelineDoubt:
    values = {"note": "Is rent owed on a holiday?", "clause": "1.1", **changes}
    guideline = dispute.project.guidelines.order_by("-version")[0]
    return hold(dispute=dispute, expert=expert_of(user), by=user, guideline=guideline, **values)


def test_a_bad_item_is_settled_without_gold(ours: World, carol: User, erin: User) -> None:
    [dispute] = disputed(ours)
    decision = cast.decide(dispute, erin, [], outcome="bad_item")
    cast.drain()
    item = Item.objects.get()
    assert (decision.outcome, decision.value, decision.result) == ("bad_item", None, [])
    assert item.settled_at is not None
    assert item.bad_at == item.settled_at
    assert not GoldLabel.objects.exists()
    assert AuditEvent.objects.filter(action="item.set_aside").count() == 1
    told = feedback_of(list(answers(carol)))
    assert [one.bad for one in told.values()] == [True]


def test_a_bad_item_is_left_out_of_releases_which_say_so(ours: World, erin: User) -> None:
    first, _second = disputed(ours, 2)
    cast.decide(first, erin, [], outcome="bad_item")
    cast.drain()
    with pytest.raises(InvalidInput) as refusal:
        cast.make_release(ours.project, ours.lead)
    assert refusal.value.code == "nothing_settled"
    cast.decide(_second, erin, cast.choice())
    cast.drain()
    release = cast.make_release(ours.project, ours.lead)
    assert release.items == 1
    assert release.manifest["more"]["bad_items"] == 1
    assert list(release.members.values_list("item", flat=True)) == [_second.item_id]


def test_a_bad_item_gets_no_answer(ours: World, erin: User) -> None:
    [dispute] = disputed(ours)
    for result, outcome, where in (
        (cast.choice(), "bad_item", "result"),
        (cast.choice(), "maybe", "outcome"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            cast.decide(dispute, erin, result, outcome=outcome)
        assert refusal.value.where == where
    assert not Adjudication.objects.exists()


def test_a_clause_is_one_of_the_guideline_s(ours: World, erin: User) -> None:
    [dispute] = disputed(ours)
    with pytest.raises(InvalidInput) as refusal:
        cast.decide(dispute, erin, cast.choice(), clause="7.3")
    assert (refusal.value.code, refusal.value.where) == ("no_such_clause", "clause")
    assert cast.decide(dispute, erin, cast.choice(), clause=" 1.1. ").clause == "1.1"


def test_an_unclear_guideline_is_told_with_a_decision(ours: World, erin: User) -> None:
    [dispute] = disputed(ours)
    decision = cast.decide(dispute, erin, cast.choice(), unclear=" Holidays? ")
    doubt = GuidelineDoubt.objects.get()
    assert (doubt.adjudication, doubt.note, doubt.clause) == (decision, "Holidays?", "1.1")
    assert fresh(dispute).closed_at is not None


def test_what_is_on_hold_waits_for_the_lead(ours: World, erin: User) -> None:
    [dispute] = disputed(ours)
    doubt = put_on_hold(dispute, erin)
    assert not Dispute.objects.to_decide_by(erin).exists()
    assert fresh(dispute).closed_at is None
    for again in (lambda: cast.decide(dispute, erin, cast.choice()), lambda: put_on_hold(dispute, erin)):
        with pytest.raises(AlreadyDone):
            again()
    with pytest.raises(InvalidInput) as refusal:
        resume(doubts=[doubt], by=ours.lead)
    assert refusal.value.code == "no_new_guideline"
    projects.add_guideline(project=ours.project, by=ours.lead, text="1.1 Rent is owed on holidays too.")
    assert resume(doubts=[doubt], by=ours.lead) == 1
    assert list(Dispute.objects.to_decide_by(erin)) == [dispute]
    with pytest.raises(AlreadyDone):
        resume(doubts=[doubt], by=ours.lead)
    cast.decide(fresh(dispute), erin, cast.choice())
    cast.drain()
    assert Item.objects.get().settled_at


def test_the_lead_may_answer_instead_of_writing_a_new_version(ours: World, erin: User) -> None:
    [dispute] = disputed(ours)
    doubt = put_on_hold(dispute, erin)
    resume(doubts=[doubt], by=ours.lead, answer="Read 1.1 again.")
    doubt.refresh_from_db()
    assert (doubt.answer, doubt.resumed_by) == ("Read 1.1 again.", ours.lead)
    put_on_hold(fresh(dispute), erin)  # and it may be unclear still
    assert GuidelineDoubt.objects.holding().count() == 1


@pytest.mark.parametrize(
    ("changes", "code"), [({"note": " "}, "no_note"), ({"clause": "9"}, "no_such_clause")]
)
def test_a_hold_says_what_is_unclear(ours: World, erin: User, changes: dict[str, str], code: str) -> None:
    [dispute] = disputed(ours)
    with pytest.raises(InvalidInput) as refusal:
        put_on_hold(dispute, erin, **changes)
    assert refusal.value.code == code
    assert fresh(dispute).held_at is None


def test_a_bad_item_closes_what_is_on_hold(ours: World, erin: User) -> None:
    [dispute] = disputed(ours)
    other = Dispute.objects.create(
        project=ours.project, item=dispute.item, question="stars", rule="r", opened_at=dispute.opened_at
    )
    put_on_hold(fresh(other), erin)
    decision = cast.decide(dispute, erin, [], outcome="bad_item")
    cast.drain()
    assert (fresh(other).closed_with, fresh(other).held_at) == (decision, None)
    assert not GuidelineDoubt.objects.holding().exists()
    assert Item.objects.get().bad_at


def test_a_decision_cites_others_of_the_project(ours: World, erin: User) -> None:
    one, two = disputed(ours, 2)
    first = cast.decide(one, erin, cast.choice())
    second = cast.decide(two, erin, cast.choice(), cites=[first.uid, first.uid])
    assert [row.cited for row in second.citations.all()] == [first]
    assert [row.adjudication for row in first.cited_by.all()] == [second]
    assert Citation.objects.count() == 1


def test_what_there_is_not_cannot_be_cited(ours: World, erin: User) -> None:
    [dispute] = disputed(ours)
    for cites in (["nothing"], [str(at) for at in range(11)]):
        with pytest.raises(InvalidInput) as refusal:
            cast.decide(dispute, erin, cast.choice(), cites=cites)
        assert refusal.value.where == "cites"
    assert second_adjudicator(ours)
