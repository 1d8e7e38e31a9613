"""What the tests of jobs share."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from core import jobs
from core.models import Job
from core.models.job import JobState

Handlers = dict[str, jobs.Handler]


@pytest.fixture
def rung() -> Iterator[list[int]]:
    """The ids that were rung, in order."""
    before = list(jobs._doorbells)
    heard: list[int] = []
    jobs.on_ring(heard.append)
    yield heard
    jobs._doorbells[:] = before


def owed(kind: str = "work", **more: Any) -> Job:
    with transaction.atomic():
        job = jobs.enqueue(kind, project_id=None, organisation_id=None, **more)
    assert job
    return job


def owed_once(key: str, delay: float = 0, *, keep: bool = True) -> Job | None:
    """The new job, or None when one of the key waits."""
    before = set(Job.objects.values_list("pk", flat=True))
    with transaction.atomic():
        jobs.enqueue_once("work", key=key, project_id=1, organisation_id=1, delay=delay, keep=keep)
    return Job.objects.exclude(pk__in=before).first()


def make_due(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())


def raises(error: Exception) -> jobs.Handler:
    def handler(running: jobs.Running) -> None:
        raise error

    return handler


def nothing(running: jobs.Running) -> None:
    """Succeeds."""


def steps(running: jobs.Running) -> None:
    with transaction.atomic():
        running.step()


def spawns(kind: str, count: int, then: Callable[[], None] = lambda: None) -> jobs.Handler:
    """A parent: spawns its children the first time, and says what it is the second time."""

    def handler(running: jobs.Running) -> dict[str, Any] | None:
        if Job.objects.filter(parent=running.job).exists():
            return {"merged": Job.objects.filter(parent=running.job, state=JobState.DONE).count()}
        with transaction.atomic():
            running.step()
            running.spawn(kind, [{"number": number} for number in range(count)])
        then()
        return None

    return handler
