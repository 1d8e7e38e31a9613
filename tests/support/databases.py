"""Which database a run of the tests uses, and the environment the settings then read."""

import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.lacking import IN_CI
from tests.support.postgres import REMEDY, Address, Postgres

CHOICES = ("sqlite", "postgres")
PORT_VARIABLE = "ASSAY_TEST_POSTGRES_PORT"  # tells the processes of pytest-xdist


@dataclass
class Run:
    """The folder and the server of this run. `lacks` says why every test is skipped, when it must be."""

    database: str
    home: Path
    server: Postgres | None = None
    address: Address | None = None
    lacks: str = ""

    @property
    def label(self) -> str:
        """The line in the header."""
        if self.lacks:
            return self.lacks
        if self.server:
            return f"database: {self.server.label}"
        return f"database: {self.database}"

    def new_database(self, name: str, home: Path) -> str:
        """The DATABASE_URL of an empty database beside the one of the unit tests."""
        return self.address.create(name) if self.address else f"sqlite:///{home / 'assay.sqlite3'}"


def prepare(database: str | None) -> Run:
    """Start what is needed and set the environment. Called once, before Django's settings are read.

    `database` is `--db`; without it DATABASE_URL of the environment is used as it is, else SQLite.
    """
    run = Run(database or "sqlite", Path(tempfile.mkdtemp(prefix="assay-test-")))
    if database == "postgres":
        _start_postgres(run)
    elif database == "sqlite" or "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = f"sqlite:///{run.home / 'unit.sqlite3'}"
    else:
        run.database = os.environ["DATABASE_URL"].split(":", 1)[0]
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        ASSAY_HOME=str(run.home),
        SECRET_KEY=secrets.token_hex(32),
        # Unit tests ring no bell: the tests with a real broker and worker are those marked `stack`.
        CELERY_BROKER_URL="memory://",
        ASSAY_FAST_PASSWORDS="true",
        LOG_LEVEL="WARNING",
    )
    return run


def folder_of(worker: str) -> str:
    """The folder of a process of pytest-xdist; made if it is new. Its settings are read as it starts."""
    home = Path(os.environ["ASSAY_HOME"]) / worker
    home.mkdir(exist_ok=True)
    return str(home)


def adopt() -> Run:
    """In a process of pytest-xdist: what the first process prepared."""
    home = Path(os.environ["ASSAY_HOME"])
    port = os.environ.get(PORT_VARIABLE)
    return Run("postgres" if port else "sqlite", home, address=Address(int(port)) if port else None)


def _start_postgres(run: Run) -> None:
    try:
        run.server = Postgres()
        run.address = run.server.address
        os.environ[PORT_VARIABLE] = str(run.address.port)
        os.environ["DATABASE_URL"] = run.address.url("assay")
    except FileNotFoundError as missing:
        run.lacks = f"NOT HERE: {missing}; every test of this run is skipped. To get it: {REMEDY}"
        if IN_CI:
            pytest.exit(run.lacks, returncode=1)
        os.environ["DATABASE_URL"] = f"sqlite:///{run.home / 'unit.sqlite3'}"
