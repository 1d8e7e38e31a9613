"""A sample of decisions is decided once more, blind; the pairs measure who decides."""

from functools import partial

import pytest

from annotation.dispute_payload import dispute_of
from annotation.models import Adjudication, Dispute, GoldLabel, Project, SecondLookFigure
from annotation.models.adjudication import Turn
from annotation.stages import adjudicate
from annotation.stages.adjudicate import looking, rules
from core.models import AuditEvent, User
from core.organisations import grant
from core.refusals import AlreadyDone, Conflicted, InvalidInput
from core.roles import Role
from tests import cast
from tests.annotation.stages.dispute_scene import decided, disputed, fresh, gold_of, second_adjudicator
from tests.cast import World
from tests.core.database import together


def look_at(ours: World, share: float = 1.0) -> None:
    rules.change(project=ours.project, by=ours.lead, second_look_share=share)
    cast.drain()


def looks() -> list[Dispute]:
    rows = Dispute.objects.select_related("project__organisation", "item__lane").order_by("pk")
    return list(rows.filter(turn=Turn.SECOND_LOOK))


def test_it_is_drawn_from_what_was_decided_and_from_what_will_be(ours: World, erin: User) -> None:
    first, _decision = decided(ours)
    look_at(ours)
    assert [one.of for one in looks()] == [first]
    cast.decide(looks()[0], second_adjudicator(ours), cast.choice())
    [second] = disputed(ours, start=1)
    cast.decide(second, erin, cast.choice())
    cast.drain()
    assert len(looks()) == 2


def test_a_share_draws_that_share_and_the_same_whoever_asks(ours: World) -> None:
    Project.objects.update(second_look_share=0.3)
    project = Project.objects.select_related("organisation").get()
    drawn = {at for at in range(2000) if looking.is_drawn(project, f"d{at}")}
    assert 500 < len(drawn) < 700
    project.second_look_share = 0.6
    assert drawn < {at for at in range(2000) if looking.is_drawn(project, f"d{at}")}


def test_it_looks_like_any_dispute_and_goes_to_somebody_else(ours: World, erin: User) -> None:
    first, decision = decided(ours)
    look_at(ours)
    [look] = looks()
    heidi = second_adjudicator(ours)
    assert list(Dispute.objects.to_decide_by(heidi)) == [look]
    assert not Dispute.objects.to_decide_by(erin).exists()
    assert look not in Dispute.objects.visible_to(erin)
    assert first not in Dispute.objects.visible_to(heidi)
    shown = dispute_of(look)
    assert decision.uid not in str(shown)
    assert "second" not in str(shown)
    with pytest.raises(Conflicted):
        cast.decide(look, erin, cast.choice())


def test_who_sees_the_work_cannot_be_blind(ours: World) -> None:
    decided(ours)
    look_at(ours)
    heidi = second_adjudicator(ours)
    grant(user=heidi, organisation=ours.organisation, role=Role.LEAD, by=ours.owner)
    assert not Dispute.objects.to_decide_by(heidi).exists()
    with pytest.raises(Conflicted):
        adjudicate.show(looks()[0], heidi)


def test_gold_stays_until_the_lead_says_otherwise(ours: World) -> None:
    first, _decision = decided(ours, "breach")
    look_at(ours)
    [look] = looks()
    second = cast.decide(look, second_adjudicator(ours), cast.choice("unsure"))
    cast.drain()
    assert gold_of(first.item) == "breach"
    looking.review(look=fresh(look), by=ours.lead, review="adopted")
    assert GoldLabel.objects.current().get(question="verdict").adjudication == second
    with pytest.raises(AlreadyDone):
        looking.review(look=fresh(look), by=ours.lead, review="kept")
    assert AuditEvent.objects.filter(action="second_look.reviewed").count() == 1


def test_what_agrees_needs_no_answer(ours: World) -> None:
    decided(ours, "breach")
    look_at(ours)
    [look] = looks()
    cast.decide(look, second_adjudicator(ours), cast.choice("breach"))
    for said in ("kept", "perhaps"):
        with pytest.raises(InvalidInput):
            looking.review(look=fresh(look), by=ours.lead, review=said)


def test_adjudicators_are_measured_by_their_pairs(ours: World, erin: User) -> None:
    verdicts = ["breach", "unsure", "breach", "no breach", "breach"]
    for dispute, verdict in zip(disputed(ours, 5), verdicts, strict=True):
        cast.decide(dispute, erin, cast.choice(verdict))
    cast.drain()
    look_at(ours)
    heidi = second_adjudicator(ours)
    for look, verdict in zip(looks(), ["breach", "unsure", "unsure", "no breach"], strict=False):
        cast.decide(look, heidi, cast.choice(verdict))
    cast.decide(looks()[4], heidi, [], outcome="bad_item")
    cast.drain()
    overall = SecondLookFigure.objects.newest().get(adjudicator=None, question="")
    assert (overall.pairs, overall.same, overall.kappa, overall.reason) == (5, 3, None, "incomplete")
    of_erin = SecondLookFigure.objects.newest().get(adjudicator__user=erin, question="verdict")
    # Cohen: observed 3/5; by chance (3*1 + 1*2 + 1*1 + 0*1)/25 = 6/25; (0.6 - 0.24)/0.76.
    assert of_erin.kappa == pytest.approx(0.36 / 0.76)
    assert of_erin.is_few
    assert 0 < of_erin.low < 0.6 < of_erin.high < 1


def test_drawing_twice_opens_one_look(ours: World) -> None:
    decided(ours)
    look_at(ours)
    look_at(ours, 0.0)
    look_at(ours)
    assert len(looks()) == 1


def test_of_two_second_looks_at_once_one_counts(committed: None) -> None:
    ours = cast.world(cast.OURS)
    decided(ours)
    look_at(ours)
    judges = [second_adjudicator(ours), second_adjudicator(ours, "ivan")]
    given = together([partial(cast.decide, looks()[0], judge, cast.choice()) for judge in judges])
    assert sorted(type(one).__name__ for one in given) == ["Adjudication", "AlreadyDone"]
    assert Adjudication.objects.count() == 2
