"""Giving by name, ranking, more time and one's own work over the API."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotation.models import Annotation, Assignment, ControlItem, Item
from annotation.models.assignment import Purpose
from experts import evidence
from tests import cast
from tests.annotation.api.caller import Caller, refusal
from tests.cast import Scene


@pytest.fixture
def lead(ours: Scene, as_: Any) -> Caller:
    caller: Caller = as_(ours.lead)
    return caller


@pytest.fixture
def carols(ours: Scene, as_: Any) -> Caller:
    caller: Caller = as_(ours.people["annotator"])
    return caller


def uid_of(ours: Scene, part: str) -> str:
    return evidence.expert_of(ours.people[part]).uid


def free_item(ours: Scene) -> Item:
    """One that Dan has not had."""
    dan = evidence.expert_of(ours.people["annotator2"])
    return Item.objects.filter(project=ours.project, open_slots__gt=0).exclude(assignments__expert=dan)[0]


def test_one_item_is_given_at_once_and_comes_next(ours: Scene, lead: Caller, as_: Any) -> None:
    item, until = free_item(ours), timezone.now() + timedelta(days=1)
    body = {"expert": uid_of(ours, "annotator2"), "items": [item.uid], "until": until.isoformat()}
    answer = lead.post(f"projects/{ours.project.uid}/assignments", body)
    assert answer.status_code == 201
    line = answer.json()["assignment"]
    assert (line["item"], line["state"], line["by_name"]) == (item.uid, "open", True)
    work = as_(ours.people["annotator2"]).post(f"projects/{ours.project.uid}/next").json()
    assert work["assignment"] == line["id"]
    assert work["reasons"][0] == "A lead of the project gave it to you by name."
    assert {part["key"] for part in work["parts"]} >= {"load", "waiting"}
    assert "reliability" not in {part["key"] for part in work["parts"]}


def test_many_are_given_in_a_job(ours: Scene, lead: Caller) -> None:
    body = {"expert": uid_of(ours, "annotator2"), "count": 5}
    answer = lead.post(f"projects/{ours.project.uid}/assignments", body)
    assert answer.status_code == 202
    cast.drain()
    job = lead.get(f"jobs/{answer.json()['job']['id']}").json()
    assert (job["state"], job["result"]["given"]) == ("done", 2)
    assert job["result"]["skipped"] == {"had_before": 1}  # the one that has another place


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "expert"),
        ({"expert": "nobody", "count": 1}, "expert"),
        ({"count": 1}, "expert"),
        ({"expert": "dan"}, "items"),
        ({"expert": "dan", "count": 1, "items": ["a"]}, "items"),
        ({"expert": "dan", "items": ["a"]}, "items"),
        ({"expert": "dan", "items": []}, "items"),
        ({"expert": "dan", "count": 0}, "count"),
        ({"expert": "dan", "count": 1, "until": "2001-01-01T00:00:00Z"}, "until"),
        ({"expert": "dan", "count": 1, "until": "soon"}, "until"),
        ({"expert": "erin", "count": 1}, "expert"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(
    ours: Scene, lead: Caller, body: dict[str, Any], where: str
) -> None:
    people = {"dan": uid_of(ours, "annotator2"), "erin": uid_of(ours, "adjudicator")}
    if "expert" in body:
        body = {**body, "expert": people.get(body["expert"], body["expert"])}
    answer = lead.post(f"projects/{ours.project.uid}/assignments", body)
    assert answer.status_code == 400
    assert answer.json()["where"] == where


def test_a_lead_sees_who_holds_what_hands_it_on_and_takes_it_back(ours: Scene, lead: Caller) -> None:
    path = f"projects/{ours.project.uid}/assignments"
    [held] = lead.get(path).json()["results"]
    assert held["expert"]["name"] == "Carol"
    assert lead.get(f"{path}?expert={uid_of(ours, 'annotator2')}").json()["results"] == []
    assert len(lead.get(f"{path}?state=submitted").json()["results"]) == 8
    dan = {"expert": uid_of(ours, "annotator2")}
    given = lead.post(f"assignments/{held['id']}/reassign", dan)
    assert (given.status_code, given.json()["expert"]["name"]) == (201, "Dan")
    assert refusal(lead.post(f"assignments/{held['id']}/reassign", dan)) == (409, "already_done")
    assert lead.post(f"assignments/{given.json()['id']}/withdraw").status_code == 204
    assert refusal(lead.post(f"assignments/{given.json()['id']}/withdraw")) == (409, "already_done")
    assert refusal(lead.get(f"{path}?state=lost")) == (400, "invalid")


def test_more_time_and_signs_of_life(ours: Scene, carols: Caller, lead: Caller) -> None:
    path = f"assignments/{ours.assignment.uid}"
    assert carols.post(f"{path}/heartbeat").status_code == 200
    first, second = (carols.post(f"{path}/extend", {"minutes": 30}).json() for _ in range(2))
    assert (first["extended"], second["extended"], second["most_extra"]) == (30, 30, 240)
    assert first["lease_until"] == second["lease_until"]
    assert refusal(carols.post(f"{path}/extend", {"minutes": 241})) == (400, "too_long")
    assert refusal(carols.post(f"{path}/extend", {})) == (400, "invalid")
    lead.post(f"{path}/withdraw")
    assert refusal(carols.post(f"{path}/heartbeat")) == (409, "lease_expired")
    assert refusal(carols.post(f"{path}/take-up")) == (409, "lease_expired")


def test_weights_are_read_and_changed(ours: Scene, lead: Caller, as_: Any) -> None:
    path = f"projects/{ours.project.uid}/ranking"
    assert as_(ours.people["auditor"]).get(path).json()["weights"]["speciality"] == 3.0
    carol = uid_of(ours, "annotator")
    body = {
        "weights": {"load": 5, "rate": 1},
        "rate_ceiling": "12.50",
        "rates": [{"expert": carol, "rate": "3"}],
    }
    changed = lead.put(path, body).json()
    assert (changed["weights"]["load"], changed["weights"]["speciality"]) == (5.0, 3.0)
    assert (changed["rate_ceiling"], changed["rates"]) == ("12.50", [{"expert": carol, "rate": "3.00"}])
    assert lead.put(path, {"rates": [{"expert": carol, "rate": None}]}).json()["rates"] == []
    wrong: list[dict[str, Any]] = [
        {"weights": {"beauty": 1}},
        {"weights": {"load": 11}},
        {"weights": dict.fromkeys(changed["weights"], 0)},
        {"rate_ceiling": -1},
        {"rates": [{"expert": "nobody", "rate": 1}]},
    ]
    for one in wrong:
        assert lead.put(path, one).status_code == 400


def test_who_should_have_an_item(ours: Scene, lead: Caller) -> None:
    found = lead.get(f"items/{free_item(ours).uid}/ranking").json()
    assert found["candidates"] == 2
    assert {one["expert"]["name"] for one in found["results"]} <= {"Carol", "Dan"}
    assert all(0 <= one["score"] <= 1 for one in found["results"])


def test_my_work_tells_what_became_of_it_and_no_name(ours: Scene, carols: Caller) -> None:
    answer = carols.get("me/work")
    work = answer.json()
    assert [one["assignment"] for one in work["held"]] == [ours.assignment.uid]
    assert len(work["submitted"]) == 4
    decided = [one for one in work["submitted"] for line in one["settled"] if line["rationale"]]
    assert len(decided) == 1
    assert decided[0]["stood"] is False
    assert sum(one["stood"] is True for one in work["submitted"]) == 2
    [tally] = work["projects"]
    assert (tally["given"], tally["settled"], tally["stood"]) == (4, 3, 2)
    assert 0 < tally["low"] < tally["share"] < tally["high"] < 1
    assert not any(name in answer.content.decode() for name in ("Erin", "Dan"))
    assert carols.get("me/work?project=nothing").json()["submitted"] == []


def test_a_control_item_reads_like_one_that_is_not_settled(ours: Scene, carols: Caller) -> None:
    before = carols.get("me/work").json()
    waiting = [one for one in before["submitted"] if one["stood"] is None]
    answer = Annotation.objects.get(uid=waiting[0]["annotation"])
    ControlItem.objects.create(project=ours.project, item=answer.item, answer={"verdict": "breach"})
    Item.objects.filter(pk=answer.item_id).update(control=True, settled_at=timezone.now())
    Assignment.objects.filter(pk=answer.assignment_id).update(purpose=Purpose.CONTROL)
    Annotation.objects.filter(pk=answer.pk).update(tier="control")
    assert carols.get("me/work").json() == before
    Annotation.objects.filter(pk=answer.pk).update(retracted_at=timezone.now())
    assert carols.get("me/work").json() == before


def test_an_exam_is_not_in_my_work(ours: Scene, carols: Caller) -> None:
    Assignment.objects.filter(pk=ours.assignment.pk).update(purpose=Purpose.EXAM)
    assert carols.get("me/work").json()["held"] == []
