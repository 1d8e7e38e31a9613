"""A lease lasts as long as its worker lives, also within a long step."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from core import jobs
from core.models import Job
from core.models.job import JobState
from tests.core.database import committed

__all__ = ["committed"]
LEASE = 0.6  # seconds


@pytest.fixture
def job(committed: None, settings: Any) -> Job:
    """A job whose lease is short."""
    settings.ASSAY_JOB_LEASE = LEASE
    with transaction.atomic():
        return jobs.enqueue("slow", project_id=None, organisation_id=None)


def test_a_step_longer_than_the_lease_keeps_its_job(job: Job) -> None:
    def slow(running: jobs.Running) -> None:
        time.sleep(3 * LEASE)
        jobs.sweep()

    assert jobs.run(job.pk, {"slow": slow})
    job.refresh_from_db()
    assert (job.state, job.attempts, job.failures) == (JobState.DONE, 1, 0)


def test_the_beating_ends_with_the_job(job: Job) -> None:
    def lost(running: jobs.Running) -> None:
        Job.objects.filter(pk=job.pk).update(attempts=2, lease_until=timezone.now() - timedelta(minutes=1))
        time.sleep(LEASE)

    before = timezone.now()
    assert jobs.run(job.pk, {"slow": lost})
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert job.lease_until is not None
    assert job.lease_until < before, "a worker renewed a lease that another one holds"
