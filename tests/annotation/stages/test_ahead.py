"""One item ahead: leased while the one before it is open, and never more."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from annotation import answering
from annotation.models import Assignment, Batch, Item, Project, control
from annotation.models.assignment import Outcome, Purpose
from annotation.models.newest import newest
from annotation.payloads import work_of
from annotation.stages import label, lease
from annotation.stages import project as projects
from core.models import User
from core.refusals import LeaseExpired, NotAllowed
from experts import evidence
from tests import cast
from tests.annotation.stages.controls_scene import bring_controls, make_exam, mix
from tests.annotation.stages.test_concurrency import setting
from tests.cast import World
from tests.core.database import committed, together

__all__ = ["committed"]


@pytest.fixture
def three(ours: World) -> World:
    """Three items, two answers each."""
    cast.bring_texts(ours.project, ours.lead, 3)
    return ours


def taken(world: World, user: User) -> Assignment:
    assignment = cast.take(world.project, user)
    assert assignment
    return assignment


def ahead(assignment: Assignment, user: User) -> Assignment:
    found = lease.take_ahead(assignment=assignment, by=user)
    assert found
    return found


def slots() -> list[int]:
    return list(Item.objects.order_by("pk").values_list("open_slots", flat=True))


def test_the_next_item_is_leased_and_never_more_than_one(three: World, carol: User) -> None:
    first = taken(three, carol)
    second = ahead(first, carol)
    assert second.item != first.item
    assert second.lease_until > timezone.now() + timedelta(minutes=59)
    assert ahead(first, carol) == second
    assert slots() == [1, 1, 2]


def test_asking_for_the_next_item_gives_the_older_one(three: World, carol: User) -> None:
    first = taken(three, carol)
    second = ahead(first, carol)
    assert taken(three, carol) == first
    cast.submit(first, carol, cast.choice())
    assert taken(three, carol) == second


def test_what_is_ahead_of_the_second_is_the_third_once_the_first_is_submitted(
    three: World, carol: User
) -> None:
    first = taken(three, carol)
    second = ahead(first, carol)
    assert ahead(second, carol) == first
    cast.submit(first, carol, cast.choice())
    third = ahead(second, carol)
    assert third.item_id not in {first.item_id, second.item_id}
    cast.submit(second, carol, cast.choice())
    assert lease.take_ahead(assignment=third, by=carol) is None
    assert slots() == [1, 1, 1]


def test_what_is_left_falls_by_one_with_every_item(three: World, carol: User) -> None:
    first = taken(three, carol)
    assert work_of(first)["left"] == 2
    second = ahead(first, carol)
    assert [work_of(one)["left"] for one in (first, second)] == [2, 1]
    cast.submit(first, carol, cast.choice())
    assert work_of(ahead(second, carol))["left"] == 0


def test_there_is_nothing_ahead_of_what_one_does_not_hold(three: World, carol: User) -> None:
    first = taken(three, carol)
    lease.skip(assignment=first, by=carol, reason="unclear")
    with pytest.raises(LeaseExpired):
        lease.take_ahead(assignment=first, by=carol)
    assert slots() == [2, 2, 2]


def test_skipping_and_giving_back_lead_to_the_one_ahead(three: World, carol: User) -> None:
    first = taken(three, carol)
    second = ahead(first, carol)
    lease.skip(assignment=first, by=carol, reason="unclear")
    assert taken(three, carol) == second
    third = ahead(second, carol)
    lease.give_back(assignment=second, by=carol)
    assert taken(three, carol) == third
    assert ahead(third, carol) == second


def test_a_lease_ahead_runs_out_like_any_other_and_comes_again(three: World, carol: User) -> None:
    first = taken(three, carol)
    second = ahead(first, carol)
    Assignment.objects.filter(pk=second.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert lease.return_expired() == 1
    assert slots() == [1, 2, 2]
    assert ahead(first, carol) == second
    assert slots() == [1, 1, 2]


def test_what_is_held_by_name_is_ahead_and_nothing_is_added(three: World, carol: User) -> None:
    first = taken(three, carol)
    second = ahead(first, carol)
    cast.submit(first, carol, cast.choice())
    third = ahead(second, carol)
    Assignment.objects.filter(pk=first.pk).update(outcome="", ended_at=None)
    assert ahead(second, carol) == first
    assert ahead(first, carol) == second
    assert third.pk in Assignment.objects.open().values_list("pk", flat=True)


def test_one_that_a_rule_bars_by_now_is_given_back(three: World, carol: User) -> None:
    other = cast.bring_texts(three.project, three.lead, 1, start=50)
    first = taken(three, carol)
    Item.objects.filter(batch=other).update(position=0)
    second = ahead(first, carol)
    Item.objects.filter(pk=second.item_id).update(batch=other)
    Batch.objects.filter(pk=other.pk).update(created_by=carol)
    third = ahead(first, carol)
    second.refresh_from_db()
    assert second.outcome == Outcome.RETURNED
    assert third not in {first, second}


def test_a_paused_project_gives_nothing_ahead(three: World, carol: User) -> None:
    first = taken(three, carol)
    projects.set_paused(project=three.project, by=three.lead, paused=True)
    first.refresh_from_db()
    with pytest.raises(NotAllowed, match="paused"):
        lease.take_ahead(assignment=Assignment.objects.get(pk=first.pk), by=carol)
    assert slots() == [1, 2, 2]


def test_what_is_held_ahead_goes_back_when_the_project_is_paused(
    three: World, carol: User, dan: User
) -> None:
    first = taken(three, carol)
    second = ahead(first, carol)
    theirs = taken(three, dan)
    begun = ahead(theirs, dan)
    label.save_draft(
        assignment=begun, schema=newest(three.project)[0].schema, revision=0, result=cast.choice(), seconds=1
    )
    projects.set_paused(project=three.project, by=three.lead, paused=True)
    cast.drain()
    for kept in (first, theirs, begun):
        kept.refresh_from_db()
        assert kept.outcome == ""
    second.refresh_from_db()
    assert second.outcome == Outcome.RETURNED
    cast.submit(first, carol, cast.choice())
    projects.set_paused(project=three.project, by=three.lead, paused=False)
    assert cast.take(three.project, carol)


def test_8_tabs_are_given_the_same_item_ahead(committed: None) -> None:
    project, people = setting(6, 2, 1)
    first = cast.take(project, people[0])
    assert first
    given = together([partial(lease.take_ahead, assignment=first, by=people[0])] * 8)
    assert not [one for one in given if isinstance(one, Exception)], given
    assert len({one.pk for one in given if isinstance(one, Assignment)}) == 1
    assert Assignment.objects.count() == 2


def test_next_and_ahead_at_once_give_two_items_at_most(committed: None) -> None:
    project, people = setting(6, 2, 1)
    first = cast.take(project, people[0])
    assert first
    calls = [
        partial(lease.take_ahead, assignment=first, by=people[0]),
        partial(cast.take, project, people[0]),
    ]
    given = together(calls * 4)
    assert not [one for one in given if isinstance(one, Exception)], given
    assert Assignment.objects.count() == 2


def work_ahead(project: Project, user: User) -> int:
    """Label until nothing is left, each time with the next item in hand before the one before it is submitted."""
    answered, desk = 0, cast.take(project, user)
    while desk:
        following = lease.take_ahead(assignment=desk, by=user)
        answered += cast.submit(desk, user, cast.choice()).created
        desk = following or cast.take(project, user)
    return answered


def test_16_experts_who_work_ahead_never_exceed_the_overlap_and_lose_no_item(committed: None) -> None:
    project, people = setting(16, 3, 16)
    answered = together([partial(work_ahead, project, user) for user in people])
    assert not [one for one in answered if isinstance(one, Exception)], answered
    counted = dict.fromkeys(Item.objects.values_list("pk", flat=True), 0)
    for pk in Assignment.objects.filter(outcome=Outcome.SUBMITTED).values_list("item", flat=True):
        counted[pk] += 1
    assert set(counted.values()) == {3}
    assert not Item.objects.exclude(open_slots=0).exists()
    assert not Assignment.objects.open().exists()


def test_control_items_come_at_the_same_turns_as_without_working_ahead(ours: World, carol: User) -> None:
    bring_controls(ours.project, ours.lead, 8)
    cast.bring_texts(ours.project, ours.lead, 8)
    mix(ours.project, ours.lead, control_rate=0.5)
    left, desk = [], cast.take(ours.project, carol)
    while desk:
        following = lease.take_ahead(assignment=desk, by=carol)
        left.append(work_of(desk)["left"])
        cast.submit(desk, carol, cast.choice())
        desk = following
    turns = list(Assignment.objects.order_by("pk").values_list("purpose", flat=True))
    uid = evidence.expert_of(carol).uid
    for at, purpose in enumerate(turns):
        is_due = control.due(ours.project.uid, uid, at, 0.5)
        used_up = turns[:at].count(Purpose.CONTROL) == 8
        assert (purpose == Purpose.CONTROL) == (is_due and not used_up)
    assert left == list(range(len(turns) - 1, -1, -1))


def test_a_question_of_an_exam_has_nothing_ahead(ours: World, carol: User) -> None:
    bring_controls(ours.project, ours.lead, 4)
    exam = make_exam(ours.project, ours.lead, questions=3)
    attempt = answering.start_exam(exam=exam, expert=evidence.expert_of(carol), by=carol)
    question = attempt.questions.order_by("pk")[0]
    assert lease.take_ahead(assignment=question, by=carol) is None
    assert attempt.questions.count() == 3
