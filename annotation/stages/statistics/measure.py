"""Compute a project's statistics anew from all answers: the job that proves the tables of folding, and mends them.

Child jobs count the items of a range each: what an item puts into the tables by its answers is held against what the
tables say it has put in. A difference of an item that nobody has noted is an error: it is mended, counted, and written
to the audit trail. What the children found adds up: numbers, and hashes of sets (`algorithms.sethash`). The sums in the
tables are held against the sum of what the children counted.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotation.models import FoldState, Item, MeasureRun, Project, Unfolded
from annotation.models.agreement import RunKind
from annotation.models.counting import Asked
from annotation.models.noting import infer_soon, measure_soon
from annotation.stages.statistics import proving, publishing
from annotation.stages.statistics.folding import count_anew, locked, soundly
from core import faults, jobs
from core.models import Job

SHARD = "measure_shard"
SHARD_ITEMS = 20_000
BLOCK = 500
DAILY = timedelta(days=1)


def measure_daily() -> None:
    """Ask for it where something was folded since the last time, and that is a day ago."""
    now = timezone.now()
    for state in FoldState.objects.select_related("project").filter(folded_at__gte=now - 2 * DAILY):
        runs = MeasureRun.objects.filter(project=state.project, kind=RunKind.FULL)
        last = runs.order_by("-number").first()
        if last is None or (last.at < now - DAILY and state.folded_at and state.folded_at > last.at):
            with transaction.atomic():
                measure_soon(state.project)


def measure_project(running: jobs.Running) -> dict[str, Any]:
    """The job: hand out ranges of items; when they are counted, prove the sums and store the figures of everything."""
    project = Project.objects.get(pk=running.job.args["project"])
    if "blocks" not in running.job.args and _hand_out(running, project):
        return {}
    counted = _add_up(running)
    with transaction.atomic():
        running.step()
        state = locked(project)
        quiet = state.blocks == running.job.args["blocks"] + counted["blocks"]
        wrong = proving.mend(state, counted) if quiet else proving.mend_patterns(state)
        proving.all_stale(state)
        if wrong:
            proving.tell(state, "agreement.sums_mended", {"sums": wrong})
    faults.point("measure.before_store")
    result = {name: counted[name] for name in ("items", "answers", "mended")} | {
        "sums": wrong,
        "all_sums": quiet,
    }
    publishing.publish(running, project, kind=RunKind.FULL, result=result)
    if counted["answers"]:
        with transaction.atomic():
            running.step()
            infer_soon(project, delay=0)
    return result


def _hand_out(running: jobs.Running, project: Project) -> int:
    """Ranges of as many items each as a child takes a minute for; how many. None where there is no item."""
    pks = Item.objects.filter(project=project).order_by("pk").values_list("pk", flat=True)
    items, starts = 0, []
    for items, pk in enumerate(pks.iterator(chunk_size=5000), start=1):
        if items % SHARD_ITEMS == 1:
            starts.append(pk)
    lasts = [*(pk - 1 for pk in starts[1:]), None]
    children: list[Mapping[str, Any]] = [
        {"project": project.pk, "first": first, "last": last}
        for first, last in zip(starts, lasts, strict=False)
    ]
    with transaction.atomic():
        state = locked(project)
        running.step(done=0, total=len(children), args={"blocks": state.blocks, "items": items})
        running.spawn(SHARD, children)
    return len(children)


def measure_shard(running: jobs.Running) -> dict[str, Any]:
    """The child job: count the items of a range anew, a block at a time, and go on where it was."""
    args = running.job.args
    project = Project.objects.get(pk=args["project"])
    asked = Asked(project.pk)
    items = Item.objects.filter(project=project, pk__gte=args["first"]).order_by("pk")
    if args["last"] is not None:
        items = items.filter(pk__lte=args["last"])
    while block := list(
        items.filter(pk__gt=running.job.args.get("after", 0)).values_list("pk", flat=True)[:BLOCK]
    ):
        soundly(running, project, partial(_count_block, running, project, block, asked))
    return dict(running.job.args.get("found", proving.Counts().to_json()))


def _count_block(running: jobs.Running, project: Project, block: Sequence[int], asked: Asked) -> None:
    with transaction.atomic():
        found = proving.Counts.from_json(running.job.args.get("found", {}))
        state = locked(project)
        noted = set(
            Unfolded.objects.filter(project=project, item__in=block).values_list("item_id", flat=True)
        )
        before = state.blocks
        moves, now = count_anew(state, block, asked)
        found.blocks += state.blocks - before
        found.count(now)
        wrong = sorted(moves.keys() - noted)
        found.mended += len(wrong)
        if wrong:
            proving.tell(state, "agreement.items_mended", {"items": len(wrong), "first": wrong[0]})
        running.step(done=running.job.done + len(block), args={"after": block[-1], "found": found.to_json()})
        faults.point("measure.in_block")


def _add_up(running: jobs.Running) -> dict[str, Any]:
    """What the children counted, together."""
    whole = proving.Counts()
    results = Job.objects.filter(parent=running.job).order_by("pk").values_list("result", flat=True)
    for result in results.iterator():
        whole.add(proving.Counts.from_json(result))
    return whole.to_json()
