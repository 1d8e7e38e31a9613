"""Writers on SQLite wait their turn.

SQLite has whoever waits for its write lock look again every 0.1 s, and gives the lock to whoever happens to ask when
it is free: beside people who save without pause, a worker's job waits until it gives up. So only one asks at a time,
often; the others queue before a lock on a file, which the kernel gives in the order in which they came, and takes
back from a process that dies.
"""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_WRITES = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE", "REPLACE")
_ASK_AGAIN = 0.0005  # seconds


def connect() -> None:
    """Have every connection to an SQLite file take turns from now on."""
    connection_created.connect(_watch, dispatch_uid="turns")


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        return
    if _in_turn not in connection.execute_wrappers:  # it may be a second connecting
        connection.execute_wrappers.append(_in_turn)


def _in_turn(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement; one that asks for the write lock when it is this connection's turn to ask."""
    connection = context["connection"]
    if connection.in_atomic_block or not sql.startswith(_WRITES):
        return execute(sql, params, many, context)
    longest = connection.settings_dict["OPTIONS"]["timeout"]
    with (
        _turn(Path(f"{connection.settings_dict['NAME']}.turn")),
        _not_waiting(connection.connection, longest),
    ):
        until = time.monotonic() + longest
        while True:
            try:
                return execute(sql, params, many, context)
            except OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
            time.sleep(_ASK_AGAIN)


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file gives it back


@contextmanager
def _not_waiting(sqlite: Any, longest: float) -> Iterator[None]:
    """SQLite itself does not wait for its lock meanwhile."""
    sqlite.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        sqlite.execute(f"PRAGMA busy_timeout = {round(1000 * longest)}")
