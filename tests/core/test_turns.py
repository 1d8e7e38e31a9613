"""Writers on SQLite take turns: one who comes late is not passed over by those who never pause."""

import fcntl
import threading
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from core.models import Organisation
from tests.core.database import committed

__all__ = ["committed"]

HOGS = 4
ROUNDS = 20


class Hogs:
    """Threads that write without pause; `written` counts their transactions."""

    def __init__(self, organisation: Organisation) -> None:
        self.written = 0
        self._organisation = organisation
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._write) for _ in range(HOGS)]

    def __enter__(self) -> "Hogs":
        for thread in self._threads:
            thread.start()
        while self.written < HOGS:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _write(self) -> None:
        while not self._enough.is_set():
            with transaction.atomic():
                Organisation.objects.filter(pk=self._organisation.pk).update(name="Hog")
                time.sleep(0.005)
            self.written += 1
        connection.close()


@pytest.mark.parametrize("whole", [True, False])
def test_nobody_waits_for_more_than_a_round_of_others(committed: None, whole: bool) -> None:
    """In a transaction, and for a single statement; a round is one turn each, and some come twice by chance."""
    if connection.vendor != "sqlite":
        pytest.skip("turns are taken on SQLite alone: on PostgreSQL who writes other rows does not wait")
    organisation = Organisation.objects.create(name="Patient")
    passed = []
    with Hogs(organisation) as hogs:
        for _ in range(ROUNDS):
            begun = hogs.written
            if whole:
                with transaction.atomic():
                    Organisation.objects.filter(pk=organisation.pk).update(name="Patient")
            else:
                Organisation.objects.filter(pk=organisation.pk).update(name="Patient")
            passed.append(hogs.written - begun)
            time.sleep(0.02)
    assert max(passed) <= 3 * HOGS


def test_whoever_is_in_a_transaction_waits_for_no_turn(db: None, tmp_path: Path) -> None:
    """They have the write lock: somebody who asks for it meanwhile must not keep them from ending."""
    named = (
        Path(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else tmp_path / "none"
    )
    with named.with_name(f"{named.name}.turn").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        made = Organisation.objects.create(name="Within")
        assert Organisation.objects.filter(pk=made.pk).update(name="Still within") == 1
