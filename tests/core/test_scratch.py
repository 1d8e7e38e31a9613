"""`manage.py scratch`: stopped at any time it leaves nothing, and it says why it does not start."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import psycopg
import pytest

from tests.support.databases import Run
from tests.support.stack import ROOT

pytestmark = pytest.mark.stack
LIMIT = 240.0
Process = subprocess.Popen[str]


@contextmanager
def scratch(run: Run, place: Path, *options: str) -> Iterator[Process]:
    """One that is starting, in a clone that has neither a key nor a folder, as a shell's background job."""
    ours = {"SECRET_KEY", "ASSAY_HOME", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "CELERY_BROKER_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    database = ["--database-url", run.address.url("postgres")] if run.address else []
    with (place.parent / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "scratch", "--web", "1", *database, *options],
            cwd=ROOT,
            env={**kept, "TMPDIR": str(place)},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            process_group=0,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


@pytest.fixture(autouse=True)
def hangup() -> Iterator[None]:
    """SIGHUP means to end, also where the tests run under `nohup`: that it is ignored would be inherited."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "tmp"
    made.mkdir()
    return made


def until(fact: Callable[[], object], seconds: float = LIMIT) -> None:
    """Wait for it. Raises AssertionError."""
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end
        time.sleep(0.05)


def children(process: Process) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False
    )
    return [int(pid) for pid in found.stdout.split()]


def databases(run: Run) -> set[str]:
    if run.address is None:
        return set()
    with psycopg.connect(run.address.url("postgres")) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'assay_scratch%'")
        return {name for (name,) in rows}


def nothing_is_left(run: Run, place: Path, before: set[str]) -> None:
    assert list(place.iterdir()) == []
    assert databases(run) <= before
    assert "Traceback" not in (place.parent / "log").read_text()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopped_while_it_starts(run: Run, place: Path, told: signal.Signals) -> None:
    before = databases(run)
    with scratch(run, place) as process:
        until(lambda: list(place.glob("assay-scratch-*")) and children(process))
        for _impatience in range(3):
            process.send_signal(told)
            time.sleep(0.1)
        assert process.wait(LIMIT) == 0
    nothing_is_left(run, place, before)


def test_killed_it_takes_along_what_it_began(run: Run, place: Path) -> None:
    with scratch(run, place) as process:
        until(lambda: children(process))
        (child,) = children(process)
        process.kill()
        process.wait()
    until(
        lambda: not Path(f"/proc/{child}/cmdline").exists() or not Path(f"/proc/{child}/cmdline").read_text()
    )


def test_a_port_that_is_taken_is_told_at_once(run: Run, place: Path) -> None:
    before = databases(run)
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        scratch(run, place, "--port", str(taken.getsockname()[1])) as process,
    ):
        assert process.wait(LIMIT) == 1
    assert "is taken by another program" in (place.parent / "log").read_text()
    nothing_is_left(run, place, before)


def test_a_server_that_is_not_there_is_told(run: Run, place: Path) -> None:
    with scratch(run, place, "--database-url", "postgres://nobody@127.0.0.1:9/x") as process:
        assert process.wait(LIMIT) == 1
    nothing_is_left(run, place, databases(run))


def test_it_answers_and_goes_without_a_trace(run: Run, place: Path) -> None:
    before = databases(run)
    with scratch(run, place) as process:
        told: dict[str, str] = {}
        while "EXTRA_API_KEYS" not in told:
            assert process.stdout
            line = process.stdout.readline()
            assert line, (place.parent / "log").read_text()
            name, _, value = line.strip().partition("=")
            told[name] = value
        for key in (told["API_KEY"], *told["EXTRA_API_KEYS"].split(",")):
            asked = Request(
                f"{told['BASE_URL']}/api/current-user/whoami", headers={"Authorization": f"Token {key}"}
            )
            with urlopen(asked, timeout=60) as answer:
                assert answer.status == 200
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=LIMIT)
        assert process.returncode == 0
    nothing_is_left(run, place, before)
