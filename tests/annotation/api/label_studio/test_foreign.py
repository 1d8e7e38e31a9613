"""Nobody reaches what another organisation has, by whatever address and in whatever place its number is sent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.annotation.api.label_studio.operations import Operation, belongings, operations
from tests.annotation.api.label_studio.script import House, choice, refused, said

pytestmark = pytest.mark.django_db

_NAMED = [one for one in operations() if one.things]
_IN_QUERY: list[tuple[str, str, str, str, Any]] = [
    # method, address, the query's name, what its number names, body
    ("get", "tasks/", "project", "project", None),
    ("get", "tasks/", "view", "view", None),
    ("get", "predictions/", "project", "project", None),
    ("get", "predictions/", "task", "task", None),
    ("get", "dm/views/", "project", "project", None),
    ("delete", "dm/views/reset/", "project", "project", None),
    ("get", "dm/columns/", "project", "project", None),
    ("get", "dm/project/", "project", "project", None),
    ("get", "dm/actions/", "project", "project", None),
    ("post", "dm/actions/?id=delete_tasks", "project", "project", {"selectedItems": {"all": True}}),
    ("post", "dm/actions/?id=delete_tasks", "view", "view", {"selectedItems": {"all": True}}),
    ("post", "dm/actions/?id=next_task", "project", "project", {}),
]
_IN_BODY: list[tuple[str, str, str, dict[str, Any]]] = [
    # address, the field, what its number names, the rest of the body
    ("tasks/", "project", "project", {"data": {"text": "x"}}),
    ("predictions/", "task", "task", {"result": [choice("news")]}),
    ("dm/views/", "project", "project", {"data": {}}),
    ("dm/views/order/", "project", "project", {"ids": []}),
]


@pytest.mark.parametrize("one", _NAMED, ids=lambda one: f"{one.method} {one.name}")
def test_an_address_of_another_organisation_leads_nowhere(
    theirs: dict[str, int], house: House, one: Operation
) -> None:
    before = _state(house, theirs)
    refused(house.owner.call(one.method, one.path(theirs), {} if one.method != "get" else None), status=404)
    assert _state(house, theirs) == before


def test_a_part_of_theirs_is_not_reached_by_a_whole_of_ours(
    theirs: dict[str, int], ours: dict[str, int], house: House
) -> None:
    for one in _NAMED:
        for thing in one.things[1:]:
            mixed = {**ours, thing: theirs[thing]}
            refused(
                house.owner.call(one.method, one.path(mixed), {} if one.method != "get" else None), status=404
            )


@pytest.mark.parametrize(("method", "path", "name", "thing", "body"), _IN_QUERY)
def test_nor_by_a_query(
    theirs: dict[str, int], house: House, method: str, path: str, name: str, thing: str, body: Any
) -> None:
    joined = f"{path}{'&' if '?' in path else '?'}{name}={theirs[thing]}"
    refused(house.owner.call(method, joined, body), status=404)


@pytest.mark.parametrize(("path", "name", "thing", "body"), _IN_BODY)
def test_nor_by_a_body(
    theirs: dict[str, int], house: House, path: str, name: str, thing: str, body: dict[str, Any]
) -> None:
    refused(house.owner.post(path, {**body, name: theirs[thing]}), status=404)


def test_lists_and_whole_exports_hold_nothing_of_theirs(
    theirs: dict[str, int], ours: dict[str, int], house: House
) -> None:
    for path, thing in (("projects/", "project"), ("projects/counts/", "project")):
        found = said(house.owner.get(path, ids=str(theirs[thing])))
        assert found["results"] == []
    assert theirs["webhook"] not in [one["id"] for one in said(house.owner.get("webhooks/"))]
    assert theirs["user"] not in [one["id"] for one in said(house.owner.get("users/"))]
    assert theirs["organisation"] not in [one["id"] for one in said(house.owner.get("organizations/"))]
    refused(
        house.owner.post("webhooks/", {"url": "https://example.org/", "project": theirs["project"]}),
        "project",
    )
    exported = house.owner.get(f"projects/{ours['project']}/export", ids=str(theirs["task"]))
    assert json.loads(b"".join(exported.streaming_content)) == []
    chosen = {"selectedItems": {"all": False, "included": [theirs["task"]]}}
    done = said(house.owner.act(ours["project"], "delete_tasks", chosen))
    assert done["processed_items"] == 0
    many = [{"task": theirs["task"], "result": [choice("news")]}]
    refused(house.owner.post(f"projects/{ours['project']}/import/predictions", many), "task")
    refused(
        house.owner.post(
            "dm/actions/", chosen, project=ours["project"], id="delete_tasks", view=theirs["view"]
        ),
        status=404,
    )


def _state(house: House, theirs: dict[str, int]) -> Any:
    """Their project as they see it; the lists' ages of things are left out."""
    return said(house.other.get("projects/counts/", ids=str(theirs["project"])))["results"]


@pytest.fixture
def theirs(house: House) -> dict[str, int]:
    return belongings(house.other)


@pytest.fixture
def ours(house: House) -> dict[str, int]:
    return belongings(house.owner)
