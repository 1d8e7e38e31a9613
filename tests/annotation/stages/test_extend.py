"""Keep an item for longer: heartbeats, more time on request, taking it up again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.models import Assignment, Draft, Item
from annotation.models.assignment import Outcome, Purpose
from annotation.models.newest import newest
from annotation.stages import assign, extend, label, lease
from core.models import AuditEvent, User
from core.refusals import AlreadyDone, InvalidInput, LeaseExpired, NotAllowed
from experts import evidence
from tests import cast
from tests.cast import World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def held(ours: World, carol: User) -> Assignment:
    """Carol's item, with sixty minutes to answer it."""
    cast.bring_texts(ours.project, ours.lead, 1)
    assignment = cast.take(ours.project, carol)
    assert assignment
    return assignment


def begun(assignment: Assignment, minutes: int, left: int) -> None:
    """As if it had been taken so many minutes ago and ran out in `left`."""
    now = timezone.now()
    Assignment.objects.filter(pk=assignment.pk).update(
        leased_at=now - minutes * MINUTE, lease_until=now + left * MINUTE
    )


def minutes_left(assignment: Assignment) -> float:
    assignment.refresh_from_db()
    return (assignment.lease_until - timezone.now()) / MINUTE


def save(assignment: Assignment) -> None:
    schema, _guideline = newest(assignment.project)
    label.save_draft(assignment=assignment, schema=schema.schema, revision=0, result=cast.choice(), seconds=1)


def test_a_heartbeat_renews_the_lease(held: Assignment) -> None:
    begun(held, 50, 10)
    until = extend.heartbeat(assignment=held)
    assert 59 < minutes_left(held) <= 60
    assert until == held.lease_until


def test_heartbeats_alone_keep_an_item_for_four_leases(held: Assignment) -> None:
    begun(held, 220, 10)
    extend.heartbeat(assignment=held)
    assert 19 < minutes_left(held) <= 20
    begun(held, 241, -1)
    with pytest.raises(LeaseExpired):
        extend.heartbeat(assignment=held)


def test_a_saved_change_begins_the_four_leases_anew(held: Assignment) -> None:
    save(held)
    begun(held, 300, 1)
    extend.heartbeat(assignment=held)
    assert 59 < minutes_left(held) <= 60


def test_neither_a_heartbeat_nor_a_draft_shortens_what_was_given_for_longer(held: Assignment) -> None:
    begun(held, 0, 500)
    extend.heartbeat(assignment=held)
    save(held)
    assert 499 < minutes_left(held) <= 500


def test_more_time_is_counted_in_all_so_that_asking_twice_changes_nothing(
    held: Assignment, carol: User
) -> None:
    for _ in range(2):
        extend.extend(assignment=held, by=carol, minutes=30)
        assert 89 < minutes_left(held) <= 90
    extend.extend(assignment=held, by=carol, minutes=10)
    assert held.extended == 30
    begun(held, 60, 5)
    extend.heartbeat(assignment=held)
    assert 89 < minutes_left(held) <= 90
    assert AuditEvent.objects.filter(action="assignment.extended").count() == 1


@pytest.mark.parametrize("minutes", [0, -1, 241, True, 1.5])
def test_more_time_has_a_limit_that_the_refusal_says(held: Assignment, carol: User, minutes: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        extend.extend(assignment=held, by=carol, minutes=minutes)
    assert "240" in refused.value.sentence


def test_what_is_over_is_not_kept(held: Assignment, carol: User) -> None:
    lease.give_back(assignment=held, by=carol)
    with pytest.raises(LeaseExpired):
        extend.heartbeat(assignment=held)
    with pytest.raises(LeaseExpired):
        extend.extend(assignment=held, by=carol, minutes=5)
    again = cast.take(held.project, carol)
    assert again
    cast.submit(again, carol, cast.choice())
    with pytest.raises(AlreadyDone):
        extend.heartbeat(assignment=again)


def test_an_exam_has_its_own_time(held: Assignment, carol: User) -> None:
    Assignment.objects.filter(pk=held.pk).update(purpose=Purpose.EXAM)
    begun(held, 10, 5)
    extend.heartbeat(assignment=held)
    assert minutes_left(held) <= 5
    with pytest.raises(NotAllowed):
        extend.extend(assignment=held, by=carol, minutes=5)


def test_an_item_whose_time_ran_out_is_taken_up_with_its_draft(held: Assignment, carol: User) -> None:
    save(held)
    begun(held, 61, -1)
    assert lease.return_expired() == 1
    assert extend.take_up(assignment=held, by=carol).outcome == ""
    assert extend.take_up(assignment=held, by=carol).outcome == ""
    assert Item.objects.get().open_slots == 1
    assert Draft.objects.filter(assignment=held).exists()


def test_it_is_not_taken_up_when_its_place_is_taken_or_a_lead_took_it_back(
    held: Assignment, carol: User, ours: World
) -> None:
    lease.give_back(assignment=held, by=carol)
    Item.objects.update(open_slots=0)
    with pytest.raises(LeaseExpired):
        extend.take_up(assignment=held, by=carol)
    Item.objects.update(open_slots=2)
    extend.take_up(assignment=held, by=carol)
    assign.withdraw(assignment=held, by=ours.lead)
    with pytest.raises(LeaseExpired):
        extend.take_up(assignment=held, by=carol)


def test_a_draft_of_what_a_lead_took_back_is_stored_and_does_not_take_it_again(
    held: Assignment, carol: User, ours: World
) -> None:
    assign.withdraw(assignment=held, by=ours.lead)
    schema, _guideline = newest(held.project)
    draft, until = label.save_draft(
        assignment=held, schema=schema.schema, revision=0, result=cast.choice(), seconds=1
    )
    assert (draft.revision, until) == (1, None)
    held.refresh_from_db()
    assert held.outcome == Outcome.WITHDRAWN
    assert cast.take(held.project, carol) is None
    assert evidence.expert_of(carol) == held.expert
    assert cast.submit(held, carol, cast.choice()).annotation.surplus  # kept, and counts for nothing
