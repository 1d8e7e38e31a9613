"""The job that stores a batch's rows in chunks that survive a kill at any line."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Min
from django.utils import timezone

from annotation.formats.answers import check_item
from annotation.formats.known_answer import KnownAnswer
from annotation.formats.messages import FormatError
from annotation.formats.predictions import Predictions
from annotation.formats.rows import BadRow, Position, Row
from annotation.formats.schema import Schema
from annotation.models import Batch, Item
from annotation.models.access import may
from annotation.models.batch import Duplicates
from annotation.models.lane import Signature, lanes_of
from annotation.models.numbering import numbers
from annotation.stages.ingest.assets import Keeper, store_assets, tidy
from annotation.stages.ingest.reading import known_of, parties_named, predicted_of, signature_of
from annotation.stages.ingest.rows import (
    item_of,
    keep_problems,
    store_controls,
    store_parties,
    store_predictions,
)
from annotation.stages.ingest.source import Source, opened
from annotation.stages.ingest.taking import Taken, shows_files, take_rows
from annotation.stages.ingest.telling import route_chunk_later, route_later, tell
from core import faults, jobs
from core.roles import Capability

CHUNK = 500
FILES_CHUNK = 1  # rows that bring files: each may take minutes
FINE = 1000  # progress of such rows is counted in thousandths: one document may be the whole batch


def store_rows(running: jobs.Running) -> dict[str, Any]:
    """The job: read the file from where the last chunk ended, and store it chunk by chunk.

    Each chunk asks for its own routing, so that what is stored is opened however the import ends.
    """
    batch = Batch.objects.select_related("project__organisation", "created_by").get(
        pk=running.job.args["batch"]
    )
    schema = batch.project.schemas.order_by("-version")[0].schema
    saved = running.job.args.get("position")
    try:
        with opened(batch, schema, Position.from_json(saved) if saved else None) as source:
            total = _store_from(source, batch, schema, running)
    finally:
        tidy(batch, running.token)
    with transaction.atomic():
        running.step(done=total, total=total)
        Batch.objects.filter(pk=batch.pk).update(stored_at=timezone.now())
        tell("batch.stored", batch, None, {"stored": batch.items_stored, "bad": batch.rows_bad})
        route_later(batch)
        jobs.enqueue_once(
            "count_conflicts",
            args={"project": batch.project_id},
            key=f"count_conflicts:{batch.project_id}",
            project_id=batch.project_id,
            organisation_id=batch.project.organisation_id,
            keep=False,
        )
    return {"stored": Item.objects.filter(batch=batch).count()}


def _store_from(source: Source, batch: Batch, schema: Schema, running: jobs.Running) -> int:
    """Store what the source gives; returns the progress of a job that is done."""
    keeper = Keeper(batch, running)
    size, fine = (FILES_CHUNK, FINE) if shows_files(schema) else (CHUNK, 1)
    total = source.total * fine
    begin = running.job.args.get("position", {}).get("offset", 0)
    for chunk in chunks(source.rows, size):
        end = chunk[-1].end
        keeper.expect(begin * fine, end.offset * fine, total)
        taken = take_rows(schema, source.archive, keeper, chunk)
        with transaction.atomic():
            running.step(done=end.offset * fine, total=total, args={"position": end.to_json()})
            store_chunk(batch, schema, taken)
            faults.point("ingest.in_chunk")
        keeper.forget()
        begin = end.offset
        faults.point("ingest.after_chunk")
    return total


def chunks(rows: Iterable[Row | BadRow], size: int) -> Iterator[list[Row | BadRow]]:
    """The rows by so many."""
    iterator = iter(rows)
    while chunk := list(itertools.islice(iterator, size)):
        yield chunk


@dataclass(frozen=True)
class Good:
    """A row that can be stored, and what it says besides its data."""

    taken: Taken
    parties: set[str]
    asked: Signature
    known: KnownAnswer | None
    predicted: Predictions

    @property
    def row(self) -> Row:
        """The row."""
        return self.taken.row


def without_suggestion(good: Good) -> BadRow:
    """What to tell of a row that came in without one of its suggestions."""
    error = good.predicted.wrong[0]
    params = {**error.params, "cause": error.code}
    return BadRow(good.row.line, "prediction_left_out", good.row.end, params)


def store_chunk(batch: Batch, schema: Schema, chunk: Sequence[Taken | BadRow]) -> None:
    """Store the good rows, note what was wrong, count good and bad ones, in the caller's transaction."""
    good, bad = _sorted(batch, schema, chunk)
    lanes = lanes_of(batch.project, [one.asked for one in good])
    items = [item_of(batch, one.row, lanes[one.asked]) for one in good]
    fresh = _fresh(batch, items)
    first_number = numbers(batch.project_id, len(fresh)) if fresh else 0
    for number, item in enumerate(fresh, first_number):
        item.number = number
    for item, one in zip(items, good, strict=True):
        item.control = one.known is not None
    # Another import may store the same content meanwhile: the constraint decides, and the count is of what came in.
    Item.objects.bulk_create(fresh, ignore_conflicts=True)
    mine = Item.objects.filter(batch=batch, offset__in=[item.offset for item in items])
    stored, first = mine.aggregate(stored=Count("pk"), first=Min("pk")).values()
    store_parties(batch, items, [one.parties for one in good])
    known = {one.row.end.offset: one.known for one in good if one.known is not None}
    store_controls(batch, [one.row for one in good], known)
    store_predictions(batch, {one.row.end.offset: one.predicted.good for one in good if one.predicted.good})
    store_assets(batch, {one.row.end.offset: one.taken.assets for one in good if one.taken.assets})
    if stored:
        route_chunk_later(batch, first - 1)
    keep_problems(batch, [*bad, *(without_suggestion(one) for one in good if one.predicted.wrong)])
    batch.items_stored += stored
    batch.items_repeated += len(items) - stored
    batch.rows_bad += len(bad)
    batch.html_cleaned += sum(one.taken.cleaned for one in good)
    batch.scans += sum(one.taken.scans for one in good)
    batch.save(update_fields=["items_stored", "items_repeated", "rows_bad", "html_cleaned", "scans"])


def _sorted(batch: Batch, schema: Schema, chunk: Sequence[Taken | BadRow]) -> tuple[list[Good], list[BadRow]]:
    good: list[Good] = []
    bad: list[BadRow] = []
    tests = any(isinstance(one, Taken) and "assay_answer" in one.row.extra for one in chunk)
    leads = tests and may(batch.created_by, batch.project, Capability.LEAD_PROJECT)
    for one in chunk:
        if isinstance(one, BadRow):
            bad.append(one)
            continue
        row = one.row
        try:
            check_item(schema, row.data)
            parties, asked = parties_named(batch.project, row), signature_of(row.extra, batch.language)
            known, predicted = known_of(schema, row, leads=leads), predicted_of(schema, row)
            good.append(Good(one, parties, asked, known, predicted))
        except FormatError as error:
            bad.append(BadRow(row.line, error.code, row.end, error.params))
    return good, bad


def _fresh(batch: Batch, items: list[Item]) -> list[Item]:
    """Those whose content is not here yet, or is kept however often it comes."""
    if batch.duplicates != Duplicates.SKIP:
        return items
    hashes = {item.content_hash for item in items}
    here = Item.objects.filter(project=batch.project, content_hash__in=hashes, copy=0)
    before = set(here.values_list("content_hash", flat=True))
    return [item for item in items if item.copy or item.content_hash not in before]
