"""Tasks of an outside script as items."""

from __future__ import annotations

from collections.abc import Sequence

from annotation.formats.label_studio_task import BroughtTask
from annotation.formats.row_types import Position, Row
from annotation.models import Batch, Item
from annotation.models.lane import lanes_of
from annotation.stages.ingest.parties import parties_in
from annotation.stages.ingest.reading import signature_of
from annotation.stages.ingest.rows import item_of, store_parties
from core.writes import insert_many


def store_items(batch: Batch, tasks: Sequence[BroughtTask], *, line: int, number: int) -> list[Item]:
    """Store tasks as items; the first stands in that line of the batch and has that number in the project."""
    signature = signature_of({}, batch.language)
    lane = lanes_of(batch.project, [signature])[signature]
    items = []
    for at, task in enumerate(tasks):
        here = line + at
        item = item_of(batch, Row(here, task.data, {"meta": task.meta}, Position(here, here)), lane)
        item.number = number + at
        items.append(item)
    insert_many(items)
    store_parties(batch, items, [parties_in(batch.project, task.data) for task in tasks])
    return items
