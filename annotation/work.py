"""What each kind of job does: the table that a worker looks its jobs up in."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from annotation import pipeline
from annotation.models import Batch, Item
from annotation.models.standing import RECHECK
from annotation.stages import coverage, ingest, interests, measure, overlap, release, route, spread
from annotation.stages import expiry as leases
from core import faults, jobs, letters
from experts import expiry


def advance(running: jobs.Running) -> Mapping[str, Any]:
    """Take an item as far as it goes without a person; then have the project measured."""
    steps = 0
    while True:
        with transaction.atomic():
            running.step()
            item = Item.objects.select_related("project", "lane").get(pk=running.job.args["item"])
            if not pipeline.advance(item):
                break
            pipeline.measure_soon(item.project)
            steps += 1
        faults.point("advance.between_steps")
    return {"steps": steps}


def expire(running: jobs.Running) -> Mapping[str, Any]:
    """What a new day asks for: warn of credentials that end soon, return the leases of those that ended."""
    return {"warned": expiry.warn(running), "returned": leases.return_leases(running)}


def recheck(running: jobs.Running) -> Mapping[str, Any]:
    """Return what a project's experts may no longer have, after its rules or what they hold has changed."""
    return {"returned": leases.return_leases(running, running.job.args["project"])}


def open_batch(running: jobs.Running) -> Mapping[str, Any]:
    """Open a batch's items; then have it counted whom they find."""
    result = route.open_batch(running)
    with transaction.atomic():
        running.step()
        batch = Batch.objects.select_related("project").get(pk=running.job.args["batch"])
        coverage.count_soon(batch.project, delay=coverage.AFTER_IMPORT)
    return result


HANDLERS: dict[str, jobs.Handler] = {
    "advance": advance,
    coverage.COVERAGE: coverage.count,
    "count_conflicts": interests.count_conflicts,
    "expire": expire,
    "expiry_letter": expiry.send_letter,
    "ingest": ingest.store_rows,
    "invitation_letter": letters.send_invitation,
    "measure": measure.measure_project,
    RECHECK: recheck,
    "release": release.build,
    "release_shard": release.write_shard,
    "route": open_batch,
    overlap.SPREAD: spread.spread_overlap,
}
