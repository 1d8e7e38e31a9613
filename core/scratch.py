"""A throw-away Assay: a fresh database and folder, five accounts of one organisation, gone when it stops.

`python -m core.scratch OPTIONS DATABASE`, which `manage.py scratch` becomes: it keeps Assay's processes running itself.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import LiteralString
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _

from core.supervisor import CannotStart, Options, run
from core.supervisor.child import ROOT, die_with_parent
from core.supervisor.guard import listen

PREPARING = (
    ("migrate", "--verbosity", "0"),
    ("collectstatic", "--noinput", "--verbosity", "0"),
    ("scratch", "--keys"),
)
PATIENCE = 30.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def scratch_environment(database_url: str | None) -> Iterator[dict[str, str]]:
    """The environment of a scratch Assay; its folder, and on PostgreSQL its database, are removed in the end.

    Raises CannotStart where the database cannot be made.
    """
    # Named before it is made: whoever is stopped in between knows what to remove.
    home = Path(tempfile.gettempdir(), f"assay-scratch-{secrets.token_hex(4)}")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"CELERY_BROKER_URL", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    environment = {
        **kept,
        "ASSAY_HOME": str(home),
        "SECRET_KEY": secrets.token_hex(32),
        "ASSAY_COMPRESS_FILES": "false",
        # Whoever tries webhooks listens on this machine.
        "ASSAY_OUTBOUND_ALLOW": "127.0.0.1",
        # Whoever measures it calls as often as they can.
        "ASSAY_RATE_KEYS": "0",
        "ASSAY_RATE_PAGES": "0",
        "ASSAY_RATE_ANONYMOUS": "0",
    }
    try:
        home.mkdir(mode=0o700)
        with _database(database_url) as url:
            yield {**environment, **({"DATABASE_URL": url} if url else {})}
    finally:
        with _deaf():
            _remove(home)


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Ctrl-C, SIGTERM and a closed terminal end the block, quietly; once: what is impatient is not heard again."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for told in SIGNALS:
            signal.signal(told, signal.SIG_IGN)
        raise KeyboardInterrupt

    # A shell's background jobs begin with SIGINT ignored; under `nohup` a closed terminal is no reason to stop.
    hangup = signal.getsignal(signal.SIGHUP)
    before = {told: signal.signal(told, stop) for told in SIGNALS}
    if hangup == signal.SIG_IGN:
        signal.signal(signal.SIGHUP, hangup)
    try:
        yield
    except KeyboardInterrupt:
        return  # still deaf: what is left to do is to end
    for told, handler in before.items():
        signal.signal(told, handler)


@contextmanager
def _deaf() -> Iterator[None]:
    """What removes things is not stopped half-way."""
    before = {told: signal.signal(told, signal.SIG_IGN) for told in SIGNALS}
    try:
        yield
    finally:
        for told, handler in before.items():
            signal.signal(told, handler)


def _remove(home: Path) -> None:
    """The folder; what still ends writes into it for a moment."""
    end = time.monotonic() + PATIENCE
    while home.exists() and time.monotonic() < end:
        shutil.rmtree(home, ignore_errors=True)
        if home.exists():
            time.sleep(0.1)


@contextmanager
def _database(url: str | None) -> Iterator[str | None]:
    """A fresh database beside the one that a PostgreSQL URL names; of SQLite the folder's own. Raises CannotStart."""
    if url is None or url.startswith("sqlite"):
        yield None
        return
    name = f"assay_scratch_{secrets.token_hex(4)}"
    try:
        _tell(url, "CREATE DATABASE {}", name)
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with _deaf():  # asked anew: a connection that was kept for hours may be gone
            _tell(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _tell(url: str, statement: LiteralString, name: str) -> None:
    import psycopg
    from psycopg.sql import SQL, Identifier

    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            connection.execute(SQL(statement).format(Identifier(name)))
    except psycopg.Error as error:
        raise CannotStart(str(error).strip()) from error


def serve(database_url: str | None, options: Options) -> None:
    """A scratch Assay from nothing to nothing; what it prints once it is ready says where, and with which keys.

    Raises CannotStart.
    """
    with stopped_by_signals():
        listen(options.port).close()  # a port that is taken is told before all else is made
        with scratch_environment(database_url) as environment:
            first, *others = _prepare(environment).strip().split(",")

            def ready(address: str) -> None:
                sys.stdout.write(f"BASE_URL={address}\nAPI_KEY={first}\nEXTRA_API_KEYS={','.join(others)}\n")
                sys.stdout.flush()

            os.environ.clear()
            os.environ.update(environment)
            run(Path(environment["ASSAY_HOME"]), options, ready=ready)


def _prepare(environment: Mapping[str, str]) -> str:
    """A database with its tables, files to send, people; returns the keys of those. Raises CannotStart."""
    said = ""
    for command in PREPARING:
        with _begun(*command, environment=environment) as child:
            said, _errors = child.communicate()
        if child.returncode:
            raise CannotStart(_("“%(command)s” has failed.") % {"command": command[0]})
    return said


@contextmanager
def _begun(*arguments: str, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A management command that runs no longer than the block, nor than this process."""
    child = subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        process_group=0,  # Ctrl-C in a terminal is told to us alone: who hears it twice is killed
        preexec_fn=die_with_parent(),  # noqa: PLW1509 (no thread runs here)
    )
    try:
        yield child
    finally:
        with _deaf():
            if child.poll() is None:
                child.terminate()
            try:
                child.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


if __name__ == "__main__":
    settings.configure(USE_I18N=False)  # commands speak English
    try:
        serve(sys.argv[2] or None, Options(**json.loads(sys.argv[1])))
    except CannotStart as error:
        sys.exit(f"CommandError: {error}")
