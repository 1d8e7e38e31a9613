"""Questions that are compiled once answer as querysets do."""

import threading
from typing import Any

import pytest
from django.db import connection

from core.models import Membership, User
from core.organisations import create_organisation
from core.questions import NUMBER, Question, Rows, ask_all
from core.roles import Role

pytestmark = pytest.mark.django_db

_held = Question[Membership](
    lambda user: Membership.objects.current().filter(user=user).select_related("organisation", "user"),
    user=NUMBER,
)
_roles = Rows[Any](lambda user: Membership.objects.filter(user=user).values_list("role"), user=NUMBER)


@pytest.fixture
def people() -> list[User]:
    made = [User.objects.create_user(f"{name}@example.org", None, name=name) for name in ("ann", "bo")]
    for one in made:
        create_organisation(name=f"House of {one.name}", by=one, default_rights="")
    return made


def test_objects_and_what_is_joined_to_them(people: list[User], django_assert_num_queries: Any) -> None:
    for one in [*people, *people]:
        with django_assert_num_queries(1):
            found = _held.first(user=one.pk)
            assert found is not None
            assert (found.user, found.organisation.name) == (one, f"House of {one.name}")
        assert found.created_at == Membership.objects.get(user=one).created_at
        assert not found._state.adding


def test_it_sees_what_was_written_since(people: list[User]) -> None:
    assert len(_held.objects(user=people[0].pk)) == 1
    Membership.objects.create(
        user=people[0], organisation=_held.objects(user=people[1].pk)[0].organisation, role=Role.ANNOTATOR
    )
    assert {one.role for one in _held.objects(user=people[0].pk)} == {Role.OWNER, Role.ANNOTATOR}
    assert _held.first(user=0) is None


def test_rows_alone(people: list[User]) -> None:
    assert _roles.ask(user=people[0].pk) == [(Role.OWNER,)]
    assert _roles.holds(user=people[1].pk)
    assert not _roles.holds(user=-1)


def test_what_is_asked_together_is_answered_as_one_by_one(people: list[User]) -> None:
    ann, bo = ({"user": one.pk} for one in people)
    held, roles, none = ask_all((_held, ann), (_roles, bo), (_roles, {"user": -1}))
    assert held == _held.objects(**ann)
    assert held[0].organisation.name == "House of ann"
    assert (roles, none) == ([(Role.OWNER,)], [])
    assert ask_all((_roles, {"user": 2**63}), (_roles, ann)) == [[], [(Role.OWNER,)]], (
        "no row has that number"
    )


def test_another_thread_has_its_own(people: list[User]) -> None:
    assert _held.objects(user=people[0].pk)
    seen: list[list[Membership]] = []

    def ask() -> None:
        seen.append(_held.objects(user=people[0].pk))
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == [[]], "its connection does not see what this test has not committed"
