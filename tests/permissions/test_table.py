"""Every role at every route, with objects of its own organisation and of another one."""

import json
from copy import copy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core.models import User
from tests import cast
from tests.core.database import kept
from tests.permissions.numbered import ASKED, NAMED
from tests.permissions.routes import Route, bodies, objects_of, routes
from tests.permissions.table import ROLES, TABLE

__all__ = ["kept"]
ROUTES = {route.name: route for route in routes()}
ROWS = [(name, method) for name, row in TABLE.items() if name in ROUTES for method in row]
INSIDERS = ROLES[2:]
WORDS = {
    "name",
    "section",
    "chart",
    "page",
    "sample",
    "template",
    "version",
}  # parameters that name no object


class Stage:
    """Two organisations in the same state, and a logged-in client per role of ours."""

    def __init__(self) -> None:
        self.ours, self.theirs = cast.scene(), cast.scene(cast.THEIRS)
        self.our_objects, self.their_objects = objects_of(self.ours), objects_of(self.theirs)
        self.bodies = bodies(self.ours)
        people: dict[str, User | None] = {
            "anonymous": None,
            "stranger": self.theirs.owner,
            **self.ours.people,
        }
        self._clients = {role: self._client(people[role]) for role in ROLES}

    @staticmethod
    def _client(user: User | None) -> Client:
        client = Client()
        if user:
            client.force_login(user)
        return client

    def call(self, role: str, method: str, route: Route, objects: dict[str, str]) -> str:
        """The letter of the table for what comes back; what the call changes is undone."""
        client = self._clients[role]
        cookies = copy(client.cookies)
        with transaction.atomic():
            response = self._send(client, method, route, objects)
            letter = _letter(response)
            if response.streaming:
                b"".join(response.streaming_content)  # closes its file
            transaction.set_rollback(True)
        client.cookies = cookies
        return letter

    def _send(self, client: Client, method: str, route: Route, objects: dict[str, str]) -> Any:
        url = route.url(objects)
        if method in {"get", "head"}:
            return getattr(client, method)(url)
        if route.is_api and route.name != "api:batches":
            body = self.bodies.get(route.name, {})
            sent = json.dumps({**body, **route.named(objects)} if isinstance(body, dict) else body)
            return getattr(client, method)(url, sent, content_type="application/json")
        return getattr(client, method)(url, {})


def _letter(response: Any) -> str:
    status = response.status_code
    if status == 302 and response["Location"].startswith(reverse("account_login")):
        return "l"
    if status in {401, 403}:
        return "f"
    if status == 404:
        return "0"
    return "+" if status < 500 and status != 405 else f"<{status}>"


@pytest.fixture(scope="module")
def stage(kept: None) -> Stage:
    return Stage()


@pytest.fixture
def play(stage: Stage, db: None) -> Stage:
    return stage


def test_every_route_has_a_row() -> None:
    assert sorted(set(ROUTES) - set(TABLE)) == []


def test_every_row_has_a_route() -> None:
    assert sorted(set(TABLE) - set(ROUTES)) == []


def test_every_row_says_something_about_every_role() -> None:
    wrong = [name for name, row in TABLE.items() for who in row.values() if len(who) != len(ROLES)]
    assert wrong == []
    assert all(set(who) <= set("+f0l") for row in TABLE.values() for who in row.values())


@pytest.mark.parametrize(("name", "method"), ROWS)
def test_each_role_gets_what_the_table_says(play: Stage, name: str, method: str) -> None:
    found = "".join(play.call(role, method, ROUTES[name], play.our_objects) for role in ROLES)
    assert found == TABLE[name][method]


def about_something(name: str) -> bool:
    """Whether a route names an object that belongs to somebody."""
    return bool(
        {*ROUTES[name].parameters, *ASKED.get(name, ()), *NAMED.get(name, ())} - WORDS - {"token", "rest"}
    )


@pytest.mark.parametrize(("name", "method"), [row for row in ROWS if about_something(row[0])])
def test_an_object_of_another_organisation_does_not_exist(play: Stage, name: str, method: str) -> None:
    found = {role: play.call(role, method, ROUTES[name], play.their_objects) for role in INSIDERS}
    assert found == dict.fromkeys(INSIDERS, "0")


def inner(name: str) -> list[str]:
    """The objects in a route's path after the project or organisation that they must belong to."""
    outer, *rest = [ROUTES[name].kind(parameter) for parameter in ROUTES[name].parameters] or [""]
    return [part for part in rest if part not in WORDS] if outer in {"project", "organisation"} else []


@pytest.mark.parametrize(("name", "method"), [row for row in ROWS if inner(row[0])])
def test_an_object_of_another_project_is_not_reached_through_one_s_own(
    play: Stage, name: str, method: str
) -> None:
    space = ROUTES[name].space
    for part in inner(name):
        for key in (part, f"{space}:{part}", f"number:{part}"):
            if key in play.their_objects:
                mixed = {**play.our_objects, key: play.their_objects[key]}
                assert play.call("owner", method, ROUTES[name], mixed) == "0", part


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if "get" not in row and name in ROUTES])
def test_what_only_writes_cannot_be_called_by_a_link(play: Stage, name: str) -> None:
    assert play.call("owner", "get", ROUTES[name], play.our_objects) in {"<405>", "0"}
