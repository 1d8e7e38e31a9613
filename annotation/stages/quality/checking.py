"""The job that looks at a batch's texts, chunk by chunk, from where the last chunk ended.

Reading and reckoning come before the transaction; it moves the run's cursor by one conditional update, so that of two
jobs at one batch each chunk is counted once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotation.algorithms.quality import known_lists
from annotation.algorithms.quality.chunk import Text
from annotation.algorithms.quality.grams import Hashes
from annotation.formats.field_text import field_texts
from annotation.formats.schema import FieldKind, Schema
from annotation.models import Batch, Item, QualityRun, QualityStep
from annotation.stages.quality.looking import look
from annotation.stages.quality.noting import finish, note
from core import faults, jobs

CHUNK = 200
DOCUMENTS_CHUNK = 10
"""Documents may hold millions of characters each."""
MOST_CHARACTERS = 200_000
"""Of a longer text its beginning is looked at."""
GIVEN_UP_AFTER = 3
"""Failures of the job at one place; then items are opened without the check."""


def check(running: jobs.Running, *, is_whole: bool, most: int | None = None) -> tuple[int | None, bool]:
    """Check what is stored of a batch and is not checked yet; `is_whole` when no more rows come.

    Returns the offset of the last row that is checked, or None where the check was given up; and whether there is more
    to check, because only about `most` texts were wanted.
    """
    batch = Batch.objects.select_related("project").get(pk=running.job.args["batch"])
    schema = batch.project.schemas.order_by("-version")[0].schema
    is_given_up = running.job.failures >= GIVEN_UP_AFTER
    lists = None
    looked_at = 0
    while True:
        run = _run_of(batch, running)
        texts, end = _next_texts(batch, schema, run)
        if run.error or (texts and is_given_up):
            _give_up(run, running)
            return None, False
        if not texts:
            break
        if most is not None and looked_at >= most:
            return run.checked_to, True
        looked_at += len(texts)
        lists = lists if lists is not None else known_lists.lists_in(settings.ASSAY_HOME / "benchmarks")
        _check_chunk(running, batch, run, texts, end, lists)
        faults.point("quality.after_chunk")
    if is_whole and run.finished_at is None:
        with transaction.atomic():
            running.step()
            finish(batch, run)
    return run.checked_to, False


def check_batch(running: jobs.Running) -> Mapping[str, int | None]:
    """The job of a batch that is to be checked again."""
    batch = Batch.objects.get(pk=running.job.args["batch"])
    return {"checked_to": check(running, is_whole=batch.stored_at is not None)[0]}


def _run_of(batch: Batch, running: jobs.Running) -> QualityRun:
    run = QualityRun.objects.filter(pk=batch.pk).first()
    if run is None:
        with transaction.atomic():
            running.step()
            run, _new = QualityRun.objects.get_or_create(batch=batch, defaults={"begun_at": timezone.now()})
    return run


def _next_texts(batch: Batch, schema: Schema, run: QualityRun) -> tuple[list[Text], int]:
    size = DOCUMENTS_CHUNK if any(field.kind is FieldKind.PAGES for field in schema.fields) else CHUNK
    items = Item.objects.filter(batch=batch, offset__gt=run.checked_to).order_by("offset")
    rows = list(items.values_list("pk", "offset", "data", "language")[:size])
    texts = [_begun(pk, _text(schema, data), language) for pk, _offset, data, language in rows]
    return texts, rows[-1][1] if rows else run.checked_to


def _text(schema: Schema, data: Mapping[str, object]) -> str:
    return "\n\n".join(field_texts(schema, data).values())


def _begun(pk: int, whole: str, language: str) -> Text:
    rest = whole[MOST_CHARACTERS:]
    return Text(
        pk, whole[:MOST_CHARACTERS], language, hashlib.sha256(rest.encode()).digest() if rest else b""
    )


def _check_chunk(
    running: jobs.Running,
    batch: Batch,
    run: QualityRun,
    texts: list[Text],
    end: int,
    lists: Mapping[str, Hashes],
) -> None:
    failed = QualityStep.objects.filter(batch=batch).exclude(error="")
    looked = look(texts, lists, set(failed.values_list("key", flat=True)))
    with transaction.atomic():
        running.step()
        mine = QualityRun.objects.filter(pk=run.pk, number=run.number, checked_to=run.checked_to)
        if not mine.update(checked_to=end, texts=F("texts") + len(texts), finished_at=None):
            return  # another job was here first
        note(batch, texts, looked)
        faults.point("quality.in_chunk")
        # Last: a job that fails at a chunk for ever has got nowhere, and is counted as failing.
        done = run.texts + len(texts)
        running.step(done=done, total=max(batch.items_stored, done))


def _give_up(run: QualityRun, running: jobs.Running) -> None:
    """Say on the page why, once; whoever waits for the check goes on without it."""
    if not run.error:
        with transaction.atomic():
            running.step()
            QualityRun.objects.filter(pk=run.pk, number=run.number).update(error=running.job.error or "?")
