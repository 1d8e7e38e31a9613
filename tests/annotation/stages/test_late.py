"""Late work: a lease that ran out is taken up again once, and only by who may still have it."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from annotation.models import Annotation, Assignment, Item, Project
from annotation.models.assignment import Outcome
from annotation.models.newest import newest
from annotation.stages import label, lease
from core.models import AuditEvent, User
from core.refusals import Refusal
from experts import evidence
from experts.models import Qualification
from tests import cast
from tests.cast import World
from tests.core.database import together


def late(ours: World, user: User) -> Assignment:
    """An assignment of the only item that ran out."""
    cast.bring_texts(ours.project, ours.lead, 1)
    assignment = cast.take(ours.project, user)
    assert assignment
    Assignment.objects.filter(pk=assignment.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert lease.return_expired() == 1
    return again(assignment)


def again(assignment: Assignment) -> Assignment:
    return Assignment.objects.select_related(
        "project__sector", "project__organisation", "item", "expert__user"
    ).get(pk=assignment.pk)


def save(assignment: Assignment) -> Any:
    schema, _guideline = newest(assignment.project)
    return label.save_draft(
        assignment=again(assignment), schema=schema.schema, revision=0, result=cast.choice(), seconds=1
    )


def submit(assignment: Assignment) -> label.Submitted:
    found = again(assignment)
    schema, guideline = newest(found.project)
    return label.submit(
        assignment=found,
        schema=schema,
        guideline=guideline,
        by=found.expert.user,
        result=cast.choice(),
        hashes=label.hashes_of(schema.schema, found.item.data),
        seconds=1,
    )


def accounts() -> int:
    """Slots that the item can still give, that are held, and that are filled: never more nor less than its overlap."""
    item = Item.objects.get()
    return item.open_slots + Assignment.objects.open().count() + item.filled


def attempt(call: Any) -> None:
    try:
        call()
    except Refusal:
        return


def next_one(project: Project, user: User) -> None:
    lease.take_next(project=project, expert=evidence.expert_of(user), by=user)


def test_a_late_draft_takes_its_slot_again_and_the_trail_says_so(ours: World, carol: User) -> None:
    assignment = late(ours, carol)
    assert save(assignment)[1] is not None
    assert again(assignment).outcome == ""
    assert accounts() == 2
    assert AuditEvent.objects.filter(action="assignment.leased_again", actor_id=carol.pk).count() == 1


@pytest.mark.parametrize("reason", ["revoked", "paused"])
def test_who_may_not_have_it_any_more_gets_no_slot_but_loses_no_work(
    ours: World, carol: User, reason: str
) -> None:
    assignment = late(ours, carol)
    if reason == "revoked":
        for qualification in Qualification.objects.filter(expert__user=carol):
            evidence.revoke_qualification(qualification=qualification, by=ours.lead)
    else:
        Project.objects.update(paused_at=timezone.now())
    draft, lease_until = save(assignment)
    assert (draft.revision, lease_until) == (1, None)
    assert again(assignment).outcome == Outcome.EXPIRED
    assert submit(assignment).annotation.surplus
    assert accounts() == 2


@pytest.mark.parametrize("race", ["drafts", "draft and next", "draft and submit"])
def test_late_work_at_once_neither_leaks_nor_doubles_a_slot(committed: None, race: str) -> None:
    ours = cast.world(cast.OURS)
    carol = ours.people["annotator"]
    assignment = late(ours, carol)
    calls = {
        "drafts": [partial(save, assignment)] * 4,
        "draft and next": [partial(save, assignment), partial(next_one, assignment.project, carol)] * 2,
        "draft and submit": [partial(save, assignment), partial(submit, assignment)] * 2,
    }[race]
    together([partial(attempt, call) for call in calls])
    assert accounts() == 2
    answered = Annotation.objects.exists()
    assert (again(assignment).outcome == Outcome.SUBMITTED) == answered
