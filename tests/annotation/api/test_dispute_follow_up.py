"""What a lead does about disputes, over the API: doubts, second looks, rules."""

from typing import Any

import pytest

from annotation.models import Dispute
from tests import cast
from tests.annotation.api.caller import Caller, refusal
from tests.annotation.stages.dispute_scene import second_adjudicator
from tests.cast import Scene


@pytest.fixture
def bob(ours: Scene, as_: Any) -> Caller:
    """Bob, who leads."""
    caller: Caller = as_(ours.lead)
    return caller


def test_doubts_are_listed_and_what_waits_is_taken_up_again(ours: Scene, bob: Caller, as_: Any) -> None:
    erin = as_(ours.people["adjudicator"])
    erin.post(f"disputes/{ours.dispute.uid}/hold", {"note": "Holidays?", "clause": "1.1"})
    path = f"projects/{ours.project.uid}/doubts"
    [doubt] = bob.get(f"{path}?state=holding").json()["results"]
    assert (doubt["dispute"], doubt["clause"], doubt["note"]) == (ours.dispute.uid, "1.1", "Holidays?")
    assert (doubt["holds"], doubt["decided"]) == (True, False)
    resume = f"{path}/resume"
    assert refusal(bob.post(resume, {"doubts": ["nothing"]})) == (404, "not_found")
    assert refusal(bob.post(resume, {"doubts": [doubt["id"]]})) == (400, "no_new_guideline")
    assert refusal(erin.post(resume, {"doubts": [doubt["id"]]})) == (403, "not_allowed")
    assert bob.post(resume, {"doubts": [doubt["id"]], "answer": "Yes."}).json() == {"resumed": 1}
    assert refusal(bob.post(resume, {"doubts": [doubt["id"]], "answer": "Yes."})) == (409, "already_done")
    assert bob.get(f"{path}?state=holding").json() == {"results": [], "next": None}
    notes = erin.get(f"disputes/{ours.dispute.uid}").json()["notes"]
    assert notes == [{"clause": "1.1", "note": "Holidays?", "answer": "Yes."}]


def test_rules_are_changed_by_the_lead_only(ours: Scene, bob: Caller, as_: Any) -> None:
    path = f"projects/{ours.project.uid}/dispute-rules"
    assert bob.get(path).json() == {"weights": {}, "appeal_days": 14, "second_look_share": 0.0}
    changed = bob.put(path, {"weights": {"verdict": 2}, "appeal_days": 0}).json()
    assert changed == {"weights": {"verdict": 2.0}, "appeal_days": 0, "second_look_share": 0.0}
    assert Dispute.objects.get(pk=ours.dispute.pk).gain == 2 * ours.dispute.uncertainty
    assert refusal(as_(ours.people["adjudicator"]).get(path)) == (403, "not_allowed")
    for body, code in (
        ({"weights": {"nothing": 1}}, "no_such_question"),
        ({"weights": {"verdict": -1}}, "invalid"),
        ({"appeal_days": 366}, "invalid"),
        ({"second_look_share": 1.1}, "invalid"),
        ({"second_look_share": "NaN"}, "invalid"),
    ):
        assert refusal(bob.put(path, body)) == (400, code)


def test_second_looks_are_measured_and_reviewed(ours: Scene, bob: Caller, as_: Any) -> None:
    heidi = second_adjudicator(ours)
    bob.put(f"projects/{ours.project.uid}/dispute-rules", {"second_look_share": 1})
    cast.drain()
    look = Dispute.objects.get(turn="second_look")
    lines = as_(heidi).get(f"projects/{ours.project.uid}/disputes").json()["results"]
    assert {line["id"] for line in lines} == {look.uid, ours.dispute.uid}
    assert "second" not in str(lines)
    review = f"disputes/{look.uid}/review"
    assert refusal(bob.post(review, {"review": "kept"})) == (404, "not_found")
    said = {"result": cast.choice("breach"), "rationale": "It is one."}
    assert as_(heidi).post(f"disputes/{look.uid}/decide", said).status_code == 201
    cast.drain()
    found = bob.get(f"projects/{ours.project.uid}/second-looks").json()
    assert [
        (pair["dispute"], pair["first"], pair["second"], pair["review"]) for pair in found["differing"]
    ] == [(look.uid, "unsure", "breach", "")]
    assert {(row["name"], row["question"], row["pairs"], row["same"]) for row in found["figures"]} == {
        (None, "", 1, 0),
        (None, "verdict", 1, 0),
        ("Erin", "", 1, 0),
        ("Erin", "verdict", 1, 0),
    }
    assert all(row["few"] for row in found["figures"])
    assert refusal(as_(heidi).post(review, {"review": "kept"})) == (403, "not_allowed")
    assert refusal(bob.post(review, {"review": "perhaps"})) == (400, "invalid")
    assert bob.post(review, {"review": "kept"}).status_code == 204
    assert refusal(bob.post(review, {"review": "kept"})) == (409, "already_done")
