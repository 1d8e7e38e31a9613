"""Jobs that survive anything: a row in the transaction that caused it, a ring after the commit, a sweep for lost rings.

A job may be run twice, never half: every step of a handler is one transaction that begins with `Running.step`, which
fails when the lease has gone to another worker. Kill a worker at any line and the sweep hands its job on.
"""

import logging
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from core import audit, faults
from core.failures import LOST
from core.heartbeat import beating
from core.models import Job, User
from core.models.job import JobState
from core.questions import TEXT, Rows
from core.statements import as_time
from core.writes import insert_or_touch

log = logging.getLogger(__name__)
MAX_FAILURES = 8
RING_AGAIN = timedelta(seconds=5)
MOST_RUNG = 10_000
UNFINISHED = (JobState.WAITING, JobState.RUNNING)

_waiting = Rows[Any](
    lambda key: Job.objects.filter(key=key, state=JobState.WAITING).values_list("due_at"), key=TEXT
)

Handler = Callable[["Running"], Mapping[str, Any] | None]
_doorbells: list[Callable[..., None]] = []
rung_until: dict[tuple[str, int | None], float] = {}
"""Until when a ring that this process has sent is on its way, by kind and project."""


class LeaseLost(Exception):
    """Another worker holds this job now; whatever this one was doing is rolled back."""


class Stopped(Exception):
    """Somebody asked for this job to stop; raised between two steps."""


class NotYet(Exception):
    """What the job needs is still being made, or others go first; it goes on in `after` seconds. No failure."""

    def __init__(self, after: float = 1) -> None:
        super().__init__()
        self.after = after


class Rejected(Exception):
    """The job can never succeed; its message is shown to the person who asked for it. Not tried again."""


def on_ring(doorbell: Callable[..., None]) -> None:
    """Register the one function that tells a worker about a job's id; where a second number comes with it, so many
    seconds from now. It may fail: the sweep rings again."""
    _doorbells[:] = [doorbell]


def ring(job_id: int, after: float = 0) -> None:
    """Tell a worker, if there is one to hear it. Never raises: a broker that is down costs a sweep, no more."""
    faults.point("jobs.ring")
    for doorbell in _doorbells:
        try:
            doorbell(job_id, after) if after else doorbell(job_id)
        except Exception as error:  # noqa: BLE001 (whatever the broker's client raises)
            log.warning("job %s was not rung: %s", job_id, error)


def _ring_soon(job: Job, after: float) -> None:
    """The same, unless this process has done so for another job of the kind and project, and that has yet to begin."""
    now, alike = time.monotonic(), (job.kind, job.project_id)
    if now < rung_until.get(alike, 0):
        return
    if len(rung_until) > MOST_RUNG:
        rung_until.clear()
    rung_until[alike] = now + after
    ring(job.pk, after)


def enqueue(
    kind: str,
    *,
    project_id: int | None,
    organisation_id: int | None,
    args: Mapping[str, Any] | None = None,
    by: User | None = None,
    parent: Job | None = None,
    total: int | None = None,
) -> Job:
    """Write down a job in the caller's transaction and ring after its commit."""
    job = _new(
        kind, 0, args, project_id=project_id, organisation_id=organisation_id, parent=parent, total=total
    )
    job.created_by = by.pk if by else None
    job.save(force_insert=True)
    transaction.on_commit(lambda: ring(job.pk))
    return job


def enqueue_once(
    kind: str,
    *,
    key: str,
    project_id: int | None,
    organisation_id: int | None,
    args: Mapping[str, Any] | None = None,
    delay: float = 0,
    keep: bool = True,
) -> None:
    """The same, unless a job of this key waits already: that one will do the work of both.

    It is touched, so that it cannot start before this transaction is visible to it. `delay` is in seconds: what comes
    in meanwhile is done in one go. Of those that wait less than a second not each is rung for: the first takes the
    `others` with it, or the sweep rings. `keep=False` deletes the row when it is done.
    """
    job = _new(kind, delay, args, project_id=project_id, organisation_id=organisation_id, key=key, keep=keep)
    if insert_or_touch(job, "key") and delay < 1:
        transaction.on_commit(lambda: _ring_soon(job, delay) if delay else ring(job.pk))


def due(key: str) -> float | None:
    """In how many seconds a job of this key can begin, at the earliest; None where none waits."""
    found = _waiting.ask(key=key)
    return max((as_time(found[0][0]) - timezone.now()).total_seconds(), 0) if found else None


def _new(kind: str, delay: float, args: Mapping[str, Any] | None, **columns: Any) -> Job:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a job is written in the transaction that caused it")
    now = timezone.now()
    due = now + timedelta(seconds=delay)
    ring_at = due if delay else now + timedelta(seconds=1)
    return Job(kind=kind, args=dict(args or {}), due_at=due, ring_at=ring_at, **columns)


