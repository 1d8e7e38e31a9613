"""Let people go first: while somebody labels, long jobs go on one at a time, a round each, with pauses.

The machine does little else for whoever labels meanwhile: priorities hold for processes, not for what those ask of the
database.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from django.utils import timezone

from annotation.models import Annotation, Item
from annotation.models.arriving import BRING, arriving
from annotation.models.opening import ROUTE
from core import asides, jobs
from core.models import Job
from core.models.job import JobState

LATELY: Final = timedelta(seconds=2)
PAUSES: Final = 3
"""So many times as long as a round took is waited before the next one."""
LONGEST: Final = 20.0
FEW: Final = 200
"""A batch with no more left than this is opened at once: a script may be waiting for its one item."""
ENOUGH: Final = 500
"""With fewer open items than this in the project, those who label there could run out of them."""
_TURN: Final = "assay:round:"
_LOST_AFTER: Final = 60
"""Seconds after which a turn is given to another, where its holder has died."""
_LOOK: Final = 0.25
"""Of the jobs that wait for their turn one looks every so many seconds, however many there are."""


@contextmanager
def a_round(running: jobs.Running, is_wanted: Callable[[], bool]) -> Iterator[None]:
    """One round of a long job. Raises `jobs.NotYet` where others go first and it is neither awaited nor `is_wanted`."""
    job = running.job
    if not is_awaited(job.project_id, job.kind) and not is_wanted() and _others_go_first(job):
        alike = Job.objects.filter(state=JobState.WAITING, kind=job.kind).count()
        raise jobs.NotYet(min(random.uniform(0.5, 1.5 + 2 * _LOOK * alike), LONGEST))  # noqa: S311 (no secret)
    begun = time.monotonic()
    try:
        yield
    finally:
        _give_back(job.kind, _pause(time.monotonic() - begun))


def _others_go_first(job: Job) -> bool:
    """What somebody waits for does; and while somebody labels one job of a kind goes on, storing before opening."""
    labels, project = _somebody_labels(), job.project_id
    if job.kind == BRING and is_awaited(project, ROUTE):
        return True
    if job.kind == ROUTE and (labels or is_awaited(project, BRING)) and arriving(project).exists():
        return True
    return labels and not _take(job.kind)


def make_way(running: jobs.Running, spent: float) -> None:
    """After a round of a long job that took so many seconds: put the rest off while somebody labels.

    Raises `jobs.NotYet`.
    """
    pause = _pause(spent)
    if pause and not is_awaited(running.job.project_id, running.job.kind):
        raise jobs.NotYet(pause)


def hurry(project: int, kind: str) -> None:
    """Somebody waits for what the project's jobs of that kind do: for a second from now they go on without pauses."""
    key = _awaited(project, kind)
    if asides.ask(lambda broker: broker.set(key, 1, px=1000, get=True)) is None:
        now = timezone.now()
        put_off = Job.objects.filter(project_id=project, kind=kind, state=JobState.WAITING, failures=0)
        put_off.filter(due_at__gt=now).update(due_at=now, ring_at=now)


def is_awaited(project: int | None, kind: str) -> bool:
    """Whether somebody waits for what the project's jobs of that kind do."""
    return bool(asides.ask(lambda broker: broker.exists(_awaited(project, kind))))


def _awaited(project: int | None, kind: str) -> str:
    return f"assay:awaited:{kind}:{project}"


def is_small(batch: int) -> bool:
    """Whether so little of a batch is left to be opened that it may be what somebody waits for."""
    left = Item.objects.filter(batch=batch, routed_at=None)
    return len(left.values_list("pk")[: FEW + 1]) <= FEW


def is_short_of_items(project: int) -> bool:
    """Whether those who label in a project could run out of items soon."""
    opened = Item.objects.filter(lane__project=project, open_slots__gt=0)
    return len(opened.values_list("pk")[:ENOUGH]) < ENOUGH


def has_items_to_open(project: int) -> bool:
    """Whether items of a project are stored that are still to be opened."""
    return Item.objects.filter(project=project, routed_at=None, blocked="", control=False).exists()


def _pause(spent: float) -> float:
    return min(PAUSES * spent, LONGEST) if _somebody_labels() else 0.0


def _somebody_labels() -> bool:
    newest = Annotation.objects.order_by("-pk").values_list("created_at", flat=True).first()
    return newest is not None and newest > timezone.now() - LATELY


def _take(kind: str) -> bool:
    """Whether it is this job's turn: none of its kind has it, and the pause after the last one is over."""
    taken = asides.ask(lambda broker: bool(broker.set(f"{_TURN}{kind}", 1, nx=True, ex=_LOST_AFTER)))
    return taken is not False


def _give_back(kind: str, pause: float) -> None:
    """Let the next one go on, after so many seconds."""
    milliseconds = max(1, round(1000 * pause))
    asides.ask(lambda broker: broker.set(f"{_TURN}{kind}", 1, px=milliseconds))
