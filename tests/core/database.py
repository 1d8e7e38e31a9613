"""Two ways to use the database besides a transaction a test.

`committed`: writes are really committed, so that several threads can see them. `kept`: what a module's fixtures write
stays for all tests of the module, each of which still has a transaction of its own.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.db.models import Model

T = TypeVar("T")
KEPT = {"experts_sector", "experts_credentialkind"}  # written by migrations


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database without a transaction around the test; emptied afterwards, append-only tables included."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            _empty()


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A transaction around all tests of a module, rolled back after the last. Tests ask for `db` as well."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def _empty() -> None:
    models: list[type[Model]] = [
        model
        for label in ("core", "experts", "annotation")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    tables = {model._meta.db_table for model in models} - KEPT
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(sorted(tables))} CASCADE")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        cursor.execute("PRAGMA foreign_keys=OFF")
        with transaction.atomic():
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")
            for _name, sql in triggers:
                cursor.execute(sql)
        cursor.execute("PRAGMA foreign_keys=ON")


def together(calls: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Run all calls at the same moment, each in a thread with a connection of its own. An exception is a result too."""
    barrier = threading.Barrier(len(calls))
    results: list[T | Exception | None] = [None] * len(calls)

    def work(at: int, call: Callable[[], T]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            results[at] = call()
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            results[at] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(at, call)) for at, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(100)
    assert not any(thread.is_alive() for thread in threads)
    return results  # type: ignore[return-value]  # every thread has written its own
