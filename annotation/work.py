"""What each kind of job does: the table that a worker looks its jobs up in."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from annotation import pipeline
from annotation.models import Item
from annotation.stages import ingest, measure, release, route
from core import faults, jobs, letters


def advance(running: jobs.Running) -> Mapping[str, Any]:
    """Take an item as far as it goes without a person; then have the project measured."""
    steps = 0
    while True:
        with transaction.atomic():
            running.step()
            item = Item.objects.select_related("project").get(pk=running.job.args["item"])
            if not pipeline.advance(item):
                break
            pipeline.measure_soon(item.project)
            steps += 1
        faults.point("advance.between_steps")
    return {"steps": steps}


HANDLERS: dict[str, jobs.Handler] = {
    "advance": advance,
    "ingest": ingest.store_rows,
    "invitation_letter": letters.send_invitation,
    "measure": measure.measure_project,
    "release": release.build,
    "release_shard": release.write_shard,
    "route": route.open_batch,
}
