"""Questions on several connections, and on one that has ended."""

import threading
import time
from typing import Any

import pytest
from django.db import connection, transaction

from core.models import Membership, User
from core.organisations import create_organisation
from core.questions import NUMBER, Question, ask_all
from core.roles import Role
from tests.core.database import committed

__all__ = ["committed"]

_held = Question[Membership](
    lambda user: Membership.objects.current().filter(user=user).select_related("organisation"), user=NUMBER
)
_person = Question[User](
    lambda user: User.objects.select_for_update(no_key=True).filter(pk=user), user=NUMBER
)


@pytest.fixture
def ann(committed: None) -> User:
    """She owns an organisation."""
    made = User.objects.create_user("ann@example.org", None, name="ann")
    create_organisation(name="House of ann", by=made, default_rights="")
    return made


def test_a_lock_that_is_asked_for_first_holds_for_what_comes_after(ann: User) -> None:
    """Of two who ask at once the second sees what the first has written."""
    mine = {"user": ann.pk}
    counts: list[int] = []

    def add() -> None:
        with transaction.atomic():
            _locked, held = ask_all((_person, mine), (_held, mine))
            counts.append(len(held))
            time.sleep(0.3)
            there = held[0].organisation
            Membership.objects.create(user=ann, organisation=there, role=list(Role)[len(held)])
        connection.close()

    threads = [threading.Thread(target=add) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert counts == [1, 2, 3]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite is no server")
def test_a_connection_that_the_server_has_ended_is_opened_anew(ann: User) -> None:
    """As at the beginning of a request, which looks at the connection that it was left."""
    mine = {"user": ann.pk}
    asked: list[int] = []

    def requests() -> None:
        try:
            for _ in range(3):
                connection.close_if_unusable_or_obsolete()
                kept: Any = connection
                kept.health_check_enabled, kept.health_check_done = True, False
                assert len(_held.objects(**mine)) == 1
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    asked.append(cursor.fetchone()[0])
                if len(asked) == 2:
                    other = connection.copy()
                    with other.cursor() as cursor:
                        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [asked[-1]])
                    other.close()
        finally:
            connection.close()

    thread = threading.Thread(target=requests)
    thread.start()
    thread.join()
    first, second, third = asked
    assert first == second != third
