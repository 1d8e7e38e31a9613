"""Conflicts over the API: the same power as the pages."""

from typing import Any

import pytest

from annotation.models import Item
from core.models import User
from experts.models import Conflict
from tests.annotation.api.caller import Caller, refusal
from tests.cast import Scene


@pytest.fixture
def carol(ours: Scene) -> User:
    return ours.people["annotator"]


@pytest.fixture
def hers(carol: User, as_: Any) -> Caller:
    caller: Caller = as_(carol)
    return caller


def test_a_person_declares_lists_and_withdraws(ours: Scene, hers: Caller, as_: Any) -> None:
    made = hers.post("conflicts", {"kind": "matter", "name": "Re Acme"})
    assert (made.status_code, made.json()["name"], made.json()["ended_at"]) == (201, "Re Acme", None)
    assert [row["id"] for row in hers.get("conflicts").json()["results"]] == [made.json()["id"]]
    assert as_(ours.lead).get("conflicts").json()["results"] == []
    path = f"conflicts/{made.json()['id']}/withdraw"
    assert refusal(as_(ours.lead).post(path, {})) == (404, "not_found")
    assert hers.post(path, {}).status_code == 204
    assert refusal(hers.post(path, {})) == (409, "already_done")
    assert Conflict.objects.get().ended_at


def test_the_same_again_and_nothing_at_all_are_refused(ours: Scene, hers: Caller) -> None:
    assert hers.post("conflicts", {"kind": "person", "name": "A. Smith"}).status_code == 201
    assert refusal(hers.post("conflicts", {"kind": "person", "name": "a smith"})) == (409, "already_done")
    assert hers.post("conflicts", {"kind": "person", "name": ""}).status_code == 400
    assert hers.post("conflicts", {"kind": "foe", "name": "x"}).status_code == 400


def test_a_lead_asks_who_may_judge_an_item(ours: Scene, as_: Any, carol: User) -> None:
    item = Item.objects.filter(project=ours.project).order_by("-pk")[0]
    told = as_(ours.lead).get(f"items/{item.uid}/judges").json()
    assert told["more"] is False
    judges = {judge["name"]: judge for judge in told["judges"]}
    assert judges["Dan"]["eligible"] is True
    assert [why["code"] for why in judges["Carol"]["why_not"]] in ([], ["had_before"])
