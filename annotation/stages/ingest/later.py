"""A body of many tasks: checked and kept whole at once, stored row by row by a job that survives a kill at any line."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotation.formats.label_studio_import import tasks_of
from annotation.formats.label_studio_task import BroughtTask
from annotation.formats.strict_json import strict_loads
from annotation.models import Batch, Item, making_way
from annotation.models.arriving import BEHIND, BRING, newest_item
from annotation.models.numbering import numbers
from annotation.stages.ingest.task_items import store_items
from annotation.stages.ingest.telling import route_chunk_later, route_later, tell
from annotation.studio import telling
from core import faults, jobs

AT_ONCE = 1000
"""So many are stored before the caller is answered; of more the body is kept, and a job stores them."""
CHUNK = 500
A_ROUND = 0.25
"""Seconds for which a round stores at the least."""
READINGS = 4
"""So many times as long as it took to read what is kept, since that is read again after a pause."""


def may_wait(tasks: Sequence[BroughtTask]) -> bool:
    """Whether a job may store them: many, and with nothing that somebody was told a number of."""
    return len(tasks) > AT_ONCE and not any(
        task.annotations or task.predictions or task.drafts for task in tasks
    )


def keep_for_later(batch: Batch, tasks: Sequence[BroughtTask]) -> None:
    """Write down a batch whose file holds these tasks, all of them checked, and the job that stores them."""
    project = batch.project
    with transaction.atomic():
        batch.save()
        batch.job = jobs.enqueue(
            BRING,
            args={"batch": batch.pk, "number": numbers(project.pk, len(tasks)), BEHIND: newest_item()},
            project_id=project.pk,
            organisation_id=project.organisation_id,
            by=batch.created_by,
            total=len(tasks),
        )
        batch.save(update_fields=["job"])
        tell("batch.brought", batch, batch.created_by, {"stored": len(tasks), "answers": 0})
        faults.point("later.before_commit")


def store_brought(running: jobs.Running) -> dict[str, Any]:
    """The job: store what is kept, chunk by chunk, each with its own routing and its own news for webhooks.

    In rounds, behind whoever labels, unless somebody waits for it.
    """
    batch = Batch.objects.select_related("project__organisation", "created_by").get(
        pk=running.job.args["batch"]
    )
    tasks: Sequence[BroughtTask] = ()
    at = running.job.args.get("stored", 0)
    while not tasks or at < len(tasks):
        begun = time.monotonic()
        with making_way.a_round(running, lambda: _is_wanted(batch.project_id)):
            tasks = tasks or _kept(batch)
            least = max(A_ROUND, READINGS * (time.monotonic() - begun))
            while at < len(tasks):
                at = _store_chunk(running, batch, tasks, at)
                if time.monotonic() - begun >= least:
                    break
        if at < len(tasks):
            making_way.make_way(running, time.monotonic() - begun)
    with transaction.atomic():
        running.step(done=len(tasks), total=len(tasks))
        Batch.objects.filter(pk=batch.pk).update(stored_at=timezone.now())
        tell("batch.stored", batch, None, {"stored": len(tasks), "bad": 0})
        route_later(batch)
    return {"stored": Item.objects.filter(batch=batch).count()}


def _is_wanted(project: int) -> bool:
    return making_way.is_short_of_items(project) and not making_way.has_items_to_open(project)


def _kept(batch: Batch) -> Sequence[BroughtTask]:
    with batch.file.open() as file:
        return tasks_of(strict_loads(file.read()), storable=True)


def _store_chunk(running: jobs.Running, batch: Batch, tasks: Sequence[BroughtTask], start: int) -> int:
    """Store the tasks from there on, a chunk of them. How many of all are stored then."""
    chunk = tasks[start : start + CHUNK]
    end = start + len(chunk)
    with transaction.atomic():
        running.step()
        items = store_items(batch, chunk, line=start + 1, number=running.job.args["number"] + start)
        batch.items_stored = end
        batch.save(update_fields=["items_stored"])
        route_chunk_later(batch, items[0].pk - 1)
        telling.items_came(batch.project, [item.pk for item in items])
        # Last: a job that fails at a chunk for ever has got nowhere, and is counted as failing.
        running.step(done=end, total=len(tasks), args={"stored": end, BEHIND: items[-1].pk})
        faults.point("later.in_chunk")
    return end
