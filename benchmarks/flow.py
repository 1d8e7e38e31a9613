"""Rows a second into the database and out of it."""

import time

from django.utils import timezone

from annotation.models import Annotation, AnnotationVersion, Assignment, GoldLabel, Item, Judgement, Project
from annotation.models.assignment import Outcome
from annotation.models.newest import newest
from annotation.stages import release
from benchmarks.house import bring, drain, found_project
from benchmarks.rubric import Table
from core.models import User
from experts.evidence import expert_of

IMPORTED, RELEASED = 20_000, 5_000
RESULT = [
    {"id": "r", "from_name": "verdict", "to_name": "text", "type": "choices", "value": {"choices": ["yes"]}}
]


def measure(table: Table) -> None:
    """Import a file, then release settled items."""
    project, owner, annotator = found_project("Flow", overlap=1)
    batch = bring(project, owner, IMPORTED)
    begun = time.perf_counter()
    drain()
    seconds = time.perf_counter() - begun
    megabytes = batch.size / 1e6
    table.line(
        f"import and open {IMPORTED:,} rows",
        f"{IMPORTED / seconds:,.0f} rows/s",
        f"{megabytes / seconds:.1f} MB/s",
    )
    _settle(project, annotator)
    asked = release.request_release(project=project, by=owner)
    begun = time.perf_counter()
    drain()
    seconds = time.perf_counter() - begun
    asked.refresh_from_db()
    assert asked.items == RELEASED
    size = sum(file["size"] for file in asked.manifest["files"]) / 1e6
    table.line(
        f"release {RELEASED:,} rows, two formats",
        f"{RELEASED / seconds:,.0f} rows/s",
        f"{size / seconds:.1f} MB/s",
    )


def _settle(project: Project, annotator: User) -> None:
    """One answer and one gold label an item, written in bulk: what is measured comes after."""
    now, expert, (schema, guideline) = timezone.now(), expert_of(annotator), newest(project)
    items = list(Item.objects.filter(project=project).order_by("pk")[:RELEASED])
    assignments = Assignment.objects.bulk_create(
        [
            Assignment(project=project, item=item, expert=expert, leased_at=now, lease_until=now,
                       outcome=Outcome.SUBMITTED, ended_at=now)
            for item in items
        ],
        batch_size=500,
    )  # fmt: skip
    annotations = Annotation.objects.bulk_create(
        [
            Annotation(project=project, item=given.item, assignment=given, expert=expert, created_at=now)
            for given in assignments
        ],
        batch_size=500,
    )
    versions = AnnotationVersion.objects.bulk_create(
        [
            AnnotationVersion(annotation=annotation, label_schema=schema, guideline=guideline, result=RESULT,
                              created_by=annotator, created_at=now)
            for annotation in annotations
        ],
        batch_size=500,
    )  # fmt: skip
    for annotation, version in zip(annotations, versions, strict=True):
        annotation.current = version
    Annotation.objects.bulk_update(annotations, ["current"], batch_size=500)
    Judgement.objects.bulk_create(
        [
            Judgement(project=project, item=annotation.item, annotation=annotation, expert=expert,
                      question="verdict", value="yes")
            for annotation in annotations
        ],
        batch_size=500,
    )  # fmt: skip
    GoldLabel.objects.bulk_create(
        [
            GoldLabel(project=project, item=item, question="verdict", value="yes", result=RESULT, how="single",
                      settled_at=now)
            for item in items
        ],
        batch_size=500,
    )  # fmt: skip
    settled = Item.objects.filter(project=project, pk__lte=items[-1].pk)
    settled.update(open_slots=0, filled=1, labelled_at=now, agreed_at=now, settled_at=now)
