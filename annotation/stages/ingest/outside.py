"""Take in what an outside script sends, all of it or nothing, in one transaction: items, answers, predictions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from annotation.formats.answer_place import AnswerInvalid
from annotation.formats.answers import check_item, read_answer
from annotation.formats.label_studio_answer import read_kept
from annotation.formats.label_studio_config import check_data, data_keys
from annotation.formats.label_studio_task import BroughtTask
from annotation.formats.messages import FormatError
from annotation.formats.schema import Schema
from annotation.models import (
    Batch,
    Item,
    LabelSchema,
    Prediction,
    Project,
)
from annotation.models.batch import Duplicates
from annotation.models.newest import newest_schema
from annotation.models.numbering import numbers
from annotation.refuse import refusal
from annotation.stages.ingest.begin import rights_of
from annotation.stages.ingest.later import keep_for_later
from annotation.stages.ingest.task_answers import store_answers
from annotation.stages.ingest.task_items import store_items
from annotation.stages.ingest.telling import route_later, tell
from core import faults
from core.models import User
from core.refusals import InvalidInput
from experts.models import Expert

_MAY_PASS = frozenset({"field_empty", "asset_missing"})
"""What keeps nobody from labelling by a script."""


@dataclass
class Brought:
    """What came in: the batch, the items in the order in which they were sent, and how much came with them.

    `columns`: the keys of their data. Of what a job will store there are no items yet.
    """

    batch: Batch
    items: list[Item]
    count: int
    columns: list[str]
    answers: int = 0
    predictions: int = 0


def bring_tasks(
    *,
    project: Project,
    by: User,
    tasks: Sequence[BroughtTask],
    authors: Mapping[int | str, Expert],
    content: bytes,
    name: str,
    keys: Mapping[str, str],
    told: Callable[[Brought], object] = lambda _brought: None,
    later: bool = False,
) -> Brought:
    """Store tasks and what came with them; a job looks at them and opens them for work.

    `told` is called with them before they are stored for good. `later`: they are kept as they came, a JSON text, and a
    job stores them (`later.may_wait`); no items come back then. `content` is kept as the batch's file; `authors`: the
    experts that annotations may name, by id and by address, and under "" whoever brings them in.
    Raises InvalidInput naming the task.
    """
    label_schema = newest_schema(project)
    schema = label_schema.schema
    for at, task in enumerate(tasks):
        _check(schema, keys, task.data, f"tasks[{at}].data")
    rights_from, licence, rights = rights_of(project)
    batch = Batch(
        project=project,
        name=name[:200],
        format="json",
        size=len(content),
        licence=licence,
        rights=rights,
        rights_from=rights_from,
        language=project.language,
        duplicates=Duplicates.KEEP,
        created_by=by,
    )
    batch.file.save(f"{batch.uid}.json", ContentFile(content), save=False)
    try:
        if later:
            keep_for_later(batch, tasks)
            return _brought(batch, [], tasks)
        with transaction.atomic():
            brought = _stored(batch, label_schema, tasks, authors)
            told(brought)
            faults.point("outside.before_commit")
            return brought
    except BaseException:
        batch.file.delete(save=False)
        raise


def _brought(batch: Batch, items: list[Item], tasks: Sequence[BroughtTask]) -> Brought:
    columns = sorted({key for task in tasks[:1000] for key in task.data})
    return Brought(batch, items, len(tasks), columns)


def check_task(project: Project, data: Mapping[str, Any]) -> None:
    """Raise InvalidInput for data that the project's questions could not be asked about."""
    schema = newest_schema(project)
    _check(schema.schema, data_keys(schema.source), data, "data")


def _check(schema: Schema, keys: Mapping[str, str], data: Mapping[str, Any], where: str) -> None:
    try:
        check_data(keys, data)
        check_item(schema, data)
    except FormatError as error:
        shown = data.get(str(error.where or ""))
        if error.code in _MAY_PASS or (isinstance(error, AnswerInvalid) and isinstance(shown, str)):
            return
        error.where = f"{where}.{error.where}" if error.where else where
        raise refusal(error, InvalidInput) from error


def _stored(
    batch: Batch, schema: LabelSchema, tasks: Sequence[BroughtTask], authors: Mapping[int | str, Expert]
) -> Brought:
    project = batch.project
    now = timezone.now()
    batch.stored_at = now
    batch.items_stored = len(tasks)
    batch.save()
    items = store_items(batch, tasks, line=1, number=numbers(project.pk, len(tasks)))
    brought = _brought(batch, items, tasks)
    brought.predictions = _store_predictions(project, items, tasks)
    brought.answers = store_answers(batch, schema, items, tasks, authors)
    route_later(batch)
    tell("batch.brought", batch, batch.created_by, {"stored": len(items), "answers": brought.answers})
    return brought


def _store_predictions(project: Project, items: Sequence[Item], tasks: Sequence[BroughtTask]) -> int:
    rows = []
    schema = newest_schema(project)
    for item, task in zip(items, tasks, strict=True):
        seen: Counter[str] = Counter()
        for one in task.predictions:
            model = str(one.get("model_version") or "")[:100]
            rows.append(
                Prediction(
                    project=project,
                    item=item,
                    model=model,
                    score=one.get("score"),
                    result=readable(schema, item, one["result"]),
                    brought=one["result"],
                    number=seen[model],
                )
            )
            seen[model] += 1
    Prediction.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def readable(schema: LabelSchema, item: Item, result: Any) -> list[dict[str, Any]]:
    """What of a prediction the workspace can show; all of it stays kept as it was sent."""
    try:
        read = read_kept(schema.schema, item.data, result, also=None)
        return read_answer(schema.schema, item.data, read.result, complete=False).result
    except FormatError:
        return []
