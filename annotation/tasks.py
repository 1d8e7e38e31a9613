"""Celery's whole part: an id comes in, one call goes out. What a job does stands in `annotation/work.py`."""

from celery import shared_task

from core import jobs


@shared_task(name="annotation.run", ignore_result=True)
def run(job_id: int) -> None:
    """Run one job, if it is still to be had."""
    from annotation.work import HANDLERS  # a worker pays for numpy and the writers, a web process does not

    jobs.run(job_id, HANDLERS)


@shared_task(name="annotation.sweep", ignore_result=True)
def sweep() -> None:
    """Every second: ring for what was not heard, hand on what was lost, return expired leases, fold what was noted."""
    from annotation.models import noting
    from annotation.stages import lease

    lease.return_expired()
    noting.fold_waiting()
    jobs.sweep()


@shared_task(name="annotation.expire", ignore_result=True)
def expire() -> None:
    """Every hour, so that a night without workers costs no day: see to what ended or is about to; count coverage."""
    from annotation import pipeline

    pipeline.expire_soon()
    pipeline.cover_soon()


def ring(job_id: int, after: float = 0) -> None:
    """Tell a worker. Raises what the broker's client raises; `core.jobs.ring` takes care of it."""
    run.apply_async((job_id,), ignore_result=True, countdown=after)
