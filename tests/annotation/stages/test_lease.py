"""Lease: who gets which item, and what becomes of it when it comes back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotation.models import Assignment, Draft, Item
from annotation.models.assignment import Outcome
from annotation.models.lane import lane_like
from annotation.models.newest import newest
from annotation.models.queue import desk
from annotation.stages import label, lease
from annotation.stages import project as projects
from core.models import User
from core.organisations import grant
from core.refusals import AlreadyDone, InvalidInput, NotAllowed, NotQualified
from core.roles import Role
from experts import evidence
from experts.models import Qualification
from tests import cast
from tests.cast import World


@pytest.fixture
def three(ours: World) -> World:
    """Three items, two answers each."""
    cast.bring_texts(ours.project, ours.lead, 3)
    return ours


def taken(three: World, user: User) -> Assignment:
    assignment = cast.take(three.project, user)
    assert assignment
    return assignment


def run_out(assignment: Assignment) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert lease.return_expired() == 1
    assignment.refresh_from_db()


def slots() -> list[tuple[int, int]]:
    return list(Item.objects.order_by("pk").values_list("open_slots", "filled"))


def test_the_oldest_item_comes_first_and_a_more_urgent_one_before_it(
    three: World, carol: User, dan: User
) -> None:
    oldest, _second, urgent = Item.objects.order_by("pk")
    assert taken(three, carol).item == oldest
    Item.objects.filter(pk=urgent.pk).requeue(lane_like(urgent.lane, priority=5))
    assert taken(three, dan).item == urgent


def test_an_assignment_says_why_and_until_when(three: World, carol: User) -> None:
    assignment = taken(three, carol)
    assert [reason["code"] for reason in assignment.reasons] == ["qualified", "no_interest", "oldest_open"]
    minutes = (assignment.lease_until - timezone.now()).total_seconds() / 60
    assert 59 < minutes <= 60
    assert slots() == [(1, 0), (2, 0), (2, 0)]


def test_asking_again_gives_the_same_item_and_renews_it(three: World, carol: User) -> None:
    first = taken(three, carol)
    Assignment.objects.update(lease_until=timezone.now() + timedelta(seconds=1))
    again = taken(three, carol)
    assert again == first
    assert again.lease_until > timezone.now() + timedelta(minutes=59)
    assert slots()[0] == (1, 0)


def test_nothing_is_left_when_all_is_taken(three: World, carol: User) -> None:
    given = cast.answer_all(three.project, carol, lambda _: cast.choice())
    assert len({annotation.item_id for annotation in given}) == 3
    assert cast.take(three.project, carol) is None
    assert slots() == [(1, 1)] * 3


def test_a_third_person_gets_nothing_when_the_overlap_is_reached(
    three: World, carol: User, dan: User
) -> None:
    for user in (carol, dan):
        cast.answer_all(three.project, user, lambda _: cast.choice())
    nina = cast.person("nina")
    grant(user=nina, organisation=three.organisation, role=Role.ANNOTATOR, by=three.owner)
    cast.qualify(nina, three.organisation, three.project.sector, three.lead)
    assert cast.take(three.project, nina) is None


def test_only_annotators_are_given_items(three: World) -> None:
    for part in ("owner", "lead", "adjudicator", "contributor", "auditor"):
        with pytest.raises(NotAllowed):
            cast.take(three.project, three.people[part])


def test_only_the_qualified_are_given_items(three: World, carol: User) -> None:
    evidence.revoke_qualification(qualification=Qualification.objects.get(expert__user=carol), by=three.lead)
    with pytest.raises(NotQualified):
        cast.take(three.project, carol)


def test_a_project_open_to_its_members_asks_for_no_qualification(ours: World) -> None:
    project = cast.found_project(ours.organisation, ours.lead, qualified_only=False)
    cast.bring_texts(project, ours.lead, 1)
    nina = cast.person("nina")
    grant(
        user=nina, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner, project_id=project.pk
    )
    assignment = cast.take(project, nina)
    assert assignment
    assert assignment.reasons[0]["code"] == "open_to_members"
    with pytest.raises(NotAllowed):
        cast.take(ours.project, nina)  # a role in one project is none in another


def test_a_paused_project_gives_nothing(three: World, carol: User) -> None:
    projects.set_paused(project=three.project, by=three.lead, paused=True)
    three.project.refresh_from_db()
    with pytest.raises(NotAllowed, match="paused"):
        cast.take(three.project, carol)


def test_an_expired_lease_returns_to_the_queue(three: World, carol: User) -> None:
    assignment = taken(three, carol)
    run_out(assignment)
    assert (assignment.outcome, slots()[0]) == ("expired", (2, 0))
    assert lease.return_expired() == 0


def test_a_lease_that_runs_is_left_alone(three: World, carol: User) -> None:
    taken(three, carol)
    assert lease.return_expired() == 0
    assert slots()[0] == (1, 0)


def test_an_item_that_ran_out_comes_back_to_its_person_first_with_the_draft(
    three: World, carol: User
) -> None:
    assignment = taken(three, carol)
    schema, _guideline = newest(three.project)
    label.save_draft(assignment=assignment, schema=schema.schema, revision=0, result=cast.choice(), seconds=1)
    run_out(assignment)
    again = taken(three, carol)
    assert (again, again.outcome, slots()[0]) == (assignment, "", (1, 0))
    assert Draft.objects.get(assignment=again).result == cast.choice()


def test_an_item_that_ran_out_and_was_filled_meanwhile_does_not_come_back(
    ours: World, carol: User, dan: User
) -> None:
    cast.set_overlap(ours.project, ours.lead, 1)
    cast.bring_texts(ours.project, ours.lead, 1)
    run_out(taken(ours, carol))
    cast.answer_all(ours.project, dan, lambda _: cast.choice())
    assert cast.take(ours.project, carol) is None


def test_a_skipped_item_goes_to_somebody_else_and_never_comes_back(
    three: World, carol: User, dan: User
) -> None:
    assignment = taken(three, carol)
    lease.skip(assignment=assignment, by=carol, reason="unclear", note=" which party? ")
    assignment.refresh_from_db()
    assert (assignment.outcome, assignment.skip_reason, assignment.skip_note) == (
        "skipped",
        "unclear",
        "which party?",
    )
    assert slots()[0] == (2, 0)
    assert assignment.item_id not in {
        given.item_id for given in cast.answer_all(three.project, carol, lambda _: cast.choice())
    }
    assert taken(three, dan).item == assignment.item


def test_a_skip_needs_a_reason(three: World, carol: User) -> None:
    assignment = taken(three, carol)
    for reason, note in (("boring", ""), ("", ""), ("other", " ")):
        with pytest.raises(InvalidInput):
            lease.skip(assignment=assignment, by=carol, reason=reason, note=note)
    lease.skip(assignment=assignment, by=carol, reason="other", note="it is upside down")


def test_an_item_given_back_comes_back_when_nothing_else_is_left(three: World, carol: User) -> None:
    assignment = taken(three, carol)
    lease.give_back(assignment=assignment, by=carol)
    assert slots()[0] == (2, 0)
    assert taken(three, carol) != assignment
    assert len(cast.answer_all(three.project, carol, lambda _: cast.choice(), most=2)) == 2
    assert taken(three, carol) == assignment


@pytest.mark.parametrize("outcome", [Outcome.SUBMITTED, Outcome.SKIPPED, Outcome.EXPIRED, Outcome.RETURNED])
def test_what_has_ended_cannot_be_given_up_again(three: World, carol: User, outcome: Outcome) -> None:
    assignment = taken(three, carol)
    Assignment.objects.update(outcome=outcome)
    before = slots()
    with pytest.raises(AlreadyDone):
        lease.skip(assignment=assignment, by=carol, reason="unclear")
    with pytest.raises(AlreadyDone):
        lease.give_back(assignment=assignment, by=carol)
    assert slots() == before


def test_what_is_left_is_counted_for_this_person(three: World, carol: User) -> None:
    expert = evidence.expert_of(carol)
    assert lease.count_left(three.project, expert) == 3
    cast.answer_all(three.project, carol, lambda _: cast.choice(), most=2)
    assert lease.count_left(three.project, expert) == 1


def test_a_new_overlap_holds_for_untouched_items_only(three: World, carol: User, dan: User) -> None:
    cast.answer_all(three.project, carol, lambda _: cast.choice(), most=1)
    taken(three, dan)
    taken(three, carol)
    cast.set_overlap(three.project, three.lead, 3)
    assert slots() == [(0, 1), (1, 0), (3, 0)]
    cast.set_overlap(three.project, three.lead, 1)
    assert slots() == [(0, 1), (1, 0), (1, 0)]


def test_what_another_tab_took_while_one_waited_is_found_at_once(
    three: World, carol: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said beside the desk may be older than its lock."""
    first = taken(three, carol)
    rounds: list[Any] = []
    with monkeypatch.context() as patch:
        patch.setattr(lease, "sit_down", lambda *who: replace(desk.sit_down(*who), held=None))
        patch.setattr(lease, "claim", lambda *asked: rounds.append(asked))
        assert taken(three, carol) == first
    assert len(rounds) == 1
