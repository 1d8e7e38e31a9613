"""The dashboard's figures over the API."""

from typing import Any

import pytest

from annotation.models.truth import ExpertMeasure
from core.organisations import grant
from core.roles import Role
from experts.evidence import expert_of
from tests.annotation.api.caller import Caller, refusal
from tests.cast import Scene


@pytest.fixture
def his(ours: Scene, as_: Any) -> Caller:
    caller: Caller = as_(ours.lead)
    return caller


def test_figures_come_with_their_scope(ours: Scene, his: Caller) -> None:
    rows = his.get(f"projects/{ours.project.uid}/figures").json()["results"]
    scopes = {row["scope"] for row in rows}
    assert "" in scopes
    assert any(scope.startswith("guideline:") for scope in scopes)
    assert any(scope.startswith("week:") for scope in scopes)


def test_patterns_add_up_to_the_items_of_the_figure(ours: Scene, his: Caller) -> None:
    base = f"projects/{ours.project.uid}"
    patterns = his.get(f"{base}/patterns?question=verdict").json()
    alpha = next(
        row
        for row in his.get(f"{base}/figures").json()["results"]
        if (row["question"], row["measure"], row["scope"], row["label"]) == ("verdict", "alpha", "", "")
    )
    shared = [row for row in patterns if sum(times for _, times in row["pattern"]) > 1]
    assert sum(row["items"] for row in shared) == alpha["items"]
    confusion = his.get(f"{base}/confusion?question=verdict").json()
    pairs = sum(
        n * (n - 1) // 2 * row["items"] for row in shared for n in [sum(t for _, t in row["pattern"])]
    )
    assert sum(row["pairs"] for row in confusion) == pairs


def test_an_unknown_question_is_not_found(ours: Scene, his: Caller) -> None:
    for what in ("patterns", "confusion"):
        assert refusal(his.get(f"projects/{ours.project.uid}/{what}?question=nothing"))[0] == 404
        assert refusal(his.get(f"projects/{ours.project.uid}/{what}"))[0] == 404


def test_progress_says_why_there_is_no_forecast(ours: Scene, his: Caller) -> None:
    found = his.get(f"projects/{ours.project.uid}/progress").json()
    assert found["reason"] == "too_short"
    assert found["low"] is None
    assert found["settled"] == sum(day["settled"] for day in found["days"]) == 3


def test_reliability_is_refused_to_who_may_label(ours: Scene, his: Caller, as_: Any) -> None:
    carol = expert_of(ours.people["annotator"])
    ExpertMeasure.objects.update_or_create(
        project=ours.project, expert=carol, question="verdict", defaults={"run": 1, "value": 0.8}
    )
    address = f"projects/{ours.project.uid}/reliability"
    rows = his.get(address).json()["results"]
    assert (carol.uid, "verdict", 0.8) in [(row["expert"], row["question"], row["value"]) for row in rows]
    grant(user=ours.lead, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    assert refusal(as_(ours.lead).get(address))[0] == 403
