"""A whole Assay for tests: broker, web, worker and beat under the supervisor, on a free port."""

import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from core.faults import arm
from core.supervisor.child import die_with_parent
from tests.support.client import Client

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("broker", "worker", "beat", "web")


class Stack:
    """Started by `with`. `database_url` names an empty database, which it migrates."""

    def __init__(self, home: Path, database_url: str, settings: Mapping[str, str] | None = None) -> None:
        self.home = home
        self.url = ""
        self._database_url = database_url
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "CELERY_BROKER_URL"},
            "ASSAY_HOME": str(home),
            "DATABASE_URL": database_url,
            "SECRET_KEY": secrets.token_hex(32),
            "ASSAY_COMPRESS_FILES": "false",
            "ASSAY_FAULTS": "true",
            "WORKER_NICE": "0",  # a test that waits for a job runs a browser meanwhile
            "ASSAY_JOB_LEASE": "5",
            "LOG_LEVEL": "INFO",
            **(settings or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Migrate, collect the static files as production does, start, and wait until it answers."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Run the supervisor; fail with the log's end when Assay does not answer within a minute."""
        with (self.home / "assay.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--port", "0"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(),  # noqa: PLW1509 - it only calls prctl
            )
        address = self.home / "run" / "address"
        self.until(lambda: address.exists() and address.read_text() != "", seconds=60)
        self.url = address.read_text().strip()

    def stop(self) -> None:
        """Stop as Ctrl-C does; fail when it does not stop (`test_up.py` holds it to the promised 5 seconds)."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"Assay did not stop\n{self.log_end()}") from None

    def manage(self, *arguments: str, check: bool = True) -> str:
        """Run a management command against this Assay; return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self._environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        assert done.returncode == 0 or not check, f"manage.py {' '.join(arguments)} failed:\n{done.stdout}"
        return done.stdout

    def client(self, email: str, password: str) -> Client:
        """An HTTP session of a person who logs in by the page."""
        return Client(self.url).log_in(email, password)

    def pid(self, name: str) -> int | None:
        """The process id of a running program (`broker`, `web`, `worker`, `beat`), None while it is down."""
        try:
            return int((self.home / "run" / f"{name}.pid").read_text())
        except (FileNotFoundError, ValueError):
            return None

    def kill(self, name: str) -> None:
        """SIGKILL a program, wherever it is in its work; return once the supervisor has started it again."""
        killed = self.kill_at_once(name)
        self.until(lambda: self.pid(name) not in {None, killed})

    def kill_at_once(self, name: str) -> int | None:
        """SIGKILL a program and do not wait; None when it is down.

        Its whole group dies: what is left of a web server would otherwise accept a request and die with it.
        """
        pid = self.pid(name)
        if pid is None:
            return None
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:  # the supervisor has just noticed that it died
            return None
        return pid

    def arm(self, point: str, count: int = 1) -> None:
        """Have the process that passes this fault point the count-th time from now die there (`core/faults.py`)."""
        arm(self.home / "faults", point, count)

    def armed(self) -> list[str]:
        """The fault points that nothing has passed often enough yet."""
        return sorted({path.stem for path in (self.home / "faults").glob("*")})

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read the database directly, to check what is really there. `?` stands for a value on both databases."""
        if self._database_url.startswith("sqlite"):
            connection = sqlite3.connect(f"file:{self.home / 'assay.sqlite3'}?mode=ro", uri=True)
            try:
                return connection.execute(sql, values).fetchall()
            finally:
                connection.close()
        with psycopg.connect(self._database_url) as server:
            return server.execute(sql.replace("?", "%s").encode(), values).fetchall()

    def until(self, condition: Callable[[], bool], seconds: float = 30.0) -> None:
        """Wait until the condition holds; fail with the log's end when it does not in time or Assay ended."""
        end = time.monotonic() + seconds
        while not condition():
            ended = self._process is None or self._process.poll() is not None
            assert not ended, f"Assay ended\n{self.log_end()}"
            assert time.monotonic() < end, f"it did not happen in {seconds} s\n{self.log_end()}"
            time.sleep(0.05)

    def log_end(self, lines: int = 60) -> str:
        """The last lines of what its programs wrote."""
        path = self.home / "assay.log"
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else ""
