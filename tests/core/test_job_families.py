"""Jobs that are stopped, and jobs with children."""

from functools import partial
from typing import Any

import pytest
from django.db import transaction

from core import jobs
from core.models import Job
from core.models.job import JobState
from tests.core.database import committed, together
from tests.core.job_support import Handlers, make_due, nothing, owed, owed_once, raises, rung, spawns, steps

__all__ = ["committed", "rung"]


def test_a_waiting_job_stops_at_once(db: None) -> None:
    job = owed_once("a")
    assert job
    assert jobs.stop(job)
    job.refresh_from_db()
    assert (job.state, job.key) == ("stopped", None)
    assert not jobs.stop(job)
    assert jobs.claim(job.pk) is None


def test_a_running_job_stops_at_its_next_step(db: None) -> None:
    job = owed()

    def stopped_meanwhile(running: jobs.Running) -> None:
        steps(running)
        jobs.stop(job)
        steps(running)
        raise AssertionError("it went on")

    jobs.run(job.pk, {"work": stopped_meanwhile})
    job.refresh_from_db()
    assert (job.state, job.error) == ("stopped", "")


def test_a_job_that_waits_for_something_can_be_stopped(db: None) -> None:
    job = owed()

    def stopped_while_it_looked(running: jobs.Running) -> None:
        jobs.stop(job)
        raise jobs.NotYet

    jobs.run(job.pk, {"work": stopped_while_it_looked})
    make_due(job)
    jobs.run(job.pk, {"work": raises(jobs.NotYet())})
    job.refresh_from_db()
    assert job.state == "stopped"


def test_a_parent_is_run_again_when_its_last_child_has_closed(
    db: None, rung: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    parent = owed("parent")
    handlers: Handlers = {"parent": spawns("child", 3), "child": nothing}
    jobs.run(parent.pk, handlers)
    children = list(Job.objects.filter(parent=parent).order_by("pk"))
    assert [child.args for child in children] == [{"number": 0}, {"number": 1}, {"number": 2}]
    for child in children:
        parent.refresh_from_db()
        assert parent.state == "waiting"
        assert not jobs.run(parent.pk, handlers)
        with django_capture_on_commit_callbacks(execute=True):
            jobs.run(child.pk, handlers)
    assert rung == [parent.pk]
    jobs.run(parent.pk, handlers)
    parent.refresh_from_db()
    assert (parent.state, parent.result) == ("done", {"merged": 3})


def test_a_parent_is_run_again_when_its_children_were_faster_than_itself(db: None, rung: list[int]) -> None:
    parent = owed("parent")
    handlers: Handlers = {"child": nothing}

    def run_the_children() -> None:
        for child in Job.objects.filter(parent=parent):
            jobs.run(child.pk, handlers)

    handlers["parent"] = spawns("child", 2, then=run_the_children)
    jobs.run(parent.pk, handlers)
    parent.refresh_from_db()
    assert parent.state == "waiting"
    assert rung == [parent.pk]
    jobs.run(parent.pk, handlers)
    parent.refresh_from_db()
    assert (parent.state, parent.result) == ("done", {"merged": 2})


def test_the_last_of_children_that_close_at_once_wakes_the_parent(committed: None, rung: list[int]) -> None:
    parent = owed("parent")
    handlers: Handlers = {"parent": spawns("child", 6), "child": steps}
    jobs.run(parent.pk, handlers)
    rung.clear()
    ids = list(Job.objects.filter(parent=parent).values_list("pk", flat=True))
    assert together([partial(jobs.run, pk, handlers) for pk in ids]) == [True] * 6
    parent.refresh_from_db()
    assert (parent.open_children, parent.state) == (0, "waiting")
    assert rung == [parent.pk]


def test_a_child_that_fails_fails_its_parent(db: None) -> None:
    parent = owed("parent")
    handlers: Handlers = {"parent": spawns("child", 2), "child": raises(jobs.Rejected("no room"))}
    jobs.run(parent.pk, handlers)
    for child in Job.objects.filter(parent=parent):
        jobs.run(child.pk, handlers)
    parent.refresh_from_db()
    assert (parent.state, parent.error, parent.open_children) == ("failed", "no room", 0)


def test_a_parent_that_is_stopped_stops_its_children_and_stays_stopped(db: None) -> None:
    parent = owed("parent")
    handlers: Handlers = {"parent": spawns("child", 2), "child": steps}
    jobs.run(parent.pk, handlers)
    waiting, running = Job.objects.filter(parent=parent).order_by("pk")
    held = jobs.claim(running.pk)
    assert held
    assert jobs.stop(parent)
    with pytest.raises(jobs.Stopped), transaction.atomic():
        held.step()
    held.close(JobState.STOPPED)
    jobs.run(waiting.pk, {"child": raises(AssertionError("it was begun"))})
    for job in (waiting, running, parent):
        job.refresh_from_db()
        assert job.state == "stopped"
    assert parent.open_children == 0