@dataclass
class Running:
    """A job that this worker holds. `token` is the attempt's number: a later attempt makes this one harmless."""

    job: Job
    token: int
    has_spawned: bool = False

    def step(
        self, *, done: int | None = None, total: int | None = None, args: Mapping[str, Any] | None = None
    ) -> None:
        """Renew the lease and note progress, first thing in each transaction of a handler.

        Raises LeaseLost when another attempt has begun, Stopped when a person asked for it.
        """
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("a step is taken inside the transaction that it guards")
        values: dict[str, Any] = {}
        if done is not None and done > self.job.done:  # only a job that gets nowhere is given up
            values["failures"] = self.job.failures = 0
        values |= self._counted(done, total)
        if args is not None:
            self.job.args = {**self.job.args, **args}
            values["args"] = self.job.args
        if not self._mine().update(**values):
            raise LeaseLost(self.job.uid)
        if Job.objects.filter(pk=self.job.pk).exclude(stop_requested_at=None).exists():
            raise Stopped(self.job.uid)

    def show(self, *, done: int, total: int) -> None:
        """Renew the lease within a long step, and say how far it is. Done again after a failure, it is no progress."""
        self._mine().update(**self._counted(done, total))

    def _counted(self, done: int | None, total: int | None) -> dict[str, Any]:
        """The lease and the counts; the pace is taken anew where a count begins again, as another phase's does."""
        values: dict[str, Any] = {"lease_until": _lease()}
        if done is not None:
            if done < self.job.done or self.job.paced_at is None:
                values["paced_at"] = self.job.paced_at = timezone.now()
                values["paced_from"] = self.job.paced_from = done
            values["done"] = self.job.done = done
        if total is not None:
            values["total"] = self.job.total = total
        return values

    def spawn(self, kind: str, children: list[Mapping[str, Any]]) -> None:
        """Make child jobs; this job is run again, with `open_children` 0, when the last of them has closed."""
        for args in children:
            enqueue(
                kind,
                args=args,
                parent=self.job,
                project_id=self.job.project_id,
                organisation_id=self.job.organisation_id,
            )
        Job.objects.filter(pk=self.job.pk).update(open_children=F("open_children") + len(children))
        self.has_spawned = bool(children)

    def others(self, most: int) -> list[Job]:
        """Jobs of the same kind and project that wait, which no other worker can begin until the transaction ends.

        What they are there for is done with this one; whoever asks deletes them in the same transaction. Those that
        failed wait for a moment of their own.
        """
        fresh = Job.objects.filter(
            state=JobState.WAITING, open_children=0, failures=0, stop_requested_at=None
        )
        alike = fresh.filter(kind=self.job.kind, project_id=self.job.project_id)
        return list(alike.select_for_update(skip_locked=True).order_by("ring_at")[:most])

    def renew(self) -> bool:
        """Renew the lease within a long step; False when another attempt has begun."""
        return bool(self._mine().update(lease_until=_lease()))

    def _mine(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING, attempts=self.token)

    def close(self, state: JobState, *, result: Mapping[str, Any] | None = None, error: str = "") -> None:
        """End the job by one conditional update; the last child to close wakes its parent. Raises LeaseLost."""
        faults.point("jobs.close")
        now = timezone.now()
        with transaction.atomic():
            ended = self._mine().update(
                state=state, finished_at=now, lease_until=None, result=dict(result or {}), error=error[:4000]
            )
            if not ended:
                raise LeaseLost(self.job.uid)
            if self.job.parent_id:
                _child_closed(self.job.parent_id, state, error)
            if not self.job.keep and state == JobState.DONE:
                Job.objects.filter(pk=self.job.pk).delete()


def _child_closed(parent_id: int, state: JobState, error: str) -> None:
    """A child that failed or was stopped ends its parent likewise, unless that has ended already."""
    parent = Job.objects.filter(pk=parent_id)
    if state != JobState.DONE:
        parent.filter(state__in=UNFINISHED).update(
            state=state, error=error[:4000], lease_until=None, finished_at=timezone.now()
        )
    parent.update(open_children=F("open_children") - 1, done=F("done") + 1)
    now = timezone.now()
    woken = parent.filter(open_children=0, state=JobState.WAITING).update(
        due_at=now, ring_at=now + timedelta(seconds=1)
    )
    if woken:
        transaction.on_commit(lambda: ring(parent_id))


def _lease() -> datetime:
    return timezone.now() + timedelta(seconds=settings.ASSAY_JOB_LEASE)


