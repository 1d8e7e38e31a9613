"""What each kind of job does: the table that a worker looks its jobs up in."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from annotation import pipeline
from annotation.models import Item
from annotation.stages import expiry as leases
from annotation.stages import ingest, interests, measure, overlap, release, route, spread
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


HANDLERS: dict[str, jobs.Handler] = {
    "advance": advance,
    "count_conflicts": interests.count_conflicts,
    "expire": expire,
    "expiry_letter": expiry.send_letter,
    "ingest": ingest.store_rows,
    "invitation_letter": letters.send_invitation,
    "measure": measure.measure_project,
    "release": release.build,
    "release_shard": release.write_shard,
    "route": route.open_batch,
    overlap.SPREAD: spread.spread_overlap,
}
