"""Webhooks over Label Studio's API."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from annotation.models import Webhook
from core.models import User
from tests.cast import Scene

Call = Callable[..., Any]
URL = "https://hooks.example/in"
FIELDS = {
    "id",
    "organization",
    "project",
    "url",
    "send_payload",
    "send_for_all_actions",
    "headers",
    "is_active",
    "actions",
    "created_at",
    "updated_at",
}


def caller(user: User) -> Call:
    """`call(method, path, body)` below `/api/webhooks`."""
    client = Client()
    client.force_login(user)

    def call(method: str, path: str = "", body: Any = None) -> Any:
        more = {} if method == "get" else {"data": json.dumps(body), "content_type": "application/json"}
        response = getattr(client, method)(f"/api/webhooks{path}", **more)
        assert response.status_code < 500
        return response

    return call


@pytest.fixture
def bob(ours: Scene) -> Call:
    return caller(ours.lead)


def wrong(response: Any, field: str) -> bool:
    """Whether it is a 400 in Label Studio's shape that names the field."""
    body = response.json()
    return response.status_code == body["status_code"] == 400 and list(body["validation_errors"]) == [field]


def test_the_life_of_a_webhook(ours: Scene, bob: Call) -> None:
    project = ours.project.pk
    given = {"url": URL, "project": project, "send_for_all_actions": False, "actions": ["ANNOTATION_CREATED"]}
    made = bob("post", "", given)
    assert made.status_code == 201
    body = made.json()
    assert body.keys() == FIELDS | {"secret"}
    assert {name: body[name] for name in given} == given
    assert (body["is_active"], body["send_payload"], body["headers"]) == (True, True, {})
    one = f"/{body['id']}"
    assert bob("get", one).json().keys() == FIELDS
    assert [row["id"] for row in bob("get", f"?project={project}").json()] == [body["id"]]
    assert bob("get", "?project=999999").json() == []
    changed = bob("patch", one, {"is_active": False}).json()
    assert (changed["is_active"], changed["actions"]) == (False, ["ANNOTATION_CREATED"])
    replaced = bob("put", one, {"url": URL + "/2"}).json()
    assert (replaced["is_active"], replaced["actions"], replaced["url"]) == (True, [], URL + "/2")
    assert bob("delete", one).status_code == 204
    assert bob("get", one).status_code == 404


def test_without_a_project_it_is_the_organisation_s(ours: Scene, bob: Call) -> None:
    body = bob("post", "", {"url": URL, "headers": None, "actions": ["PROJECT_CREATED"]}).json()
    assert (body["project"], body["organization"]) == (None, ours.organisation.pk)


def test_bad_input_is_named(ours: Scene, bob: Call) -> None:
    for field, value in (
        ("url", "not a url"),
        ("url", None),
        ("url", "http://127.0.0.1/"),
        ("actions", ["NOPE"]),
        ("actions", {}),
        ("headers", "x"),
        ("is_active", 7),
        ("project", 10**30),
        ("project", "x"),
        ("project", True),
        ("project", "²"),
    ):
        assert wrong(bob("post", "", {"url": URL, field: value}), field), (field, value)
    assert wrong(bob("post", "", {}), "url")
    assert wrong(bob("get", "?project=x"), "project")
    assert wrong(bob("post", "", []), "non_field_errors")
    assert not Webhook.objects.exists()


def test_another_s_project_and_webhook_are_not_there(ours: Scene, foreign: Scene, bob: Call) -> None:
    assert wrong(bob("post", "", {"url": URL, "project": foreign.project.pk}), "project")
    theirs = caller(foreign.lead)("post", "", {"url": URL, "project": foreign.project.pk}).json()["id"]
    for method in ("get", "patch", "put", "delete"):
        assert bob(method, f"/{theirs}", {}).status_code == 404
    assert bob("get", f"/{10**30}").status_code == 404


def test_who_only_labels_may_not(ours: Scene, bob: Call) -> None:
    made = bob("post", "", {"url": URL, "project": ours.project.pk}).json()["id"]
    carol = caller(ours.people["annotator"])
    refused = [
        carol("get"),
        carol("post", "", {"url": URL}),
        carol("get", f"/{made}"),
        carol("delete", f"/{made}"),
    ]
    assert [response.status_code for response in refused] == [403] * 4


def test_the_list_of_what_can_be_told(bob: Call) -> None:
    told = bob("get", "/info").json()
    assert len(told) == 13  # twelve of theirs, and releases
    assert told["TASKS_CREATED"]["key"] == "tasks"
    assert all(row.keys() >= {"name", "description", "key", "organization-only"} for row in told.values())
    assert set(bob("get", "/info?organization-only=true").json()) == {"PROJECT_CREATED", "PROJECT_DELETED"}