def claim(job_id: int) -> Running | None:
    """Take a waiting, due job by one conditional update; None when it is not to be had."""
    now = timezone.now()
    free = Job.objects.filter(pk=job_id, state=JobState.WAITING, due_at__lte=now, open_children=0)
    if not free.exists():  # rung twice, as most are when many wait: that is no reason to write
        return None
    with transaction.atomic():  # the attempt's number is read before anybody can begin another
        taken = free.update(
            state=JobState.RUNNING, attempts=F("attempts") + 1, lease_until=_lease(), started_at=now, key=None
        )
        if not taken:
            return None
        job = Job.objects.get(pk=job_id)
    faults.point("jobs.claimed")
    return Running(job, job.attempts)


def run(job_id: int, handlers: Mapping[str, Handler]) -> bool:
    """Claim one job and run it to its end; False when another worker has it or it is not due."""
    running = claim(job_id)
    if running is None:
        return False
    try:
        if running.job.stop_requested_at is not None:
            raise Stopped(running.job.uid)
        with beating(running.renew, settings.ASSAY_JOB_LEASE / 3):
            result = handlers[running.job.kind](running)
        if running.has_spawned:  # not "has open children": quick ones may have closed by now
            _wait_for_children(running)
        else:
            running.close(JobState.DONE, result=result)
    except LeaseLost:
        log.warning("job %s went to another worker", running.job.uid)
    except NotYet as pause:
        _wait(running._mine(), timedelta(seconds=pause.after))
    except Stopped:
        _end(running, JobState.STOPPED, "")
    except Rejected as refusal:
        _end(running, JobState.FAILED, str(refusal))
    except Exception:
        log.exception("job %s (%s) failed, attempt %s", running.job.uid, running.job.kind, running.token)
        _retry(running, traceback.format_exc(limit=-3))
    return True


def _end(running: Running, state: JobState, error: str) -> None:
    try:
        running.close(state, error=error)
    except LeaseLost:
        log.warning("job %s went to another worker", running.job.uid)


def _wait_for_children(running: Running) -> None:
    with transaction.atomic():
        now = timezone.now()
        running._mine().update(state=JobState.WAITING, lease_until=None, due_at=now, ring_at=now + RING_AGAIN)
    faults.point("jobs.parent_waits")
    # A child may have closed between spawning and this line: then nobody else wakes the parent.
    if Job.objects.filter(pk=running.job.pk, open_children=0).exists():
        ring(running.job.pk)


def _retry(running: Running, error: str) -> None:
    failures = running.job.failures + 1
    if failures >= MAX_FAILURES:
        _end(running, JobState.FAILED, error)
        return
    pause = timedelta(seconds=min(2**failures, 60))
    _wait(running._mine(), pause, failures=failures, error=error[:4000], paced_at=None)


def _wait(held: QuerySet[Job], pause: timedelta, **values: Any) -> None:
    due = timezone.now() + pause
    held.update(state=JobState.WAITING, lease_until=None, due_at=due, ring_at=due, **values)


def stop(job: Job, *, by: User | None = None) -> bool:
    """Ask a job and its children to stop: at once if it waits, at its next step if it runs. False when it had ended.

    Recorded in the audit trail, with `by` as who asked for it.
    """
    now = timezone.now()
    with transaction.atomic():
        unfinished = Job.objects.filter(state__in=UNFINISHED)
        # Children first, as when they close. They end when a worker takes them: that counts them off at the parent.
        unfinished.filter(parent=job.pk).update(stop_requested_at=now)
        asked = unfinished.filter(pk=job.pk).update(stop_requested_at=now)
        Job.objects.filter(pk=job.pk, state=JobState.WAITING, parent=None).update(
            state=JobState.STOPPED, finished_at=now, key=None
        )
        if asked:
            audit.record(
                "job.stopped",
                by=by,
                on=job,
                project_id=job.project_id,
                organisation_id=job.organisation_id,
                changes={"kind": job.kind},
            )
    return bool(asked)


def sweep(limit: int = 200) -> int:
    """Hand on the jobs of lost workers, and ring for what is due and was not heard. Returns how many were rung."""
    now = timezone.now()
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)
    for running in [Running(job, job.attempts) for job in lost[:limit]]:
        log.warning("job %s (%s) lost its worker", running.job.uid, running.job.kind)
        if running.job.failures + 1 >= MAX_FAILURES:
            _end(running, JobState.FAILED, LOST)
        else:
            overdue = running._mine().filter(lease_until__lt=now)  # it may have beaten since
            _wait(overdue, timedelta(0), failures=running.job.failures + 1, paced_at=None)
    quiet = Job.objects.filter(state=JobState.WAITING, open_children=0, ring_at__lte=now)
    unheard = list(quiet.order_by("ring_at").values_list("pk", flat=True)[:limit])
    # All at once: where many wait, a write for each would cost a worker more than the jobs do.
    quiet.filter(pk__in=unheard).update(ring_at=now + RING_AGAIN)
    for pk in unheard:  # another sweep may ring too: whoever comes second to a job goes away
        ring(pk)
    return len(unheard)
