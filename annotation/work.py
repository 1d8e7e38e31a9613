"""What each kind of job does: the table that a worker looks its jobs up in."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from annotation import answering, following, pipeline
from annotation.models import Batch, Item, announcing, noting
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
from experts import expiry

A_ROUND = 1000
"""Texts that are checked before their items are opened."""


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


def advance_items(running: jobs.Running) -> Mapping[str, Any]:
    """Take every labelled item of a batch as far as it goes without a person, each in transactions of its own."""
    waiting = Item.objects.filter(
        batch=running.job.args["batch"],
        routed_at__isnull=False,
        labelled_at__isnull=False,
        settled_at=None,
        control=False,
    )
    done = last = 0
    while found := waiting.filter(pk__gt=last).select_related("project", "lane").order_by("pk").first():
        last = found.pk
        while True:
            with transaction.atomic():
                running.step(done=done)
                item = Item.objects.select_related("project", "lane").get(pk=last)
                if not pipeline.advance(item):
                    break
                noting.note(item.project_id, [item.pk])
            faults.point("advance.between_steps")
        done += 1
    return {"items": done}


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
        until, more = checking.check(running, is_whole="after" not in running.job.args, most=A_ROUND)
        result = route.open_batch(running, until=until, last_round=not more)
    with transaction.atomic():
        running.step()
        batch = Batch.objects.select_related("project").get(pk=running.job.args["batch"])
        coverage.count_soon(batch.project, delay=coverage.AFTER_IMPORT)
        if Item.objects.filter(
            batch=batch, routed_at__isnull=False, agreed_at=None, labelled_at__isnull=False
        ).exists():
            _advance_soon(batch)  # answers came in with them
    return result


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
    "advance": advance,
    "advance_items": advance_items,
    coverage.COVERAGE: coverage.count,
    "count_conflicts": interests.count_conflicts,
    sitting.END_EXAM: answering.end_exam,
    "expire": expire,
    "expiry_letter": expiry.send_letter,
    noting.FOLD: folding.fold,
    give.GIVE: give.give_items,
    "ingest": ingest.store_rows,
    ingest.BRING: ingest.store_brought,
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
    "release_shard": release.write_shard,
    replaying.REPLAY: replaying.replay,
    "route": open_batch,
    following.FOLLOW: following.follow_overlap,
    overlap.SPREAD: spread.spread_overlap,
    "suspension_letter": suspension_letter.send_letter,
    announcing.WEBHOOK: sending.send,
}
