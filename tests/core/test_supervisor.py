"""The supervisor with small programs: restart, pause, stop, and nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from core.supervisor import CannotStart, Options
from core.supervisor.guard import listen, only_one

ROOT = Path(__file__).resolve().parents[2]


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until the condition holds; fail when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def pid_of(folder: Path, name: str) -> int | None:
    """The process id in a pid file, None while there is none or it is about to be written."""
    try:  # it is deleted at any moment, when its program ends
        text = (folder / f"{name}.pid").read_text().strip()
    except FileNotFoundError:
        return None
    return int(text) if text else None


def runs(pid: int) -> bool:
    """Whether a process with this id runs (a zombie does not)."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A supervisor with a steady, a stubborn and a fleeting program, all started."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.core.supervised", str(tmp_path)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
    )
    until(lambda: pid_of(tmp_path, "grandchild") is not None and pid_of(tmp_path, "steady") is not None)
    yield process
    process.kill()
    process.communicate()
    grandchild = pid_of(tmp_path, "grandchild")
    if grandchild and runs(grandchild):  # a killed supervisor's programs die, but not what they started
        os.kill(grandchild, signal.SIGKILL)


def test_it_restarts_a_killed_program_and_says_so(supervisor: subprocess.Popen[str], tmp_path: Path) -> None:
    killed = pid_of(tmp_path, "steady")
    assert killed
    begun = tmp_path / "steady.log"
    until(lambda: begun.exists() and begun.read_text() == ".")
    os.kill(killed, signal.SIGKILL)
    until(lambda: pid_of(tmp_path, "steady") not in {None, killed} and begun.read_text() == "..")
    supervisor.terminate()
    output = supervisor.communicate(timeout=5)[0]
    assert "steady  | ended (signal SIGKILL); starts again in 0.2 s" in output
    assert output.count("steady  | steady begins") == 2


def test_it_waits_longer_before_each_restart(supervisor: subprocess.Popen[str], tmp_path: Path) -> None:
    log = tmp_path / "fleeting.log"
    until(lambda: log.exists() and len(log.read_text().split()) >= 4)
    starts = [float(line) for line in log.read_text().split()]
    pauses = [later - earlier for earlier, later in pairwise(starts)]
    assert pauses[0] >= 0.2
    assert pauses[2] >= 0.8


def test_it_kills_what_a_killed_program_left_behind(
    supervisor: subprocess.Popen[str], tmp_path: Path
) -> None:
    stubborn, grandchild = pid_of(tmp_path, "stubborn"), pid_of(tmp_path, "grandchild")
    assert stubborn
    assert grandchild
    os.kill(stubborn, signal.SIGKILL)
    until(lambda: not runs(grandchild))


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_stops_everything_in_time(
    supervisor: subprocess.Popen[str], tmp_path: Path, sign: signal.Signals
) -> None:
    pids = [pid_of(tmp_path, name) for name in ("steady", "stubborn", "grandchild")]
    supervisor.send_signal(sign)
    begun = time.monotonic()
    output = supervisor.communicate(timeout=10)[0]
    assert supervisor.returncode == 0
    assert output.endswith("stopped\n")
    assert time.monotonic() - begun < 4
    assert not any(pid and runs(pid) for pid in pids)
    assert not (tmp_path / "stubborn.pid").exists()


def test_a_second_signal_stops_at_once(supervisor: subprocess.Popen[str], tmp_path: Path) -> None:
    supervisor.send_signal(signal.SIGINT)
    time.sleep(0.1)
    supervisor.send_signal(signal.SIGINT)
    begun = time.monotonic()
    supervisor.communicate(timeout=5)
    assert time.monotonic() - begun < 1.8


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux kills the children of a killed parent")
def test_children_die_with_a_killed_supervisor(supervisor: subprocess.Popen[str], tmp_path: Path) -> None:
    pids = [pid_of(tmp_path, name) for name in ("steady", "stubborn")]
    supervisor.kill()
    until(lambda: not any(pid and runs(pid) for pid in pids))


def test_two_on_one_folder_are_refused(tmp_path: Path) -> None:
    second = only_one(tmp_path, tmp_path)
    with only_one(tmp_path, tmp_path), pytest.raises(CannotStart, match=f"process {os.getpid()}"):
        second.__enter__()


def test_a_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with only_one(tmp_path, tmp_path):
            assert (tmp_path / "supervisor.pid").read_text() == f"{os.getpid()}\n"


def test_a_taken_port_is_refused_with_a_way_out() -> None:
    with listen(0) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(CannotStart, match=f"PORT={port + 1}"):
            listen(port)


def test_an_impossible_port_is_refused() -> None:
    with pytest.raises(CannotStart, match="cannot be used"):
        listen(70_000)


def test_the_options_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("WEB_WORKERS", "")
    assert Options.from_environment() == Options(port=9000)


def test_a_port_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    with pytest.raises(CannotStart, match="PORT must be a number, not eighty"):
        Options.from_environment()
