"""Disputes over the API."""

from typing import Any

import pytest

from annotation.models import Dispute
from core.organisations import grant
from core.roles import Role
from tests import cast
from tests.annotation.api.caller import Caller, refusal
from tests.cast import Scene

DISPUTE_KEYS = {
    "dispute",
    "question",
    "project",
    "item",
    "schema",
    "guideline",
    "answers",
    "draft",
    "decided",
}


@pytest.fixture
def hers(ours: Scene, as_: Any) -> Caller:
    """Erin, who adjudicates."""
    caller: Caller = as_(ours.people["adjudicator"])
    return caller


def decision(**changes: Any) -> dict[str, Any]:
    return {"result": cast.choice(), "rationale": "It says so.", "clause": "1.1", **changes}


def test_the_list_holds_what_the_caller_may_decide(ours: Scene, hers: Caller, as_: Any) -> None:
    lines = hers.get(f"projects/{ours.project.uid}/disputes").json()
    assert [line["id"] for line in lines] == [ours.dispute.uid]
    assert lines[0].keys() == {"id", "question", "item", "opened_at"}
    assert refusal(as_(ours.lead).get(f"projects/{ours.project.uid}/disputes")) == (403, "not_allowed")


def test_a_dispute_shows_the_answers_without_names(ours: Scene, hers: Caller) -> None:
    response = hers.get(f"disputes/{ours.dispute.uid}")
    shown = response.json()
    assert shown.keys() == DISPUTE_KEYS
    assert [answer["name"] for answer in shown["answers"]] == ["A", "B"]
    assert {answer["value"] for answer in shown["answers"]} == {"breach", "no breach"}
    text = response.content.decode()
    for part in ("annotator", "annotator2"):
        user = ours.people[part]
        assert user.name not in text
        assert user.uid not in text
        assert user.email not in text


def test_who_annotated_the_item_is_told_that_somebody_else_must_decide(ours: Scene, as_: Any) -> None:
    carol = ours.people["annotator"]
    assert refusal(as_(carol).get(f"disputes/{ours.dispute.uid}")) == (404, "not_found")
    grant(user=carol, organisation=ours.organisation, role=Role.ADJUDICATOR, by=ours.owner)
    assert refusal(as_(carol).get(f"disputes/{ours.dispute.uid}")) == (403, "conflicted")
    assert refusal(as_(carol).post(f"disputes/{ours.dispute.uid}/decide", decision())) == (403, "conflicted")
    assert as_(carol).get(f"projects/{ours.project.uid}/disputes").json() == []


def test_a_decision_is_acknowledged_and_then_shown(ours: Scene, hers: Caller) -> None:
    response = hers.post(f"disputes/{ours.dispute.uid}/decide", decision(rationale="  It says so. "))
    assert response.status_code == 201
    assert response.json().keys() == {"adjudication", "next"}
    assert response.json()["next"] is None
    decided = hers.get(f"disputes/{ours.dispute.uid}").json()["decided"]
    assert (decided["value"], decided["rationale"], decided["clause"]) == ("breach", "It says so.", "1.1")
    again = hers.post(f"disputes/{ours.dispute.uid}/decide", decision())
    assert refusal(again) == (409, "already_done")


def test_a_decision_names_the_next_dispute(ours: Scene, hers: Caller) -> None:
    closed = Dispute.objects.exclude(pk=ours.dispute.pk).get(project=ours.project)
    Dispute.objects.create(
        project=ours.project,
        item=closed.item,
        question="stars",
        rule="any_difference",
        opened_at=closed.opened_at,
    )
    response = hers.post(f"disputes/{ours.dispute.uid}/decide", decision())
    assert response.json()["next"] == Dispute.objects.get(question="stars").uid


def test_a_decision_needs_reason_shape_and_right(ours: Scene, hers: Caller, as_: Any) -> None:
    path = f"disputes/{ours.dispute.uid}/decide"
    assert refusal(hers.post(path, decision(rationale=" "))) == (400, "no_rationale")
    assert refusal(hers.post(path, decision(result=[]))) == (422, "required_missing")
    assert refusal(hers.post(path, decision(clause="1" * 61))) == (400, "invalid")
    assert refusal(hers.post(path, {"result": []})) == (400, "invalid")
    assert refusal(hers.post(path, decision(result=cast.everything()))) == (422, "other_question")
    assert refusal(as_(ours.lead).post(path, decision())) == (403, "not_allowed")
    ours.dispute.refresh_from_db()
    assert ours.dispute.closed_at is None
