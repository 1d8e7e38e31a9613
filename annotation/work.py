"""What each kind of job does: the table that a worker looks its jobs up in."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from annotation import answering, pipeline
from annotation.models import Batch, Item, noting
from annotation.models.standing import RECHECK
from annotation.stages import (
    coverage,
    give,
    ingest,
    interests,
    overlap,
    redo,
    release,
    route,
    sitting,
    spread,
    suspension_letter,
)
from annotation.stages import expiry as leases
from annotation.stages.adjudicate import looking, measuring, weighing
from annotation.stages.statistics import folding, inferring, measure, pruning, replaying
from core import faults, jobs, letters
from experts import expiry


def advance(running: jobs.Running) -> Mapping[str, Any]:
    """Take an item as far as it goes without a person; each step is noted for the project's statistics."""
    steps = 0
    while True:
        with transaction.atomic():
            running.step()
            item = Item.objects.select_related("project", "lane").get(pk=running.job.args["item"])
            if not pipeline.advance(item):
                break
            noting.note(item.project_id, [item.pk])
            steps += 1
        faults.point("advance.between_steps")
    return {"steps": steps}


def expire(running: jobs.Running) -> Mapping[str, Any]:
    """What a new day asks for: warn of credentials that end soon, return the leases of those that ended."""
    interests.look_again()
    overlap.look_at_panels()
    pruning.prune()
    measure.measure_daily()
    weighing.weigh_daily()
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
    sitting.END_EXAM: answering.end_exam,
    "expire": expire,
    "expiry_letter": expiry.send_letter,
    noting.FOLD: folding.fold,
    give.GIVE: give.give_items,
    "ingest": ingest.store_rows,
    "invitation_letter": letters.send_invitation,
    looking.DRAW: looking.draw,
    looking.MEASURE: measuring.measure_adjudicators,
    weighing.WEIGH: weighing.weigh_all,
    noting.MEASURE: measure.measure_project,
    measure.SHARD: measure.measure_shard,
    RECHECK: recheck,
    redo.REDO: redo.redo_answers,
    noting.TRUTH: inferring.infer,
    "release": release.build,
    "release_shard": release.write_shard,
    replaying.REPLAY: replaying.replay,
    "route": open_batch,
    overlap.SPREAD: spread.spread_overlap,
    "suspension_letter": suspension_letter.send_letter,
}
