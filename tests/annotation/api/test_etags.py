"""A thing is sent again only when it has changed, and changed only when it is still what was read."""

import json
import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from annotation.models import Project
from core.keys import show_legacy_key
from tests import cast
from tests.annotation.api.caller import checked
from tests.cast import Scene
from tests.core.database import committed

__all__ = ["committed"]


class Script:
    """Calls with a key and headers."""

    def __init__(self, scene: Scene) -> None:
        self._client = Client(headers={"Authorization": f"Token {show_legacy_key(user=scene.lead)}"})
        self.base = f"/api/v1/projects/{scene.project.uid}"

    def get(self, path: str, **headers: str) -> Any:
        return checked(self._client.get(self.base + path, headers=headers))

    def put(self, path: str, body: Any, **headers: str) -> Any:
        sent: dict[str, Any] = {"data": json.dumps(body), "content_type": "application/json"}
        return checked(self._client.put(self.base + path, headers=headers, **sent))


@pytest.fixture
def script(ours: Scene) -> Script:
    return Script(ours)


@pytest.mark.parametrize("path", ["", "/overlap", "/batches"])
def test_what_has_not_changed_is_not_sent_again(script: Script, path: str) -> None:
    first = script.get(path)
    assert first["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie"} <= {one.strip() for one in first["Vary"].split(",")}
    for known in (first["ETag"], f'"other", W/{first["ETag"].removeprefix("W/")}', "*"):
        again = script.get(path, **{"If-None-Match": known})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert "Content-Type" not in again
    assert script.get(path, **{"If-None-Match": '"other"'}).status_code == 200


def test_what_has_changed_is_sent(script: Script) -> None:
    first = script.get("/overlap")
    script.put("/overlap", {"overlap": 5})
    again = script.get("/overlap", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.json()["overlap"]) == (200, 5)
    assert again["ETag"] != first["ETag"]


def test_a_change_of_what_is_not_there_any_more_is_refused(ours: Scene, script: Script) -> None:
    read = script.get("/overlap")["ETag"]
    assert script.put("/overlap", {"overlap": 5}, **{"If-Match": read}).status_code == 200
    late = script.put("/overlap", {"overlap": 7}, **{"If-Match": read})
    assert (late.status_code, late.json()["code"]) == (412, "changed_meanwhile")
    assert Project.objects.get(pk=ours.project.pk).overlap == 5
    weak = f"W/{script.get('/overlap')['ETag']}"
    assert script.put("/overlap", {"overlap": 6}, **{"If-Match": f'"other", {weak}'}).status_code == 200
    assert script.put("/overlap", {"overlap": 4}, **{"If-Match": "*"}).status_code == 200


def test_what_cannot_be_read_where_it_is_changed_takes_no_if_match(ours: Scene, as_: Any) -> None:
    client = Client()
    client.force_login(ours.people["annotator"])
    body = json.dumps({"revision": 0, "result": cast.choice()})
    path = f"/api/v1/assignments/{ours.assignment.uid}/draft"
    answer = checked(client.put(path, body, content_type="application/json", headers={"If-Match": "*"}))
    assert answer.status_code == 412
    assert "revision" in answer.json()["action"]


def test_a_browser_keeps_nothing_on_its_device(ours: Scene, as_: Any) -> None:
    assert as_(ours.lead).get("projects")["Cache-Control"] == "private, no-store"


def test_of_two_who_change_the_same_at_once_one_is_refused(committed: None) -> None:
    scene = cast.scene()
    script = Script(scene)
    read = script.get("/overlap")["ETag"]
    answers, start = [], threading.Barrier(6)

    def change(number: int) -> None:
        start.wait()
        try:
            answers.append(script.put("/overlap", {"overlap": number}, **{"If-Match": read}).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=change, args=(number,)) for number in range(4, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [412] * 5
