"""Give items by name: every rule holds, no overlap is exceeded, and who may not have one is told why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.models import Assignment, Desk, Draft, Item, Reliability
from annotation.models.assignment import Outcome
from annotation.models.fit import ranked_for
from annotation.models.giving import Wanted
from annotation.models.newest import newest
from annotation.stages import assign, give, interests, label, lease
from annotation.work import HANDLERS
from core import faults, jobs
from core.models import AuditEvent, Job, User
from core.organisations import grant
from core.refusals import AlreadyDone, InvalidInput
from core.roles import Role
from experts import evidence
from experts.models import Expert
from tests import cast
from tests.cast import World

DAY = timedelta(days=1)


class Killed(BaseException):
    """What a killed process does not catch."""


def expert(user: User) -> Expert:
    return evidence.expert_of(user)


@pytest.fixture
def four(ours: World) -> list[Item]:
    """Four items that want two answers each."""
    cast.bring_texts(ours.project, ours.lead, 4)
    return items()


def items() -> list[Item]:
    return list(
        Item.objects.select_related("project__sector", "project__organisation", "lane").order_by("pk")
    )


def job_of(made: Job) -> Job:
    cast.drain()
    made.refresh_from_db()
    return made


def test_an_item_is_reserved_and_comes_first(four: list[Item], ours: World, carol: User) -> None:
    until = timezone.now() + 2 * DAY
    given = assign.give(item=four[3], expert=expert(carol), by=ours.lead, until=until)
    assert (given.lease_until, given.assigned_by) == (until, ours.lead)
    assert given.score is not None
    assert set(given.parts) >= {"reliability", "load", "waiting"}
    assert items()[3].open_slots == 1
    assert cast.take(ours.project, carol) == given
    assert Desk.objects.get(expert=expert(carol)).week_taken == 1
    event = AuditEvent.objects.get(action="assignment.given")
    assert (event.object_uid, event.actor_id) == (given.uid, ours.lead.pk)


def test_given_twice_is_given_once(four: list[Item], ours: World, carol: User) -> None:
    first = assign.give(item=four[0], expert=expert(carol), by=ours.lead)
    later = assign.give(item=four[0], expert=expert(carol), by=ours.lead, until=timezone.now() + DAY)
    assert first == later
    assert later.lease_until > first.lease_until
    assert items()[0].open_slots == 1


def test_what_was_given_back_can_be_given_again_and_what_was_answered_cannot(
    four: list[Item], ours: World, carol: User
) -> None:
    given = assign.give(item=four[0], expert=expert(carol), by=ours.lead)
    lease.give_back(assignment=given, by=carol)
    again = assign.give(item=four[0], expert=expert(carol), by=ours.lead)
    assert again == given
    cast.submit(again, carol, cast.choice())
    with pytest.raises(InvalidInput) as refused:
        assign.give(item=four[0], expert=expert(carol), by=ours.lead)
    assert refused.value.code == "had_before"


def test_the_rule_that_bars_somebody_is_named_unless_it_is_private(
    ours: World, carol: User, erin: User
) -> None:
    cast.bring(ours.project, ours.lead, cast.jsonl([{"text": "One", "_parties": "Acme Ltd"}]))
    item = items()[0]
    with pytest.raises(InvalidInput) as refused:
        assign.give(item=item, expert=expert(erin), by=ours.lead)
    assert refused.value.code == "no_role"
    interests.declare(expert=expert(carol), by=carol, kind="organisation", name="ACME Limited")
    with pytest.raises(InvalidInput) as refused:
        assign.give(item=item, expert=expert(carol), by=ours.lead)
    assert refused.value.code == "private"
    assert "interest" not in refused.value.sentence
    assert items()[0].open_slots == 2


def test_a_third_person_finds_no_place(four: list[Item], ours: World, carol: User, dan: User) -> None:
    for user in (carol, dan):
        assign.give(item=four[0], expert=expert(user), by=ours.lead)
    third = cast.person("third")
    grant(user=third, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    cast.qualify(third, ours.organisation, ours.project.sector, ours.lead)
    with pytest.raises(AlreadyDone) as refused:
        assign.give(item=four[0], expert=expert(third), by=ours.lead)
    assert refused.value.code == "no_slot"


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_a_reservation_ends_in_the_future_and_not_too_late(
    four: list[Item], ours: World, carol: User, days: int
) -> None:
    with pytest.raises(InvalidInput) as refused:
        assign.give(item=four[0], expert=expert(carol), by=ours.lead, until=timezone.now() + days * DAY)
    assert refused.value.where == "until"


def test_an_item_is_handed_on_with_its_slot_and_the_first_draft_is_kept(
    four: list[Item], ours: World, carol: User, dan: User
) -> None:
    Item.objects.filter(pk=four[0].pk).update(open_slots=1, overlap=1)
    given = assign.give(item=items()[0], expert=expert(carol), by=ours.lead)
    schema, _guideline = newest(ours.project)
    label.save_draft(assignment=given, schema=schema.schema, revision=0, result=cast.choice(), seconds=1)
    other = assign.reassign(assignment=given, expert=expert(dan), by=ours.lead)
    given.refresh_from_db()
    assert (given.outcome, other.expert.user) == (Outcome.WITHDRAWN, dan)
    assert Draft.objects.filter(assignment=given).exists()
    assert items()[0].open_slots == 0
    with pytest.raises(AlreadyDone):
        assign.reassign(assignment=given, expert=expert(dan), by=ours.lead)
    back = assign.reassign(assignment=other, expert=expert(carol), by=ours.lead)
    assert back == given


def test_handing_on_to_who_may_not_have_it_changes_nothing(
    four: list[Item], ours: World, carol: User, erin: User
) -> None:
    given = assign.give(item=four[0], expert=expert(carol), by=ours.lead)
    for whom in (erin, carol):
        with pytest.raises(InvalidInput):
            assign.reassign(assignment=given, expert=expert(whom), by=ours.lead)
    given.refresh_from_db()
    assert given.outcome == ""
    assert items()[0].open_slots == 1


def test_taking_back_frees_the_slot_for_somebody_else(
    four: list[Item], ours: World, carol: User, dan: User
) -> None:
    Item.objects.exclude(pk=four[0].pk).update(open_slots=0)
    given = assign.give(item=four[0], expert=expert(carol), by=ours.lead)
    assign.withdraw(assignment=given, by=ours.lead)
    with pytest.raises(AlreadyDone):
        assign.withdraw(assignment=given, by=ours.lead)
    assert items()[0].open_slots == 2
    assert cast.take(ours.project, carol) is None
    assert cast.take(ours.project, dan)


def test_many_are_given_in_a_job_that_says_what_it_left_out(
    four: list[Item], ours: World, carol: User, dan: User
) -> None:
    assign.give(item=four[1], expert=expert(carol), by=ours.lead)
    cast.submit(Assignment.objects.get(), carol, cast.choice())
    Item.objects.filter(pk=four[2].pk).update(open_slots=0)
    uids = [one.uid for one in four] + ["nothing"]
    made = job_of(give.give_named(project=ours.project, expert=expert(carol), by=ours.lead, items=uids))
    assert made.result == {"given": 2, "skipped": {"had_before": 1, "no_slot": 1, "unknown": 1}}
    assert (made.done, made.total) == (5, 5)


def test_a_description_takes_the_next_of_the_queue(four: list[Item], ours: World, carol: User) -> None:
    wanted = Wanted(count=3, batch=four[0].batch.uid)
    made = job_of(
        give.give_described(project=ours.project, expert=expert(carol), by=ours.lead, wanted=wanted)
    )
    assert made.result == {"given": 3, "skipped": {}}
    more = Wanted(count=9)
    made = job_of(give.give_described(project=ours.project, expert=expert(carol), by=ours.lead, wanted=more))
    assert made.result == {"given": 1, "skipped": {"had_before": 4}}
    assert [one.open_slots for one in items()] == [1, 1, 1, 1]


def test_who_may_have_nothing_here_is_refused_at_once(four: list[Item], ours: World, erin: User) -> None:
    with pytest.raises(InvalidInput) as refused:
        give.give_described(project=ours.project, expert=expert(erin), by=ours.lead, wanted=Wanted(2))
    assert refused.value.where == "expert"
    assert not Job.objects.filter(kind=give.GIVE).exists()


def test_two_rooms_of_a_barrier_are_never_both_given(ours: World, carol: User) -> None:
    rows = [{"text": f"Clause {at}", "_room": "left" if at % 2 else "right"} for at in range(6)]
    cast.bring(ours.project, ours.lead, cast.jsonl(rows))
    ours.project.walls = [["left", "right"]]
    ours.project.save(update_fields=["walls"])
    uids = [one.uid for one in items()]
    made = job_of(give.give_named(project=ours.project, expert=expert(carol), by=ours.lead, items=uids))
    assert made.result == {"given": 3, "skipped": {"private": 3}}
    assert len({one.item.lane.room for one in Assignment.objects.select_related("item__lane")}) == 1


def test_a_job_killed_between_two_chunks_gives_each_item_once(
    four: list[Item], ours: World, carol: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(give, "CHUNK", 2)
    uids = [one.uid for one in four]
    made = give.give_named(project=ours.project, expert=expert(carol), by=ours.lead, items=uids)

    def dying(name: str) -> None:
        if name == "give.after_chunk":
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(faults, "point", dying)
        with pytest.raises(Killed):
            jobs.run(made.pk, HANDLERS)
    Job.objects.filter(pk=made.pk).update(lease_until=timezone.now() - DAY)
    jobs.sweep()
    assert Assignment.objects.count() == 2
    assert job_of(made).result == {"given": 4, "skipped": {}}
    assert [one.open_slots for one in items()] == [1, 1, 1, 1]


def test_who_fits_best_is_named_first_and_who_may_not_is_left_out(
    four: list[Item], ours: World, carol: User, dan: User
) -> None:
    Reliability.objects.create(project=ours.project, expert=expert(dan), right=19, asked=20)
    Reliability.objects.create(project=ours.project, expert=expert(carol), right=2, asked=20)
    found = ranked_for(four[0])
    assert [one.expert.user for one in found.fits] == [dan, carol]
    assert found.candidates == 2
    assert found.fits[0].score > found.fits[1].score
    assign.give(item=four[0], expert=expert(dan), by=ours.lead)
    assert [one.expert.user for one in ranked_for(four[0]).fits] == [carol]


def test_ranking_asks_the_same_number_of_statements_for_many_as_for_few(
    four: list[Item], ours: World, django_assert_max_num_queries: object
) -> None:
    for at in range(12):
        user = cast.person(f"more-{at}")
        grant(user=user, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
        cast.qualify(user, ours.organisation, ours.project.sector, ours.lead)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        assert len(ranked_for(four[0]).fits) == 14
