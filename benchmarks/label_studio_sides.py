"""The two servers of `benchmarks.label_studio`, with as many web processes and fresh databases of one kind."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from core.supervisor.child import die_with_parent
from tests.support.postgres import Postgres
from tools.conformance import scratch
from tools.steps import digest, step
from tools.toolchain import install_uv, uv

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "label-studio"
PINNED = ROOT / "benchmarks" / "label_studio.txt"
PYTHON = Path(os.environ.get("ASSAY_LABEL_STUDIO") or FOLDER / "bin" / "python")
PROCESSES, THREADS, ACCOUNTS = 4, 2, 5
DURABLE = ("fsync=on", "synchronous_commit=on", "max_connections=100", "shared_buffers=256MB")
_START = 600.0


@dataclass(frozen=True)
class Side:
    """A running server: its address, the keys of five accounts, and the process that everything of it descends from."""

    name: str
    url: str
    keys: str
    process: int

    def memory(self) -> float:
        """Proportional memory (PSS) of all its processes without the database's server, in MB."""
        return sum(_pss(one) for one in _descendants(self.process)) / 1024


def prepare() -> None:
    """Make Label Studio's environment, or bring it to what is pinned. Needs PyPI the first time."""
    if "ASSAY_LABEL_STUDIO" in os.environ:
        return
    install_uv()

    def install() -> None:
        uv("venv", "--quiet", "--clear", "--python", sys.executable, FOLDER)
        uv("pip", "install", "--quiet", "--python", FOLDER, "--no-deps", "--requirement", PINNED)

    step(
        "label-studio",
        "installing from benchmarks/label_studio.txt",
        install,
        inputs=digest([PINNED]),
        made=PYTHON,
    )


@contextmanager
def database(kind: str, name: str) -> Iterator[str]:
    """The URL of a fresh durable PostgreSQL database, or "" for SQLite."""
    if kind == "sqlite":
        yield ""
        return
    server = Postgres(DURABLE)
    try:
        yield server.address.create(name)
    finally:
        server.stop()


@contextmanager
def assay(kind: str) -> Iterator[Side]:
    """`manage.py scratch`."""
    with (
        database(kind, "host") as url,
        scratch(url, ["--web", str(PROCESSES), "--threads", str(THREADS)]) as server,
    ):
        keys = f"{server['API_KEY']},{server['EXTRA_API_KEYS']}"
        yield Side("Assay", server["BASE_URL"], keys, int(server["PID"]))


@contextmanager
def label_studio(kind: str) -> Iterator[Side]:
    """Its own code under gunicorn."""
    with database(kind, "studio") as url, tempfile.TemporaryDirectory(prefix="label-studio-") as home:
        environment = {**os.environ, **_settings(url, home)}
        told = subprocess.run(
            [PYTHON, "-P", ROOT / "benchmarks" / "label_studio_peer.py", str(ACCOUNTS)],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ).stdout
        keys = told.rpartition("KEYS=")[2].strip()
        port = _free_port()
        place = subprocess.run(
            [PYTHON, "-c", "import label_studio; print(label_studio.__path__[0])"],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout.strip()
        process = subprocess.Popen(
            [
                *(str(PYTHON), "-m", "gunicorn", "core.wsgi:application", "--chdir", place),
                *("--workers", str(PROCESSES), "--threads", str(THREADS), "--timeout", "600"),
                *("--bind", f"127.0.0.1:{port}"),
            ],
            env={**environment, "DJANGO_SETTINGS_MODULE": "core.settings.label_studio"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent(),  # noqa: PLW1509 (no thread runs yet)
        )
        try:
            _wait(f"http://127.0.0.1:{port}/api/version")
            yield Side("Label Studio", f"http://127.0.0.1:{port}", keys, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _settings(url: str, home: str) -> dict[str, str]:
    common = {
        "LABEL_STUDIO_BASE_DATA_DIR": home,
        "SECRET_KEY": "bench" * 10,
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
    }
    if not url:
        return {**common, "DJANGO_DB": "sqlite", "DATABASE_NAME": str(Path(home, "studio.sqlite3"))}
    parts = urlsplit(url)
    return {
        **common,
        "DJANGO_DB": "default",
        "POSTGRE_NAME": parts.path.strip("/"),
        "POSTGRE_USER": parts.username or "",
        "POSTGRE_PASSWORD": "",
        "POSTGRE_HOST": parts.hostname or "",
        "POSTGRE_PORT": str(parts.port),
    }


def _wait(url: str) -> None:
    end = time.monotonic() + _START
    while True:
        try:
            urllib.request.urlopen(url, timeout=60).close()
            return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.5)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _descendants(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError, ValueError):  # it has ended meanwhile
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        found.append(one := waiting.pop())
        waiting += parents.get(one, [])
    return found


def _pss(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
