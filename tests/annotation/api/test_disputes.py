"""Disputes over the API."""

from typing import Any

import pytest

from annotation.models import Adjudication, Dispute
from annotation.stages.adjudicate.appealing import again
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
    "place",
    "appeal",
    "notes",
    "precedents",
    "held",
    "decided",
    "earlier",
    "later",
    "closed_with",
}
LINE_KEYS = {"id", "question", "item", "opened_at", "gain", "uncertainty", "place", "appeal"}


@pytest.fixture
def hers(ours: Scene, as_: Any) -> Caller:
    """Erin, who adjudicates."""
    caller: Caller = as_(ours.people["adjudicator"])
    return caller


def decision(**changes: Any) -> dict[str, Any]:
    return {"result": cast.choice(), "rationale": "It says so.", "clause": "1.1", **changes}


def test_the_list_holds_what_the_caller_may_decide(ours: Scene, hers: Caller, as_: Any) -> None:
    lines = hers.get(f"projects/{ours.project.uid}/disputes").json()["results"]
    assert [line["id"] for line in lines] == [ours.dispute.uid]
    assert lines[0].keys() == LINE_KEYS
    assert lines[0]["gain"] == lines[0]["uncertainty"] > 0
    assert lines[0]["place"].startswith("2 answers, no two the same.")
    assert refusal(as_(ours.lead).get(f"projects/{ours.project.uid}/disputes")) == (403, "not_allowed")


def test_the_list_is_by_worth_or_by_age_and_paged(ours: Scene, hers: Caller) -> None:
    made = [
        Dispute.objects.create(
            project=ours.project,
            item=ours.dispute.item,
            question=question,
            rule="any_difference",
            opened_at=ours.dispute.opened_at,
            gain=gain,
        ).uid
        for question, gain in (("stars", 9.0), ("amount", 0.0))
    ]
    by_worth = [made[0], ours.dispute.uid, made[1]]
    path = f"projects/{ours.project.uid}/disputes"

    def listed(query: str) -> list[str]:
        return [line["id"] for line in hers.get(f"{path}?{query}").json()["results"]]

    assert listed("") == by_worth
    assert listed("order=oldest") == [ours.dispute.uid, *made]
    for order in ("gain", "oldest"):
        whole = listed(f"order={order}")
        first = hers.get(f"{path}?order={order}&limit=2").json()
        assert [line["id"] for line in first["results"]] == whole[:2]
        assert listed(f"order={order}&limit=2&after={first['next']}") == whole[2:]
    assert refusal(hers.get(f"{path}?order=gain&after={first['next']}")) == (400, "invalid")
    assert refusal(hers.get(f"{path}?order=age")) == (400, "invalid")


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
    assert as_(carol).get(f"projects/{ours.project.uid}/disputes").json()["results"] == []


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


def test_a_decision_names_a_clause_and_earlier_decisions(ours: Scene, hers: Caller) -> None:
    path = f"disputes/{ours.dispute.uid}/decide"
    earlier = Adjudication.objects.get(dispute__project=ours.project)
    assert refusal(hers.post(path, decision(clause="9.9"))) == (400, "no_such_clause")
    assert refusal(hers.post(path, decision(cites=["nothing"]))) == (400, "no_such_decision")
    assert refusal(hers.post(path, decision(guideline_version=7))) == (400, "invalid")
    given = hers.post(path, decision(cites=[earlier.uid], unclear="Holidays?", guideline_version=1))
    assert given.status_code == 201
    shown = hers.get(f"disputes/{ours.dispute.uid}").json()["decided"]
    assert shown["cites"] == [{"id": earlier.uid, "dispute": earlier.dispute.uid}]
    assert shown["clause_title"] == "A party did not do what it owes."
    cited = hers.get(f"disputes/{earlier.dispute.uid}").json()["decided"]["cited_by"]
    assert [one["id"] for one in cited] == [given.json()["adjudication"]]


def test_a_bad_item_has_no_result(ours: Scene, hers: Caller) -> None:
    path = f"disputes/{ours.dispute.uid}/decide"
    body = {"outcome": "bad_item", "rationale": "Half of the text is missing."}
    assert refusal(hers.post(path, {**body, "result": cast.choice()})) == (400, "invalid")
    assert hers.post(path, body).status_code == 201
    assert hers.get(f"disputes/{ours.dispute.uid}").json()["decided"]["outcome"] == "bad_item"


