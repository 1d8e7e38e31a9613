"""A sweep is not held up by jobs: what only it can find is found while there is no end to them."""

from urllib.parse import quote

import pytest
from kombu import Connection
from redis import Redis

from annotation.tasks import run
from tests.support.stack import Stack

pytestmark = pytest.mark.stack

NO_JOB = 0
JOBS = "celery\x06\x166"  # where the broker keeps what has priority 6
CROWD = 4000  # rings that wait: together they take longer than a sweep is worth anything
WRITE_DOWN = """
from django.db import transaction
from core.jobs import enqueue_once
with transaction.atomic():
    enqueue_once("expire", key="found by a sweep", project_id=None, organisation_id=None, delay=2)
"""


def test_what_only_a_sweep_finds_is_done_behind_a_crowd_of_jobs(stack: Stack) -> None:
    stack.manage("shell", "-c", WRITE_DOWN)
    (job,) = stack.rows("SELECT id FROM core_job WHERE key = ?", "found by a sweep")
    socket = str(stack.home / "run" / "broker.sock")
    with Connection(f"redis+socket://{quote(socket)}") as broker, Redis(unix_socket_path=socket) as counting:

        def done() -> bool:
            for _ in range(CROWD - int(str(counting.llen(JOBS)))):
                run.apply_async((NO_JOB,), connection=broker)  # type: ignore[call-arg]  # the stubs lack it
            return stack.rows("SELECT state FROM core_job WHERE id = ?", *job) == [("done",)]

        stack.until(done)
