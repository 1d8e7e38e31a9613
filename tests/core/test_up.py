"""`manage.py up`: the real programs, killed one by one."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.support.databases import Run
from tests.support.stack import PROGRAMS, ROOT, Stack

pytestmark = pytest.mark.stack


def test_it_answers_and_writes_every_pid(stack: Stack) -> None:
    assert requests.get(f"{stack.url}/health", timeout=5).ok
    assert all(stack.pid(name) for name in PROGRAMS)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_killed_program_comes_back(stack: Stack, name: str) -> None:
    killed = stack.pid(name)
    stack.kill(name)
    assert stack.pid(name) not in {None, killed}
    assert requests.get(f"{stack.url}/health", timeout=60).ok


def test_a_request_waits_while_the_web_server_restarts(stack: Stack) -> None:
    stack.kill_at_once("web")
    assert requests.get(f"{stack.url}/health", timeout=60).ok


def test_a_second_one_on_the_same_folder_is_refused(stack: Stack) -> None:
    answer = stack.manage("up", "--port", "0", check=False)
    assert "Assay already runs on" in answer
    assert "Traceback" not in answer


def test_it_stops_in_time_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Stack(home, run.new_database(f"stop_{tmp_path.name}", home)) as own:
        processes = [pid for name in PROGRAMS if (pid := own.pid(name))]
        begun = time.monotonic()
        own.stop()
        assert time.monotonic() - begun < 5
    groups = subprocess.run(["ps", "-eo", "pgid="], capture_output=True, text=True, check=True).stdout.split()
    assert not {str(pid) for pid in processes} & set(groups)
    assert not list((home / "run").glob("[!s]*.pid"))


def test_a_missing_secret_key_stops_it_with_a_clear_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env={"PATH": "", "ASSAY_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert "SECRET_KEY is missing" in done.stderr