def test_like_decisions_are_shown_beside_a_dispute(ours: Scene, hers: Caller) -> None:
    earlier = Adjudication.objects.get(dispute__project=ours.project)
    [found] = hers.get(f"disputes/{ours.dispute.uid}").json()["precedents"]
    assert (found["id"], found["dispute"], found["value"]) == (earlier.uid, earlier.dispute.uid, "unsure")
    assert found["same_labels"] is True
    assert found["excerpt"].startswith("Clause")


def test_what_is_decided_anew_is_no_precedent_meanwhile(ours: Scene, hers: Caller) -> None:
    first = Dispute.objects.get(project=ours.project, adjudication__isnull=False)
    Dispute.objects.create(**again(first), of=first, turn="second_look", opened_at=first.opened_at)
    assert hers.get(f"disputes/{ours.dispute.uid}").json()["precedents"] == []


def test_what_is_on_hold_waits(ours: Scene, hers: Caller, as_: Any) -> None:
    path = f"disputes/{ours.dispute.uid}/hold"
    assert refusal(hers.post(path)) == (400, "no_note")
    assert refusal(hers.post(path, {"note": "Holidays?", "clause": "8"})) == (400, "no_such_clause")
    assert refusal(as_(ours.lead).post(path, {"note": "Holidays?"})) == (403, "not_allowed")
    held = hers.post(path, {"note": "Holidays?", "clause": "1.1"})
    assert (held.status_code, held.json()["next"]) == (201, None)
    assert hers.get(f"disputes/{ours.dispute.uid}").json()["held"] is True
    assert hers.get(f"projects/{ours.project.uid}/disputes").json()["results"] == []
    assert refusal(hers.post(f"disputes/{ours.dispute.uid}/decide", decision())) == (409, "already_done")


def test_an_annotator_appeals_once(ours: Scene, hers: Caller, as_: Any) -> None:
    carol, first = (
        as_(ours.people["annotator"]),
        Dispute.objects.get(adjudication__isnull=False, project=ours.project),
    )
    path = f"disputes/{first.uid}/appeal"
    [mine] = [one for one in carol.get("me/work").json()["submitted"] if one["decisions"]]
    [told] = mine["decisions"]
    assert (told["dispute"], told["appeal"], told["outcome"]) == (first.uid, "may_appeal", "answer")
    assert refusal(carol.post(path)) == (400, "no_reason")
    assert refusal(hers.post(path, {"reason": "No."})) == (403, "not_allowed")
    assert refusal(as_(ours.people["contributor"]).post(path, {"reason": "No."})) == (404, "not_found")
    assert carol.post(path, {"reason": "Rent was due."}).status_code == 201
    assert refusal(carol.post(path, {"reason": "Rent was due."})) == (409, "appealed")
    again_told = [
        one["decisions"][0]["appeal"] for one in carol.get("me/work").json()["submitted"] if one["decisions"]
    ]
    assert again_told == ["waits"]
    assert refusal(carol.get(f"disputes/{first.uid}")) == (404, "not_found")


def test_a_decision_is_kept_while_it_is_written(ours: Scene, hers: Caller, as_: Any) -> None:
    path = f"disputes/{ours.dispute.uid}"
    body = {
        "result": cast.choice(),
        "way": "answer",
        "rationale": "Rent was ",
        "clause": "1.1",
        "unclear": "",
        "cites": [],
    }
    assert hers.get(path).json()["draft"] is None
    saved = hers.put(f"{path}/draft", {"revision": 0, **body})
    assert (saved.status_code, saved.json().keys()) == (200, {"revision", "saved_at"})
    shown = hers.get(path).json()["draft"]
    assert shown == {"revision": 1, "saved_at": saved.json()["saved_at"], **body}
    assert as_(ours.lead).get(path).json()["draft"] is None
    stale = hers.put(f"{path}/draft", {"revision": 0, **body, "rationale": "Other"})
    assert refusal(stale) == (409, "stale_draft")
    assert stale.json()["theirs"] == shown
    assert refusal(hers.put(f"{path}/draft", {"revision": 1, **body, "way": "maybe"})) == (400, "invalid")
    assert refusal(hers.put(f"{path}/draft", body)) == (400, "invalid")
    assert refusal(as_(ours.lead).put(f"{path}/draft", {"revision": 0, **body})) == (403, "not_allowed")
    assert refusal(as_(ours.people["annotator"]).put(f"{path}/draft", {"revision": 0})) == (404, "not_found")
