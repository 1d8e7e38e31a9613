"""Adjudicate: a named person without a part in it decides, with a reason, once."""

from functools import partial

import pytest

from annotation.dispute_payload import dispute_of
from annotation.models import Adjudication, Dispute, Item, Project
from annotation.stages import adjudicate, lease
from annotation.stages.adjudicate.weighing import weigh_daily
from core.models import AuditEvent, User
from core.organisations import grant
from core.refusals import AlreadyDone, Conflicted, InvalidInput, InvalidLabel, NotAllowed, NotQualified
from core.roles import Role
from experts import evidence
from experts.models import Qualification
from tests import cast
from tests.cast import World
from tests.core.database import together


def disputed(ours: World, count: int = 1) -> Dispute:
    cast.bring_texts(ours.project, ours.lead, count)
    cast.answer_all(ours.project, ours.people["annotator"], lambda _: cast.everything())
    cast.answer_all(ours.project, ours.people["annotator2"], lambda _: cast.everything("unsure"))
    cast.drain()
    return Dispute.objects.order_by("pk")[0]


@pytest.fixture
def dispute(ours: World) -> Dispute:
    return disputed(ours)


def test_a_decision_closes_the_dispute_and_keeps_its_reasons(dispute: Dispute, erin: User) -> None:
    decision = cast.decide(dispute, erin, cast.choice("no breach"), " Rent is not due yet. ")
    dispute.refresh_from_db()
    assert dispute.closed_at == decision.decided_at
    assert (decision.value, decision.rationale, decision.clause) == (
        "no breach",
        "Rent is not due yet.",
        "1.1",
    )
    assert decision.adjudicator.user == erin
    event = AuditEvent.objects.get(action="dispute.decided")
    assert (event.actor_id, event.changes["dispute"]) == (erin.pk, dispute.uid)
    assert "Rent" not in str(event.changes)


def test_an_annotator_of_the_item_may_neither_see_nor_decide_it(
    ours: World, dispute: Dispute, carol: User
) -> None:
    grant(user=carol, organisation=ours.organisation, role=Role.ADJUDICATOR, by=ours.owner)
    with pytest.raises(Conflicted):
        cast.decide(dispute, carol, cast.choice())
    with pytest.raises(Conflicted):
        adjudicate.check_may_see(dispute, carol)
    assert not Dispute.objects.to_decide_by(carol).exists()


def test_who_holds_the_item_may_not_see_it_either(ours: World, erin: User) -> None:
    grant(user=erin, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    dispute = disputed(ours)
    Item.objects.update(overlap=3, open_slots=1)
    assignment = cast.take(ours.project, erin)
    assert assignment
    with pytest.raises(Conflicted):
        adjudicate.check_may_see(dispute, erin)
    lease.skip(assignment=assignment, by=erin, reason="unclear")
    adjudicate.check_may_see(dispute, erin)


def test_who_skipped_the_item_for_an_interest_never_decides_it(ours: World, erin: User) -> None:
    grant(user=erin, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    dispute = disputed(ours)
    Item.objects.update(overlap=3, open_slots=1)
    assignment = cast.take(ours.project, erin)
    assert assignment
    lease.skip(assignment=assignment, by=erin, reason="conflict")
    assert not Dispute.objects.to_decide_by(erin).exists()
    with pytest.raises(Conflicted):
        cast.decide(dispute, erin, cast.choice())


def test_only_adjudicators_decide(ours: World, dispute: Dispute) -> None:
    for part in ("owner", "lead", "contributor", "auditor"):
        with pytest.raises(NotAllowed):
            cast.decide(dispute, ours.people[part], cast.choice())


def test_only_the_qualified_decide(ours: World, dispute: Dispute, erin: User) -> None:
    evidence.revoke_qualification(qualification=Qualification.objects.get(expert__user=erin), by=ours.lead)
    with pytest.raises(NotQualified):
        cast.decide(dispute, erin, cast.choice())


@pytest.mark.parametrize("rationale", ["", "  \n"])
def test_a_decision_needs_a_rationale(dispute: Dispute, erin: User, rationale: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        cast.decide(dispute, erin, cast.choice(), rationale)
    assert refusal.value.code == "no_rationale"
    assert not Adjudication.objects.exists()


def test_a_decision_answers_the_disputed_question_only(dispute: Dispute, erin: User) -> None:
    with pytest.raises(InvalidLabel) as refusal:
        cast.decide(dispute, erin, cast.everything())
    assert refusal.value.code == "other_question"


@pytest.mark.parametrize(
    ("result", "code"), [([], "required_missing"), (cast.choice("perhaps"), "unknown_label")]
)
def test_a_decision_must_fit_the_schema(dispute: Dispute, erin: User, result: cast.Result, code: str) -> None:
    with pytest.raises(InvalidLabel) as refusal:
        cast.decide(dispute, erin, result)
    assert refusal.value.code == code


def test_no_answer_is_a_decision_where_none_is_required(ours: World, erin: User) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    cast.answer_all(ours.project, ours.people["annotator"], lambda _: cast.everything())
    cast.answer_all(
        ours.project,
        ours.people["annotator2"],
        lambda _: [part for part in cast.everything() if part["from_name"] != "stars"],
    )
    cast.drain()
    dispute = Dispute.objects.get()
    assert cast.decide(dispute, erin, []).value is None
    cast.drain()
    gold = Item.objects.get().gold.get(question="stars")
    assert (gold.value, gold.how, [entry["value"] for entry in gold.dissent]) == (None, "adjudicated", [4])


def test_a_dispute_is_decided_once(ours: World, dispute: Dispute, erin: User) -> None:
    cast.decide(dispute, erin, cast.choice())
    with pytest.raises(AlreadyDone):
        cast.decide(dispute, erin, cast.choice("unsure"))
    dispute.refresh_from_db()
    with pytest.raises(AlreadyDone):
        cast.decide(dispute, erin, cast.choice("unsure"))
    assert Adjudication.objects.get().value == "breach"


def test_one_of_many_decisions_at_once_counts(committed: None) -> None:
    ours = cast.world(cast.OURS)
    dispute = disputed(ours)
    erin = ours.people["adjudicator"]
    given = together([partial(cast.decide, dispute, erin, cast.choice())] * 4)
    assert sorted(type(one).__name__ for one in given) == ["Adjudication"] + ["AlreadyDone"] * 3
    cast.drain()
    assert Item.objects.get().settled_at


def test_answers_are_shown_without_names_in_an_order_of_the_dispute_s_own(ours: World) -> None:
    first = disputed(ours, count=12)
    assert dispute_of(first) == dispute_of(first)
    orders = set()
    for dispute in Dispute.objects.select_related("project", "item"):
        shown = dispute_of(dispute)["answers"]
        assert [answer["name"] for answer in shown] == ["A", "B"]
        assert all(answer.keys() == {"name", "result", "value"} for answer in shown)
        orders.add(tuple(answer["value"] for answer in shown))
    assert len(orders) == 2


def test_an_open_dispute_is_weighed_anew_every_day_and_a_closed_one_stays(ours: World, erin: User) -> None:
    disputed(ours, 2)
    first, second = Dispute.objects.order_by("pk")
    cast.decide(first, erin, cast.choice())
    cast.drain()
    Dispute.objects.update(gain=0)
    Project.objects.update(question_weights={"verdict": 3})
    weigh_daily()
    cast.drain()
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.gain == 0
    assert second.gain == pytest.approx(3 * second.uncertainty)
    assert second.uncertainty > 0
