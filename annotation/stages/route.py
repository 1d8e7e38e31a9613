"""Open items for work: only what may be used, and only by those who may judge it."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from annotation.models import Batch, Item, Project
from annotation.models.opening import open_in_order, tell_the_planner
from core import audit, faults, jobs
from core.models.job import JobState

CHUNK = 1000


def open_batch(running: jobs.Running, *, until: int | None = None, last_round: bool = True) -> dict[str, Any]:
    """The job: open every item of a batch that may be opened; note on the others why not.

    With `after` only the items behind that one: what came in with an import's last chunks. With `until` only those of
    rows up to that offset: the rest is not checked yet, and has its own round (`last_round`) or a job of its own.
    """
    batch = Batch.objects.select_related("project__sector").get(pk=running.job.args["batch"])
    last = running.job.args.get("after", 0)
    while True:
        with transaction.atomic():
            running.step()
            waiting = Item.objects.filter(batch=batch, routed_at=None, pk__gt=last).order_by("pk")
            if until is not None:
                waiting = waiting.filter(offset__lte=until)
            chunk = list(waiting.values_list("pk", flat=True)[:CHUNK])
            if not chunk:
                if last_round and "after" not in running.job.args:
                    _note_routed(batch)
                break
            last = chunk[-1]
            _open(Item.objects.filter(pk__in=chunk), batch)
        faults.point("route.after_chunk")
    if last_round and "after" not in running.job.args:
        tell_the_planner()
    return {"blocked": Item.objects.filter(batch=batch, routed_at=None).exclude(blocked="").count()}


def _note_routed(batch: Batch) -> None:
    """Say that all of a batch has been routed, once its import has ended: until then more may come."""
    ended = Q(job=None) | Q(job__state__in=[JobState.DONE, JobState.FAILED, JobState.STOPPED])
    over = Batch.objects.filter(ended | Q(stored_at__isnull=False), pk=batch.pk, routed_at=None)
    if over.update(routed_at=timezone.now()):
        audit.record(
            "batch.routed",
            by=None,
            on=batch,
            project_id=batch.project_id,
            organisation_id=batch.project.organisation_id,
        )


@transaction.atomic
def open_item(item: Item) -> bool:
    """Open one item; False when it stays blocked or was open already."""
    batch = Batch.objects.select_related("project__sector").get(pk=item.batch_id)
    return bool(_open(Item.objects.filter(pk=item.pk), batch))


def _open(items: QuerySet[Item], batch: Batch) -> int:
    """Conditional updates over a few items: blocked ones get their reason, the others their open slots."""
    waiting = items.filter(routed_at=None, control=False)
    if batch.project.sector.needs_deidentification and batch.deidentified_at is None:
        waiting.update(blocked="not_deidentified")
        return 0
    if not (batch.licence or batch.rights):
        waiting.filter(licence="").update(blocked="no_rights")
        waiting = waiting.exclude(licence="")
    # Read anew, and held until the slots are given: a lead who changes it waits, and the job that brings the new
    # number to the items sees these.
    project = Project.objects.select_for_update(no_key=True).filter(pk=batch.project_id)
    overlap = project.values_list("overlap", flat=True).get()
    return open_in_order(list(waiting.values_list("pk", flat=True)), overlap=overlap)
