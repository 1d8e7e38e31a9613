"""The release policy over the API."""

import json
from typing import Any

import pytest
from django.test import Client

from annotation.models import Project, ReleasePolicy
from tests import cast
from tests.annotation.api.caller import Caller, checked, refusal
from tests.cast import Scene


@pytest.fixture
def bob(ours: Scene, as_: Any) -> Caller:
    """Bob, who leads."""
    caller: Caller = as_(ours.lead)
    return caller


def _path(project: Project) -> str:
    return f"projects/{project.uid}/release-policy"


@pytest.fixture
def fresh(ours: Scene) -> Project:
    """A project of which nobody has set the policy."""
    return cast.found_project(ours.organisation, ours.lead, name="Another")


def test_the_usual_one_is_shown_and_a_change_keeps_the_rest(fresh: Project, bob: Caller) -> None:
    shown = bob.get(_path(fresh)).json()
    assert shown["shares"] == {"train": 0.8, "validation": 0.1, "test": 0.1}
    assert (shown["alpha_floor"], shown["credentials"], shown["split_by"]) == (None, True, "group")
    assert shown["drawn"] is False
    body = {"alpha_floor": 0.8, "shares": {"train": 0.9, "test": 0.1}, "stratify": "verdict"}
    changed = bob.call("patch", _path(fresh), body).json()
    assert changed["shares"] == {"train": 0.9, "validation": 0.0, "test": 0.1}
    assert changed == bob.get(_path(fresh)).json() == {**shown, **changed}
    assert bob.call("patch", _path(fresh), {"alpha_floor": None}).json()["alpha_floor"] is None


def test_what_is_refused(fresh: Project, ours: Scene, bob: Caller, as_: Any) -> None:
    for body, code in (
        ({"alpha_floor": 2}, "invalid"),
        ({"alpha_floor": "NaN"}, "invalid"),
        ({"alpha_floor": "high"}, "invalid"),
        ({"least_overlap": 0}, "invalid"),
        ({"least_overlap": 10**30}, "invalid"),
        ({"seed": 10**30}, "invalid"),
        ({"shares": {"train": 0.5, "test": 0.4}}, "shares_add_up"),
        ({"shares": {"test": 1}}, "invalid"),
        ({"shares": "all"}, "invalid"),
        ({"split_by": "moon"}, "invalid"),
        ({"stratify": "nothing"}, "no_such_question"),
        ({"licence": "x" * 101}, "invalid"),
        ({"contact": "\x00"}, "nul_character"),
        ({"limits": None}, "invalid"),
        ([], "invalid"),
    ):
        assert refusal(bob.call("patch", _path(fresh), body)) == (400, code), body
    assert not ReleasePolicy.objects.filter(project=fresh).exists()
    assert refusal(bob.call("patch", _path(ours.project), {"seed": 5})) == (400, "splits_are_drawn")
    grace = as_(ours.people["auditor"])
    assert grace.get(_path(ours.project)).json()["drawn"] is True
    assert refusal(grace.call("patch", _path(ours.project), {"use": "x"})) == (403, "not_allowed")


def test_a_change_to_what_has_changed_is_refused(fresh: Project, ours: Scene, bob: Caller) -> None:
    lead = Client()
    lead.force_login(ours.lead)
    tag = bob.get(_path(fresh))["ETag"]

    def change(use: str) -> Any:
        where, body = f"/api/v1/{_path(fresh)}", json.dumps({"use": use})
        answer = lead.patch(where, body, content_type="application/json", headers={"If-Match": tag})
        return checked(answer)

    assert change("Training.").status_code == 200
    late = change("Testing.")
    assert refusal(late) == (412, "changed_meanwhile")
    assert ReleasePolicy.objects.get(project=fresh).use == "Training."
