"""Jobs: written with their cause, run by one worker at a time, never lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from core import jobs
from core.models import Job
from core.models.job import JobState
from tests.core.database import committed, together
from tests.core.job_support import make_due, nothing, owed, owed_once, raises, rung

__all__ = ["committed", "rung"]


def test_a_job_outside_a_transaction_is_refused(committed: None) -> None:
    with pytest.raises(RuntimeError):
        jobs.enqueue("work", project_id=None, organisation_id=None)


def test_a_job_of_a_transaction_that_fails_is_not_there(db: None) -> None:
    with transaction.atomic():
        jobs.enqueue("work", project_id=None, organisation_id=None)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_it_rings_after_the_commit(
    db: None, rung: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = owed()
        assert rung == []
    assert rung == [job.pk]


def test_a_delayed_job_is_rung_by_the_sweep(
    db: None, rung: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = owed_once("a", delay=60)
    assert job
    assert rung == []
    assert jobs.sweep() == 0
    Job.objects.filter(pk=job.pk).update(ring_at=timezone.now(), due_at=timezone.now())
    assert jobs.sweep() == 1
    assert rung == [job.pk]


def test_a_broker_that_is_down_costs_nothing_but_a_sweep(
    db: None, rung: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    def broken(_pk: int) -> None:
        raise ConnectionError("no broker")

    jobs.on_ring(broken)
    with django_capture_on_commit_callbacks(execute=True):
        job = owed()
    jobs.on_ring(rung.append)
    Job.objects.update(ring_at=timezone.now())
    jobs.sweep()
    assert rung == [job.pk]


def test_the_sweep_does_not_ring_again_at_once(db: None, rung: list[int]) -> None:
    owed()
    Job.objects.update(ring_at=timezone.now())
    jobs.sweep()
    jobs.sweep()
    assert len(rung) == 1


def test_one_waiting_job_of_a_key_is_enough(db: None) -> None:
    assert owed_once("a")
    assert owed_once("a") is None
    assert owed_once("b")
    assert Job.objects.count() == 2


def test_a_running_job_of_the_key_is_not_enough(db: None) -> None:
    first = owed_once("a")
    assert first
    assert jobs.claim(first.pk)
    assert owed_once("a")


def test_many_at_once_make_one_job_of_a_key(committed: None) -> None:
    def ask() -> None:
        with transaction.atomic():
            jobs.enqueue_once("work", key="a", project_id=1, organisation_id=1)

    assert together([ask] * 8) == [None] * 8
    assert Job.objects.count() == 1


def test_one_of_many_workers_gets_the_job(committed: None) -> None:
    job = owed()
    claims = together([lambda: jobs.claim(job.pk)] * 8)
    assert len([one for one in claims if isinstance(one, jobs.Running)]) == 1
    assert not [one for one in claims if isinstance(one, Exception)]


def test_a_job_that_is_not_due_cannot_be_claimed(db: None) -> None:
    job = owed_once("a", delay=60)
    assert job
    assert jobs.claim(job.pk) is None


def test_it_runs_and_keeps_its_result(db: None) -> None:
    job = owed(args={"number": 3})
    assert jobs.run(job.pk, {"work": lambda running: {"twice": running.job.args["number"] * 2}})
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts, job.lease_until) == ("done", {"twice": 6}, 1, None)
    assert job.finished
    assert not jobs.run(job.pk, {})


def test_a_job_that_is_not_kept_is_deleted_when_done(db: None) -> None:
    job = owed_once("a", keep=False)
    assert job
    jobs.run(job.pk, {"work": nothing})
    assert not Job.objects.exists()


def test_a_failure_is_tried_again_later_each_time(db: None) -> None:
    job = owed()
    pauses = []
    for _ in range(3):
        make_due(job)
        jobs.run(job.pk, {"work": raises(ValueError("broken"))})
        job.refresh_from_db()
        pauses.append((job.due_at - timezone.now()).total_seconds())
    assert job.state == "waiting"
    assert job.failures == 3
    assert "ValueError: broken" in job.error
    assert [round(pause) for pause in pauses] == [2, 4, 8]


def test_it_fails_for_good_after_so_many_failures(db: None) -> None:
    job = owed()
    for _ in range(jobs.MAX_FAILURES):
        make_due(job)
        jobs.run(job.pk, {"work": raises(ValueError("broken"))})
    job.refresh_from_db()
    assert job.state == "failed"


def test_a_success_after_failures_keeps_no_error(db: None) -> None:
    job = owed()
    jobs.run(job.pk, {"work": raises(ValueError("broken"))})
    make_due(job)
    jobs.run(job.pk, {"work": nothing})
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")


def test_not_yet_is_no_failure(db: None) -> None:
    job = owed()
    for _ in range(jobs.MAX_FAILURES + 2):
        make_due(job)
        jobs.run(job.pk, {"work": raises(jobs.NotYet())})
    job.refresh_from_db()
    assert (job.state, job.failures) == ("waiting", 0)


def test_a_rejected_job_is_not_tried_again(db: None) -> None:
    job = owed()
    jobs.run(job.pk, {"work": raises(jobs.Rejected("the file is gone"))})
    job.refresh_from_db()
    assert (job.state, job.error, job.failures) == ("failed", "the file is gone", 0)


def test_a_job_whose_kind_nobody_knows_does_not_stop_the_worker(db: None) -> None:
    job = owed("unheard of")
    assert jobs.run(job.pk, {})
    job.refresh_from_db()
    assert job.failures == 1


def test_a_step_notes_progress_and_renews_the_lease(db: None) -> None:
    job = owed()
    running = jobs.claim(job.pk)
    assert running
    Job.objects.update(lease_until=timezone.now())
    with transaction.atomic():
        running.step(done=2, total=5, args={"position": 7})
    job.refresh_from_db()
    assert (job.done, job.total, job.args) == (2, 5, {"position": 7})
    assert job.lease_until
    assert job.lease_until > timezone.now() + timedelta(seconds=10)


def test_the_pace_begins_anew_with_each_count_and_after_a_failure(db: None) -> None:
    job = owed()
    running = jobs.claim(job.pk)
    assert running
    begun = []
    for done in (3, 5, 5, 0, 2):
        with transaction.atomic():
            running.step(done=done, total=9)
        job.refresh_from_db()
        begun.append((job.paced_at, job.paced_from))
    assert [one[1] for one in begun] == [3, 3, 3, 0, 0]
    assert begun[0][0] == begun[2][0] < begun[3][0] == begun[4][0]  # type: ignore[operator]
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.sweep()
    job.refresh_from_db()
    assert job.paced_at is None


def test_what_is_only_shown_is_no_progress(db: None) -> None:
    job = owed()

    def fails_after_much(running: jobs.Running) -> None:
        running.show(done=0, total=9)
        running.show(done=8, total=9)
        raise ValueError("broken")

    for _ in range(2):
        make_due(job)
        jobs.run(job.pk, {"work": fails_after_much})
    job.refresh_from_db()
    assert (job.done, job.total, job.failures) == (8, 9, 2)


def test_a_step_outside_its_transaction_is_refused(committed: None) -> None:
    running = jobs.claim(owed().pk)
    assert running
    with pytest.raises(RuntimeError):
        running.step()


def test_a_worker_that_lost_its_lease_can_change_nothing(db: None) -> None:
    job = owed()
    lost = jobs.claim(job.pk)
    assert lost
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.sweep()
    make_due(job)
    owner = jobs.claim(job.pk)
    assert owner
    with pytest.raises(jobs.LeaseLost), transaction.atomic():
        lost.step(done=99)
    with pytest.raises(jobs.LeaseLost):
        lost.close(JobState.DONE)
    with transaction.atomic():
        owner.step(done=1)
    job.refresh_from_db()
    assert (job.state, job.done) == ("running", 1)


def test_a_worker_that_lost_its_lease_ends_quietly(db: None) -> None:
    job = owed()

    def too_long(running: jobs.Running) -> None:
        Job.objects.filter(pk=job.pk).update(attempts=running.token + 1)
        with transaction.atomic():
            running.step()

    assert jobs.run(job.pk, {"work": too_long})
    job.refresh_from_db()
    assert (job.state, job.error) == ("running", "")


def test_a_job_that_keeps_losing_its_worker_fails(db: None) -> None:
    job = owed()
    for at in range(jobs.MAX_FAILURES):
        make_due(job)
        job.refresh_from_db()
        assert (job.state, job.failures) == ("waiting", at)
        assert jobs.claim(job.pk)
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        jobs.sweep()
    job.refresh_from_db()
    assert job.state == "failed"


def test_a_job_that_gets_on_is_not_given_up(db: None) -> None:
    job = owed()

    def dies_after_a_step(running: jobs.Running) -> None:
        with transaction.atomic():
            running.step(done=running.job.done + 1)
        raise ValueError("broken")

    for _ in range(jobs.MAX_FAILURES + 2):
        make_due(job)
        jobs.run(job.pk, {"work": dies_after_a_step})
    job.refresh_from_db()
    assert (job.state, job.done, job.failures) == ("waiting", jobs.MAX_FAILURES + 2, 1)
