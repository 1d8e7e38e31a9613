"""The overlap policy over the API."""

from typing import Any

import pytest

from experts import evidence
from tests.annotation.api.caller import refusal
from tests.cast import Scene


@pytest.fixture
def path(ours: Scene) -> str:
    return f"projects/{ours.project.uid}/overlap"


def test_it_says_what_is_in_force(ours: Scene, as_: Any, path: str) -> None:
    assert as_(ours.people["auditor"]).get(path).json() == {
        "policy": "fixed",
        "overlap": 2,
        "overlap_max": 5,
        "stop_at": 0.85,
        "specialists": 1,
        "panel": [],
        "spread": None,
    }


def test_a_lead_changes_some_of_it(ours: Scene, as_: Any, path: str) -> None:
    changed = as_(ours.lead).put(path, {"policy": "adaptive", "overlap": 3, "stop_at": 0.99}).json()
    assert (changed["policy"], changed["overlap"], changed["stop_at"]) == ("adaptive", 3, 0.99)
    assert (changed["spread"]["kind"], changed["spread"]["state"]) == ("spread_overlap", "waiting")


def test_a_panel_is_named_by_its_experts(ours: Scene, as_: Any, path: str) -> None:
    carol = evidence.expert_of(ours.people["annotator"])
    changed = as_(ours.lead).put(path, {"policy": "panel", "panel": [carol.uid]}).json()
    assert changed["panel"] == [{"expert": carol.uid, "name": "Carol"}]
    assert changed["overlap"] == 1


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"policy": "by lot"}, "policy"),
        ({"overlap": 0}, "overlap"),
        ({"overlap": "x"}, "overlap"),
        ({"stop_at": 0.2}, "stop_at"),
        ({"specialists": None}, "specialists"),
        ({"panel": "nobody"}, "panel"),
        ({"panel": ["nobody"]}, "panel"),
        ({"panel": [], "policy": "panel"}, "panel"),
        ({"policy": "adaptive", "overlap": 9}, "overlap_max"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(
    ours: Scene, as_: Any, path: str, body: dict[str, Any], where: str
) -> None:
    answer = as_(ours.lead).put(path, body)
    assert answer.status_code == 400
    assert answer.json()["where"] == where
    assert as_(ours.lead).get(path).json()["policy"] == "fixed"


def test_who_may_see_it_and_who_may_change_it(ours: Scene, as_: Any, path: str) -> None:
    assert as_(None).get(path).status_code == 401
    assert refusal(as_(ours.people["annotator"]).get(path)) == (403, "not_allowed")
    assert refusal(as_(ours.people["auditor"]).put(path, {})) == (403, "not_allowed")


def test_it_does_not_exist_for_strangers(foreign: Scene, as_: Any, path: str) -> None:
    assert refusal(as_(foreign.lead).get(path)) == (404, "not_found")
    assert refusal(as_(foreign.lead).put(path, {"overlap": 3})) == (404, "not_found")
