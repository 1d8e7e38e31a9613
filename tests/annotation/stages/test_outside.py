"""Answers, skips and drafts of outside scripts: every item keeps its slots, and nobody gets it twice."""

from typing import Any

import pytest

from annotation import scripted
from annotation.models import Annotation, Assignment, Draft, GoldLabel, ItemParty, Project, StudioAnswer
from annotation.models.access import may
from annotation.models.assignment import Outcome
from annotation.models.eligibility import eligible
from annotation.models.ending import end_lease
from annotation.stages import lease
from annotation.stages import project as projects
from core.models import User
from core.organisations import create_organisation, grant
from core.refusals import NotAllowed
from core.roles import Capability, Role
from experts.evidence import expert_of
from tests import cast
from tests.annotation.stages.outside_scene import answer, brought, founded, said, slots, whole
from tests.cast import World


@pytest.fixture
def outside(ours: World) -> Project:
    return founded(ours)


def ran_out(assignment: Assignment) -> None:
    end_lease(assignment, Outcome.EXPIRED, action="assignment.expired", by=None)


def change(kept: StudioAnswer, by: User, **given: Any) -> Assignment:
    place = Assignment.objects.select_related("item__project__organisation", "item__lane", "expert").get(
        pk=kept.pk
    )
    return scripted.change_answer(place=place, by=by, given=given)


def test_what_is_skipped_after_its_lease_ran_out_does_not_come_back(
    ours: World, outside: Project, carol: User
) -> None:
    (item,) = brought(outside, ours.owner)
    held = lease.take_next(project=outside, expert=expert_of(carol), by=carol)
    assert held
    ran_out(held)
    answer(item, carol, cancelled=True)
    assert lease.take_next(project=outside, expert=expert_of(carol), by=carol) is None
    assert slots(item) == (1, 1, 0)


def test_a_skip_that_counts_as_done_lets_the_answers_go_on(ours: World, carol: User, dan: User) -> None:
    outside = founded(ours, maximum_annotations=2, skip_queue="IGNORE_SKIPPED")
    (item,) = brought(outside, ours.owner)
    answer(item, carol)
    answer(item, dan, cancelled=True)
    cast.drain()
    assert slots(item) == (2, 0, 2)
    assert GoldLabel.objects.current().filter(item=item).count() == 1


@pytest.mark.parametrize("late", ["lease", "skip"])
def test_what_a_skip_counted_is_what_its_taking_back_gives_back(ours: World, carol: User, late: str) -> None:
    begins, ends = ("REQUEUE_FOR_OTHERS", "IGNORE_SKIPPED")[:: 1 if late == "lease" else -1]
    outside = founded(ours, skip_queue=begins)
    (item,) = brought(outside, ours.owner)
    kept = answer(item, carol, cancelled=True)
    scripted.change_project(project=outside, by=ours.owner, given={"skip_queue": ends})
    place = Assignment.objects.select_related("item__project__organisation", "expert").get(pk=kept.pk)
    scripted.delete_answer(place=place, by=carol)
    assert slots(item) == (1, 1, 0)


def test_a_skip_becomes_an_answer_and_an_answer_a_skip(ours: World, outside: Project, carol: User) -> None:
    (item,) = brought(outside, ours.owner)
    kept = answer(item, carol, cancelled=True)
    place = change(kept, carol, was_cancelled=False)
    assert slots(item) == (1, 0, 1)
    change(StudioAnswer.objects.get(pk=place.pk), carol, was_cancelled=True)
    assert slots(item) == (1, 1, 0)
    assert Assignment.objects.get(item=item, aside=0).outcome == Outcome.SKIPPED


def test_a_second_answer_stands_beside_the_first(ours: World, outside: Project, carol: User) -> None:
    (item,) = brought(outside, ours.owner)
    answer(item, carol)
    answer(item, carol, "no")
    assert slots(item) == (1, 0, 1)
    assert Annotation.objects.counted().filter(item=item).count() == 1


def test_a_draft_that_is_changed_stays_the_same_draft(ours: World, outside: Project, carol: User) -> None:
    (item,) = brought(outside, ours.owner)
    answer(item, carol)
    expert = expert_of(carol)
    first = scripted.draft(item=item, expert=expert, by=carol, given={"result": said()})
    scripted.draft(item=item, expert=expert, by=carol, given={"result": said("no")}, kept=first)
    assert [one.pk for one in Draft.objects.all()] == [first.pk]
    assert Draft.objects.get().result[0]["value"] == {"choices": ["no"]}


def test_an_item_that_is_open_to_members_is_closed_to_guests(ours: World, outside: Project) -> None:
    host = cast.person("host")
    guest = cast.person("guest")
    elsewhere = create_organisation(name="Elsewhere", by=host)
    grant(user=guest, organisation=elsewhere, project_id=outside.pk, role=Role.ADJUDICATOR, by=ours.owner)
    (item,) = brought(outside, ours.owner)
    for user, yes in ((ours.lead, True), (guest, False), (ours.people["auditor"], False), (host, False)):
        assert may(user, outside, Capability.LABEL) is yes
        assert ("no_role" not in eligible(item, expert_of(user)).codes) is yes
        assert Project.objects.where(user, Capability.LABEL).filter(pk=outside.pk).exists() is yes
    with pytest.raises(NotAllowed):
        answer(item, guest)


def test_nobody_does_anything_in_a_project_that_is_gone(ours: World, outside: Project) -> None:
    scripted.delete_project(project=outside, by=ours.owner)
    outside.refresh_from_db()
    assert not any(may(ours.owner, outside, one) for one in Capability)


def test_what_comes_in_of_somebody_whom_a_rule_bars_does_not_count(
    ours: World, outside: Project, carol: User
) -> None:
    auditor = ours.people["auditor"]
    (item,) = brought(
        outside,
        ours.owner,
        1,
        {"result": said(), "completed_by": auditor.email},
        {"result": said("no"), "completed_by": carol.email},
    )
    counted = Annotation.objects.counted().filter(item=item)
    assert [one.expert.user for one in counted] == [carol]
    assert Annotation.objects.filter(item=item).count() == 2
    assert slots(item) == (1, 0, 1)


def test_who_brings_items_in_does_not_answer_them_where_that_is_barred(ours: World, outside: Project) -> None:
    Project.objects.filter(pk=outside.pk).update(bar_authors=True)
    outside.refresh_from_db()
    (item,) = brought(outside, ours.owner, 1, {"result": said()})
    assert slots(item) == (1, 1, 0)


def test_of_a_skip_and_an_answer_that_come_in_the_answer_counts(ours: World, outside: Project) -> None:
    skipped = {"result": [], "was_cancelled": True}
    (item,) = brought(outside, ours.owner, 1, skipped, {"result": said()})
    assert slots(item) == (1, 0, 1)


def test_corrected_data_name_other_parties(ours: World, outside: Project, carol: User) -> None:
    projects.change_settings(project=outside, by=ours.owner, party_field="about")
    outside.refresh_from_db()
    (item,) = brought(outside, ours.owner)
    scripted.change_item(item=whole(item), by=ours.owner, given={"data": {"text": "T", "about": "Acme Ltd"}})
    assert ItemParty.objects.filter(item=item).exists()
    scripted.change_item(item=whole(item), by=ours.owner, given={"data": {"text": "T"}})
    assert not ItemParty.objects.filter(item=item).exists()
