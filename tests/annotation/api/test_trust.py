"""Rules, grants, undertakings, residence and barriers over the API."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotation.models import Project
from annotation.stages import undertaking
from experts.evidence import expert_of
from tests.annotation.api.caller import refusal
from tests.cast import Scene

SOON = (timezone.localdate() + timedelta(days=30)).isoformat()


@pytest.fixture
def base(ours: Scene) -> str:
    return f"projects/{ours.project.uid}"


def test_nothing_is_answered_before_the_promise(ours: Scene, as_: Any, base: str) -> None:
    carol, erin = as_(ours.people["annotator"]), as_(ours.people["adjudicator"])
    undertaking.write_undertaking(project=ours.project, by=ours.lead, text="I tell nobody.")
    refused = carol.post(f"{base}/next")
    assert refusal(refused) == (403, "undertaking")
    assert "accept" in refused.json()["action"]
    assert refusal(carol.get(f"assignments/{ours.assignment.uid}")) == (403, "undertaking")
    assert refusal(erin.get(f"disputes/{ours.dispute.uid}")) == (403, "undertaking")
    assert erin.get(f"{base}/disputes").json()["results"] == []
    said = carol.get(f"{base}/undertaking").json()
    assert (said["version"], said["text"], said["accepted_at"]) == (1, "I tell nobody.", None)
    assert carol.post(f"{base}/undertaking/accept", {"version": 1}).json()["accepted_at"]
    assert carol.post(f"{base}/next").status_code == 200
    assert carol.get(f"assignments/{ours.assignment.uid}").status_code == 200


def test_a_stale_version_is_refused(ours: Scene, as_: Any, base: str) -> None:
    lead, carol = as_(ours.lead), as_(ours.people["annotator"])
    for text in ("One", "Two"):
        assert lead.put(f"{base}/undertaking", {"text": text}).json()["text"] == text
    assert refusal(carol.post(f"{base}/undertaking/accept", {"version": 1})) == (409, "stale_version")
    assert refusal(lead.put(f"{base}/undertaking", {"text": "Two"})) == (400, "nothing_changed")
    carol.post(f"{base}/undertaking/accept", {"version": 2})
    listed = lead.get(f"{base}/undertaking/acceptances").json()
    assert (listed["version"], [one["name"] for one in listed["results"]]) == (2, ["Carol"])
    assert lead.get(f"{base}/undertaking/acceptances?version=1").json()["results"] == []
    assert lead.get(f"{base}/undertaking/acceptances?version=9").status_code == 404


def test_countries_and_barriers(ours: Scene, as_: Any, base: str) -> None:
    lead = as_(ours.lead)
    changed = lead.put(f"{base}/trust", {"residences": ["FR"], "walls": [["B", "A"]]}).json()
    assert (changed["residences"], changed["walls"]) == (["FR"], [["A", "B"]])
    assert changed["barred"] == [{"rooms": ["A", "B"], "experts": []}]
    assert refusal(lead.put(f"{base}/trust", {"residences": ["DE"], "walls": [["A"]]})) == (400, "one_room")
    assert Project.objects.get(pk=ours.project.pk).residences == ["FR"]  # together or not at all
    assert lead.get(f"{base}/trust").json() == changed


def test_rules_are_added_told_and_ended(ours: Scene, as_: Any, base: str) -> None:
    lead = as_(ours.lead)
    made = lead.post(f"{base}/rules", {"kind": "opinion", "by_grant": True, "reason": "Hard."})
    assert made.status_code == 201
    told = made.json()
    assert told["sentence"] == "Items of the kind “opinion”: a grant by a lead."
    assert told["met_by"] == 0
    assert lead.get(f"{base}/rules").json()["results"] == [told]
    assert refusal(lead.post(f"{base}/rules", {"reason": "Hard."})) == (400, "rule_empty")
    assert lead.post(f"{base}/rules/{told['id']}/end").status_code == 204
    assert refusal(lead.post(f"{base}/rules/{told['id']}/end")) == (409, "already_done")
    assert lead.get(f"{base}/rules").json()["results"] == []


def test_grants_are_given_listed_and_revoked(ours: Scene, as_: Any, base: str) -> None:
    lead, expert = as_(ours.lead), expert_of(ours.people["annotator"])
    body = {"expert": expert.uid, "reason": "Knows it.", "valid_until": SOON}
    made = lead.post(f"{base}/grants", body)
    assert made.status_code == 201
    assert (made.json()["how"], made.json()["project"]) == ("grant", ours.project.uid)
    assert refusal(lead.post(f"{base}/grants", body))[0] == 409
    assert [one["id"] for one in lead.get(f"{base}/grants").json()["results"]] == [made.json()["id"]]
    assert lead.post(f"{base}/grants/{made.json()['id']}/revoke").status_code == 204
    assert lead.get(f"{base}/grants").json()["results"] == []
    assert len(lead.get(f"{base}/grants?ended=true").json()["results"]) == 1
    assert lead.post(f"{base}/grants", {**body, "expert": "nobody"}).status_code == 404
    assert refusal(lead.post(f"{base}/grants", {**body, "valid_until": "2020-01-01"}))[0] == 400
