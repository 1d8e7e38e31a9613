"""Count whom a project's open items find, and what is missing where they find nobody: the job behind coverage.

It reads only, and writes one row at its end: killed at any line, it begins again.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from itertools import count as counting
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from annotation.algorithms.coverage import classes
from annotation.models import Coverage, Item, Project
from annotation.models.coverage import Bars, Group, groups_of
from annotation.models.crowd import annotators
from annotation.models.leftover import chunks, draw, left_over
from annotation.models.supply import Supply, Word
from core import faults, jobs
from core.models import Job
from experts.models import Expert, ProfileWord

COVERAGE = "coverage"
SEED = 20_261_121
EXPERTS_AT_ONCE = 500
AFTER_IMPORT = 3.0  # seconds: what several chunks of an import bring is counted once
STALE = timedelta(minutes=50)
"""Less than the hour between two looks, so that each of them finds the count of the one before old."""
WORDS = tuple(kind.value for kind in ProfileWord.Kind)
_AVAILABLE = frozenset({"qualified_in_sector", "on_a_break"})
"""Whom these rules bar is not there for anything that the project's items may ask."""


def last_count(project: Project) -> Job | None:
    """The newest count that is under way, or did not come to its end; one that is done leaves its figures only."""
    return Job.objects.filter(project_id=project.pk, kind=COVERAGE).order_by("-pk").first()


@transaction.atomic
def count_soon(project: Project, *, delay: float = 0) -> None:
    """Ask for a count, once for all who ask meanwhile. `delay` is in seconds."""
    jobs.enqueue_once(
        COVERAGE,
        args={"project": project.pk},
        key=f"{COVERAGE}:{project.pk}",
        delay=delay,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        keep=False,
    )


def count_stale() -> int:
    """Ask for a count in every project with open items whose last count is STALE. Returns how many."""
    fresh = Coverage.objects.filter(project=OuterRef("pk"), counted_at__gt=timezone.now() - STALE)
    waiting = Item.objects.filter(lane__project=OuterRef("pk"), open_slots__gt=0)
    stale = list(Project.objects.filter(Exists(waiting), ~Exists(fresh), paused_at=None))
    for project in stale:
        count_soon(project)
    return len(stale)


def count(running: jobs.Running) -> dict[str, Any]:
    """The job: people in chunks against what the lanes ask, then the items that nobody is left for."""
    project = Project.objects.select_related("sector").get(pk=running.job.args["project"])
    groups = groups_of(project)
    supply = Supply()
    at = _count_people(running, project, groups, supply)
    lanes = []
    for number, group in enumerate(groups):
        with transaction.atomic():
            running.step(done=at + number, total=at + len(groups))
        lanes.append(_lane_figures(project, group))
        faults.point("coverage.after_lane")
    figures = _figures(project, groups, lanes, supply)
    with transaction.atomic():
        running.step(done=at + len(groups))
        Coverage.objects.update_or_create(
            project=project, defaults={"figures": figures, "counted_at": timezone.now()}
        )
    return {"items": figures["items"], "starving": figures["starving"]}


def _count_people(running: jobs.Running, project: Project, groups: Sequence[Group], supply: Supply) -> int:
    """Ask the rules of all people, a chunk at a time. Returns how many chunks there were."""
    words = [(kind, one.asks[kind]) for one in groups for kind in WORDS if one.asks[kind]]
    after = 0
    for at in counting():
        experts = annotators(project, after, EXPERTS_AT_ONCE)
        if not experts:
            return at
        after = experts[-1]
        with transaction.atomic():
            running.step(done=at, total=at + 1 + len(groups))
        bars = Bars(project, groups, experts)
        for group in groups:
            group.tally.add(classes(bars.everyone, bars.of(group)), experts)
        available = bars.unless(_AVAILABLE)
        supply.add_words(available, sorted(set(words)))
        supply.add_people(available, ("sector", project.sector.key))
        faults.point("coverage.after_chunk")
    raise AssertionError


def _lane_figures(project: Project, group: Group) -> dict[str, Any]:
    tally = group.tally
    missing, everybody = tally.missing()
    found = {
        **group.asks,
        "items": group.items,
        "slots": group.slots,
        "eligible": tally.eligible,
        "near": dict(tally.near.most_common()),
        "missing": missing,
        "everybody": everybody,
        "wanted": max(group.waiting),
        "short": sum(items for slots, items in group.waiting.items() if slots > tally.eligible),
    }
    return found | _left_figures(project, group)


def _left_figures(project: Project, group: Group) -> dict[str, Any]:
    """`left`: items that none of the `asked` people may have, of `looked_at` items."""
    experts = list(Expert.objects.filter(pk__in=group.tally.asked_first).order_by("pk"))
    if not experts:
        return {"left": 0, "looked_at": 0, "asked": 0}
    sample = draw(group.lanes, f"{SEED}:{project.pk}:{sorted(group.asks.items())}")
    left = sum(len(left_over(items, project, experts)) for items in chunks(sample))
    return {"left": left, "looked_at": len(sample.places), "asked": len(experts)}


def _figures(
    project: Project, groups: Sequence[Group], lanes: list[dict[str, Any]], supply: Supply
) -> dict[str, Any]:
    demand: dict[Word, list[int]] = defaultdict(lambda: [0, 0])
    for group in groups:
        asked = [
            ("sector", project.sector.key),
            *((kind, group.asks[kind]) for kind in WORDS if group.asks[kind]),
        ]
        for word in asked:
            demand[word][0] += group.items
            demand[word][1] += group.slots
    return {
        "items": sum(group.items for group in groups),
        "slots": sum(group.slots for group in groups),
        "starving": sum(lane["items"] if not lane["eligible"] else lane["left"] for lane in lanes),
        "people": groups[0].tally.people if groups else 0,
        "available": supply.people["sector", project.sector.key],
        "hours": supply.hours["sector", project.sector.key],
        "lanes": lanes,
        "demand": [
            {
                "about": word[0],
                "word": word[1],
                "items": items,
                "slots": slots,
                "people": supply.people[word],
                "told": supply.told[word],
                "hours": supply.hours[word],
            }
            for word, (items, slots) in sorted(demand.items(), key=lambda pair: (-pair[1][1], pair[0]))
        ],
        "seed": SEED,
    }
