"""Infer the truth of items and the reliability of people from all answers, and store both: the job `truth`.

Which answers it saw is what `Counted` says of its run, so that labelling goes on meanwhile. Rows are written a block at
a time, each block in a transaction of its own; a job that is killed is done again with a run of its own.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from annotation.algorithms.sethash import SetHash
from annotation.models import ExpertMeasure, Item, ItemTruth, LabelSchema, MeasureRun, Project
from annotation.models.agreement import RunKind
from annotation.models.inferring import read
from annotation.stages.statistics.estimating import METHOD, Estimate, Row, estimates, people_of
from annotation.stages.statistics.folding import locked
from annotation.stages.statistics.tables import SEED
from annotation.stages.statistics.totals import Totals
from core import faults, jobs

BLOCK = 1000

EMPTY = SetHash().text

_TRUTH = ("value", "probability", "entropy", "gain", "answers", "open", "run")
_KEPT = [
    field
    for field in ExpertMeasure._meta.concrete_fields
    if field.name not in {"id", "project", "expert", "question"}
]
_PERSON = [field.name for field in _KEPT]
_EMPTY = {field.name: field.get_default() for field in _KEPT}


def infer(running: jobs.Running) -> dict[str, Any]:
    """The job: read, compute, store."""
    project = Project.objects.get(pk=running.job.args["project"])
    with transaction.atomic():
        running.step()
        state = locked(project)
        state.run += 1
        fresh, state.fresh = state.fresh, 0
        state.save(update_fields=["run", "fresh"])
    number, seen_hash = state.run, state.answers_hash or EMPTY
    found = read(project.pk, number)
    faults.point("truth.before_store")
    schema = project.schemas.order_by("-version").first()
    made = list(estimates(found, schema))
    total = sum(one.size for one in made)
    done, totals = 0, Totals()
    for estimate in made:
        rows = estimate.rows()
        while block := list(islice(rows, BLOCK)):
            with transaction.atomic():
                done += len(block)
                running.step(done=done, total=total)
                _store_items(project, number, estimate, block)
            totals.add(estimate.question, block)
            faults.point("truth.after_block")
    people = list(people_of(found, made))
    with transaction.atomic():
        running.step(done=total, total=total)
        ItemTruth.objects.filter(project=project, run__lt=number).delete()
        _store_people(project, number, people)
        result = {"agrees": found.seen.text == seen_hash, "totals": totals.to_json(people)}
        _store_run(project, number, (found.seen.members, seen_hash), schema, result)
    return {"run": number, "items": total, "people": len(found.answers), "fresh": fresh}


def _store_items(project: Project, run: int, estimate: Estimate, block: Sequence[Row]) -> None:
    settled = set(
        Item.objects.filter(pk__in=[row.item for row in block])
        .exclude(settled_at=None)
        .values_list("pk", flat=True)
    )
    ItemTruth.objects.bulk_create(
        (
            ItemTruth(
                project=project,
                item_id=row.item,
                question=estimate.question,
                value=row.value,
                probability=row.probability,
                entropy=row.entropy,
                gain=row.gain,
                answers=row.answers,
                open=row.item not in settled,
                run=run,
            )
            for row in block
        ),
        update_conflicts=True,
        unique_fields=["item", "question"],
        update_fields=_TRUTH,
    )


def _store_people(project: Project, run: int, rows: Iterable[tuple[int, str, dict[str, Any]]]) -> None:
    ExpertMeasure.objects.bulk_create(
        (
            ExpertMeasure(
                project=project,
                expert_id=expert,
                question=question,
                **{**_EMPTY, "method": METHOD if question else "", **columns, "run": run},
            )
            for expert, question, columns in rows
        ),
        update_conflicts=True,
        unique_fields=["project", "expert", "question"],
        update_fields=_PERSON,
    )
    ExpertMeasure.objects.filter(project=project, run__lt=run).delete()


def _store_run(
    project: Project, number: int, seen: tuple[int, str], schema: LabelSchema | None, result: dict[str, Any]
) -> None:
    MeasureRun.objects.create(
        project=project,
        number=number,
        kind=RunKind.TRUTH,
        at=timezone.now(),
        seen=seen[0],
        seen_hash=seen[1],
        label_schema=schema,
        seed=SEED,
        code_version=settings.ASSAY_VERSION,
        result=result,
    )
