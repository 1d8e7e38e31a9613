"""A throw-away Assay: a fresh database and folder, five accounts of one organisation, gone when it stops."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

PEOPLE = ("owner", "first", "second", "third", "fourth")
RIGHTS = "Made for a test; nobody's."
WAIT = 120.0


def make_people() -> list[str]:
    """An organisation with an owner and four annotators; their keys, the owner's first. Run in the scratch database."""
    from core.keys import show_legacy_key
    from core.models import User
    from core.organisations import create_organisation, grant
    from core.roles import Role

    people = [User.objects.create_user(f"{name}@scratch.example", None, name=name.title()) for name in PEOPLE]
    owner, *others = people
    house = create_organisation(name="Scratch", by=owner, default_rights=RIGHTS)
    for one in others:
        grant(user=one, organisation=house, role=Role.ANNOTATOR, by=owner)
    return [show_legacy_key(user=one) for one in people]


@contextmanager
def scratch_environment(database_url: str | None) -> Iterator[dict[str, str]]:
    """The environment of a scratch Assay; its folder, and on PostgreSQL its database, are removed in the end."""
    home = Path(tempfile.mkdtemp(prefix="assay-scratch-"))
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"CELERY_BROKER_URL", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    environment = {
        **kept,
        "ASSAY_HOME": str(home),
        "SECRET_KEY": secrets.token_hex(32),
        # Whoever tries webhooks listens on this machine.
        "ASSAY_OUTBOUND_ALLOW": "127.0.0.1",
        # Whoever measures it calls as often as they can.
        "ASSAY_RATE_KEYS": "0",
        "ASSAY_RATE_PAGES": "0",
        "ASSAY_RATE_ANONYMOUS": "0",
    }
    try:
        with _database(database_url) as url:
            yield {**environment, **({"DATABASE_URL": url} if url else {})}
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _database(url: str | None) -> Iterator[str | None]:
    """A fresh database beside the one that a PostgreSQL URL names; of SQLite the folder's own."""
    if url is None or url.startswith("sqlite"):
        yield None
        return
    import psycopg
    from psycopg.sql import SQL, Identifier

    name = f"assay_scratch_{secrets.token_hex(4)}"
    parts = urlsplit(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def serve(environment: Mapping[str, str], options: list[str], ready: Callable[[str], None]) -> None:
    """Run `manage.py up` with these options until this process is told to stop; `ready` is given the address."""
    address = Path(environment["ASSAY_HOME"], "run", "address")
    child = subprocess.Popen(manage("up", *options), cwd=settings.BASE_DIR, env=dict(environment))  # noqa: S603
    try:
        end = time.monotonic() + WAIT
        while not (address.exists() and address.read_text()) and child.poll() is None:
            if time.monotonic() > end:
                raise TimeoutError("Assay did not start")
            time.sleep(0.05)
        if child.poll() is None:
            ready(address.read_text().strip())
        child.wait()
    except KeyboardInterrupt:
        pass
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
            child.wait(timeout=30)


def manage(*arguments: str) -> list[str]:
    """The command line of a management command."""
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
