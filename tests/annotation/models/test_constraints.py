"""What the database refuses, whatever the code does."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from annotation.models import (
    Annotation,
    Assignment,
    Batch,
    Dispute,
    GoldLabel,
    Guideline,
    Item,
    Judgement,
    LabelSchema,
    Project,
    Release,
)
from annotation.models.item import ItemQuerySet
from core.models import Job, Membership, User
from tests.cast import Scene


def again(row: Item | Assignment | Annotation | Judgement | Dispute | GoldLabel | Release) -> None:
    """Write the row once more under a new id."""
    row.pk = None
    if hasattr(row, "uid"):
        row.uid = "another"
    row._state.adding = True
    row.save(force_insert=True)


REFUSED: dict[str, Callable[[Scene], object]] = {
    "more slots than the overlap": lambda ours: items(ours).update(open_slots=F("overlap") + 1),
    "more answers than the overlap": lambda ours: items(ours).update(filled=F("overlap") + 1),
    "slots and answers that exceed it together": lambda ours: items(ours).update(
        overlap=2, filled=1, open_slots=2
    ),
    "a slot less than none": lambda ours: items(ours).update(open_slots=-1),
    "an item twice to an expert": lambda ours: again(Assignment.objects.get(pk=ours.assignment.pk)),
    "an answer twice by an expert": lambda ours: again(Annotation.objects.get(assignment=ours.answered)),
    "two values for one question": lambda ours: again(judgement(ours)),
    "two disputes about one question": lambda ours: again(Dispute.objects.get(pk=ours.dispute.pk)),
    "two truths at once": lambda ours: again(GoldLabel.objects.current().filter(project=ours.project)[0]),
    "two releases of a number": lambda ours: again(Release.objects.get(pk=ours.release.pk)),
    "one content twice": lambda ours: items(ours).update(content_hash="x"),
    "one row of a file twice": lambda ours: items(ours).filter(batch=ours.batch).update(offset=1),
    "two guidelines of a version": lambda ours: Guideline.objects.create(
        project=ours.project, version=1, text="x", created_by=ours.lead
    ),
    "two schemas of a version": lambda ours: LabelSchema.objects.create(
        project=ours.project, version=1, source="x", parsed={}, created_by=ours.lead
    ),
    "no overlap": lambda ours: Project.objects.filter(pk=ours.project.pk).update(overlap=0),
    "an overlap beyond its maximum": lambda ours: Project.objects.filter(pk=ours.project.pk).update(
        overlap=6
    ),
    "a role held twice": lambda ours: Membership.objects.create(
        user=ours.lead, organisation=ours.organisation, role="lead"
    ),
    "an address used twice": lambda ours: User.objects.create_user(ours.lead.email.upper()),
    "a job with less than no children": lambda ours: Job.objects.filter(project_id=ours.project.pk).update(
        open_children=-1
    ),
    "two waiting jobs of a key": lambda ours: [
        Job.objects.create(kind=ours.lead.uid, key="k", due_at=timezone.now(), ring_at=timezone.now())
        for _ in range(2)
    ],
}


def items(ours: Scene) -> ItemQuerySet:
    return Item.objects.filter(project=ours.project)


def judgement(ours: Scene) -> Judgement:
    return Judgement.objects.filter(project=ours.project)[0]


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(ours: Scene, what: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[what](ours)


def test_a_truth_that_was_superseded_makes_room(ours: Scene) -> None:
    GoldLabel.objects.filter(project=ours.project).update(superseded_at=timezone.now())
    again(GoldLabel.objects.filter(project=ours.project)[0])


def test_a_new_round_makes_room(ours: Scene) -> None:
    assignment = Assignment.objects.get(pk=ours.assignment.pk)
    assignment.round = 1
    again(assignment)


def test_kept_repeats_make_room(ours: Scene) -> None:
    assert Batch.objects.filter(project=ours.project).count() == 2
    items(ours).update(copy=F("id"))
    items(ours).update(content_hash="x")
