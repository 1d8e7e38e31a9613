"""Control items, suspensions, exams and sittings over the API."""

from typing import Any

import pytest
from django.utils import timezone

from annotation.models import Item, Suspension
from annotation.models.newest import newest
from annotation.stages.label import hashes_of
from experts import evidence
from tests import cast
from tests.annotation.api.caller import refusal
from tests.annotation.stages.controls_scene import bring_controls
from tests.cast import Scene

EXAM = {"title": "Leases", "questions": 2, "pass_mark": 0.5, "attempts": 1}


@pytest.fixture
def path(ours: Scene) -> str:
    return f"projects/{ours.project.uid}"


def test_a_lead_makes_changes_and_retires_a_control_item(ours: Scene, as_: Any, path: str) -> None:
    lead = as_(ours.lead)
    item = Item.objects.filter(project=ours.project).exclude(settled_at=None).order_by("pk")[0]
    made = lead.post(f"{path}/controls", {"item": item.uid, "use": "exam"})
    assert made.status_code == 201
    uid = made.json()["id"]
    assert made.json()["answer"]["verdict"] == "breach"
    assert made.json()["record"] == {"right": 0, "asked": 0, "low": 0.0, "high": 1.0}
    assert [one["id"] for one in lead.get(f"{path}/controls").json()["results"]] == [uid]
    changed = lead.put(f"controls/{uid}", {"explanation": "As 1.1 says."}).json()
    assert (changed["explanation"], changed["use"]) == ("As 1.1 says.", "exam")
    assert lead.post(f"controls/{uid}/retire", {}).json()["retired_at"]
    assert refusal(lead.post(f"controls/{uid}/retire", {})) == (409, "already_done")
    assert [one["id"] for one in lead.get(f"{path}/controls?retired=true").json()["results"]] == [uid]
    assert lead.get(f"{path}/controls?retired=false").json()["results"] == []
    assert as_(ours.people["annotator"]).get(f"controls/{uid}").status_code == 404
    assert as_(ours.people["auditor"]).get(f"controls/{uid}").status_code == 403


def test_an_item_that_is_not_settled_is_refused_by_name(ours: Scene, as_: Any, path: str) -> None:
    answer = as_(ours.lead).post(f"{path}/controls", {"item": ours.dispute.item.uid})
    assert refusal(answer) == (400, "not_settled")


def test_the_rules_are_read_and_set_as_shares(ours: Scene, as_: Any, path: str) -> None:
    lead = as_(ours.lead)
    assert lead.get(f"{path}/control-settings").json()["control_rate"] == 0
    assert lead.put(f"{path}/control-settings", {"control_rate": 0.1}).json()["control_rate"] == 0.1
    wrong = lead.put(f"{path}/control-settings", {"control_rate": 2})
    assert refusal(wrong) == (400, "invalid")


def test_a_lead_ends_a_suspension_and_has_answers_done_again(ours: Scene, as_: Any, path: str) -> None:
    suspension = Suspension.objects.create(
        project=ours.project,
        expert=evidence.expert_of(ours.people["annotator2"]),
        right=1,
        asked=5,
        mark=0.7,
        began_at=timezone.now(),
    )
    lead = as_(ours.lead)
    [line] = lead.get(f"{path}/suspensions").json()["results"]
    assert (line["name"], line["right"], line["unsettled"], line["redo"]) == ("Dan", 1, 1, "")
    assert lead.post(f"suspensions/{suspension.uid}/redo", {"redo": "redo"}).json()["redo"] == "redo"
    assert lead.post(f"suspensions/{suspension.uid}/end", {"reason": " "}).status_code == 400
    ended = lead.post(f"suspensions/{suspension.uid}/end", {"reason": "We talked."}).json()
    assert ended["how_ended"] == "We talked."


def test_an_exam_is_made_sat_and_reviewed_without_a_page(ours: Scene, as_: Any, path: str) -> None:
    lead, carol = as_(ours.lead), as_(ours.people["annotator"])
    few = lead.post(f"{path}/exams", EXAM)
    assert refusal(few) == (400, "too_few_controls")
    bring_controls(ours.project, ours.lead, 2)
    exam = lead.post(f"{path}/exams", EXAM).json()["id"]
    assert [one["id"] for one in carol.get(f"{path}/exams").json()["results"]] == [exam]
    started = carol.post(f"exams/{exam}/start", {}).json()
    assert started["review"] is None
    following: Any = carol.get(f"assignments/{started['next']}").json()
    schema = newest(ours.project)[0].schema
    answered = 0
    while following:
        assert following["exam"]["at"] == answered + 1
        body = {"result": cast.choice(), "hashes": hashes_of(schema, following["item"]["data"])}
        following = carol.post(f"assignments/{following['assignment']}/submit", body).json()["next"]
        answered += 1
    assert answered == 2
    result = carol.get(f"sittings/{started['id']}").json()
    assert (result["right"], result["asked"], result["passed"], result["next"]) == (2, 2, True, None)
    assert [one["right"] for one in result["review"]] == [True, True]
    assert result["review"][0]["known"] == {"verdict": "breach"}
    assert len(lead.get(f"exams/{exam}/sittings").json()["results"]) == 1
    assert as_(ours.people["annotator2"]).get(f"sittings/{started['id']}").status_code == 404
    assert as_(ours.people["annotator2"]).get(f"exams/{exam}/sittings").json()["results"] == []
    assert refusal(carol.post(f"exams/{exam}/start", {})) == (403, "no_attempts_left")
    assert lead.post(f"exams/{exam}/close", {}).json()["closed_at"]
