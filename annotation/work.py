"""What each kind of job does: the table that a worker looks its jobs up in."""

import time
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from annotation import answering, following, pipeline
from annotation.models import Batch, Item, announcing, making_way, noting
from annotation.models.advancing import ADVANCE
from annotation.models.arriving import BRING
from annotation.models.opening import ROUTE
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
from annotation.stages.quality import asking, checking
from annotation.stages.statistics import folding, inferring, measure, pruning, replaying
from annotation.stages.webhooks import sending
from core import faults, jobs, letters, once
from core.models import Job
from experts import expiry

A_ROUND = 1000
"""Texts that are checked before their items are opened."""
TOGETHER = 100
"""Items that are compared in one transaction."""


def advance(running: jobs.Running) -> Mapping[str, Any]:
    """Take an item as far as it goes without a person; what moves is noted for the project's statistics.

    What else of its project waits for the same goes with it: for many it takes little longer than for one.
    """
    with transaction.atomic():
        running.step()
        mine = running.job.args["item"]
        list(Item.objects.filter(pk=mine).select_for_update(no_key=True).values_list("pk"))
        others = {one.args["item"]: one.pk for one in running.others(TOGETHER - 1)}
        # Waiting for their items as well, while their jobs are held, could be waiting for whoever waits for those.
        unheld = Item.objects.filter(pk__in=others).select_for_update(no_key=True, skip_locked=True)
        free = list(unheld.values_list("pk", flat=True)) if others else []
        moved = _advance_all([mine, *free])
        Job.objects.filter(pk__in=[others[item] for item in free]).delete()
    faults.point("advance.before_close")
    return {"items": moved}


def advance_items(running: jobs.Running) -> Mapping[str, Any]:
    """Take every labelled item of a batch as far as it goes without a person."""
    waiting = Item.objects.filter(
        batch=running.job.args["batch"],
        routed_at__isnull=False,
        labelled_at__isnull=False,
        settled_at=None,
        control=False,
    )
    done = last = 0
    while found := list(waiting.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:TOGETHER]):
        with transaction.atomic():
            done, last = done + len(found), found[-1]
            running.step(done=done)
            _advance_all(found)
        faults.point("advance.between_items")
    return {"items": done}


def _advance_all(items: list[int]) -> int:
    """Advance items (ids) of one project; how many moved."""
    rows = Item.objects.filter(pk__in=items).select_related("project", "lane").order_by("pk")
    moved = pipeline.advance_all(list(rows))
    if moved:
        noting.note(rows[0].project_id, moved)
    return len(moved)


def expire(running: jobs.Running) -> Mapping[str, Any]:
    """What a new day asks for: warn of credentials that end soon, return the leases of those that ended."""
    interests.look_again()
    overlap.look_at_panels()
    pruning.prune()
    sending.prune()
    once.prune()
    measure.measure_daily()
    weighing.weigh_daily()
    return {"warned": expiry.warn(running), "returned": leases.return_leases(running)}


def recheck(running: jobs.Running) -> Mapping[str, Any]:
    """Return what a project's experts may no longer have, after its rules or what they hold has changed."""
    return {"returned": leases.return_leases(running, running.job.args["project"])}


def open_batch(running: jobs.Running) -> Mapping[str, Any]:
    """Look at a batch's texts, then open its items; then have it counted whom they find."""
    more = True
    while more:  # what is checked is opened before more is checked: somebody may be waiting
        begun, args = time.monotonic(), running.job.args
        with making_way.a_round(running, lambda: _is_wanted(running.job)):
            until, more = checking.check(running, is_whole="after" not in args, most=A_ROUND)
            result = route.open_batch(running, until=until, last_round=not more)
        if more:
            making_way.make_way(running, time.monotonic() - begun)
    with transaction.atomic():
        running.step()
        batch = Batch.objects.select_related("project").get(pk=running.job.args["batch"])
        coverage.count_soon(batch.project, delay=coverage.AFTER_IMPORT)
        if Item.objects.filter(
            batch=batch, routed_at__isnull=False, agreed_at=None, labelled_at__isnull=False
        ).exists():
            _advance_soon(batch)  # answers came in with them
    return result


def _is_wanted(job: Job) -> bool:
    project = job.project_id or 0
    return making_way.is_small(job.args["batch"]) or making_way.is_short_of_items(project)


def _advance_soon(batch: Batch) -> None:
    jobs.enqueue_once(
        "advance_items",
        args={"batch": batch.pk},
        key=f"advance_items:{batch.pk}",
        project_id=batch.project_id,
        organisation_id=batch.project.organisation_id,
        keep=False,
    )


HANDLERS: dict[str, jobs.Handler] = {
    ADVANCE: advance,
    "advance_items": advance_items,
    coverage.COVERAGE: coverage.count,
    "count_conflicts": interests.count_conflicts,
    sitting.END_EXAM: answering.end_exam,
    "expire": expire,
    "expiry_letter": expiry.send_letter,
    noting.FOLD: folding.fold,
    give.GIVE: give.give_items,
    "ingest": ingest.store_rows,
    BRING: ingest.store_brought,
    "invitation_letter": letters.send_invitation,
    looking.DRAW: looking.draw,
    looking.MEASURE: measuring.measure_adjudicators,
    weighing.WEIGH: weighing.weigh_all,
    noting.MEASURE: measure.measure_project,
    measure.SHARD: measure.measure_shard,
    asking.QUALITY: checking.check_batch,
    RECHECK: recheck,
    redo.REDO: redo.redo_answers,
    noting.TRUTH: inferring.infer,
    "release": release.build,
    "release_part": release.write_part,
    replaying.REPLAY: replaying.replay,
    ROUTE: open_batch,
    following.FOLLOW: following.follow_overlap,
    overlap.SPREAD: spread.spread_overlap,
    "suspension_letter": suspension_letter.send_letter,
    announcing.WEBHOOK: sending.send,
}
