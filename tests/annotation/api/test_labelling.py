"""Labelling over the API: next, work, draft, submit, skip, return."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotation.models import Annotation, Assignment, Draft, Item
from annotation.stages import lease
from annotation.stages import project as projects
from core.models import Membership, User
from core.organisations import end_membership
from experts import evidence
from experts.models import Qualification
from tests import cast
from tests.annotation.api.caller import Caller, refusal
from tests.cast import Scene

WORK_KEYS = {
    "now",
    "suggestions",
    "assignment",
    "submitted",
    "project",
    "item",
    "schema",
    "guideline",
    "draft",
    "lease_until",
    "lease",
    "reasons",
    "parts",
    "left",
    "exam",
}


@pytest.fixture
def carol(ours: Scene) -> User:
    return ours.people["annotator"]


@pytest.fixture
def hers(carol: User, as_: Any) -> Caller:
    caller: Caller = as_(carol)
    return caller


def answer(work: dict[str, Any], result: cast.Result, **more: Any) -> dict[str, Any]:
    return {"result": result, "hashes": work["item"]["hashes"], "seconds": 2.5, **more}


def test_next_gives_the_item_in_hand_with_its_draft(ours: Scene, hers: Caller) -> None:
    response = hers.post(f"projects/{ours.project.uid}/next")
    work = response.json()
    assert response.status_code == 200
    assert work.keys() == WORK_KEYS
    assert (work["assignment"], work["submitted"]) == (ours.assignment.uid, False)
    assert (work["draft"]["revision"], work["draft"]["result"]) == (1, cast.choice())
    assert work["item"]["data"] == ours.assignment.item.data
    assert [question["key"] for question in work["schema"]["questions"]] == [
        "verdict",
        "topics",
        "span",
        "stars",
        "amount",
        "note",
    ]
    assert "1.1" in work["guideline"]["html"]
    assert work["left"] == 1
    assert len(work["reasons"]) == 3


def test_next_after_the_last_is_no_content(ours: Scene, hers: Caller, carol: User) -> None:
    cast.answer_all(ours.project, carol, lambda _: cast.choice())
    response = hers.post(f"projects/{ours.project.uid}/next")
    assert (response.status_code, response.content) == (204, b"")


def test_next_says_why_not(ours: Scene, hers: Caller, carol: User, as_: Any) -> None:
    path = f"projects/{ours.project.uid}/next"
    assert refusal(as_(ours.lead).post(path)) == (403, "not_allowed")
    projects.set_paused(project=ours.project, by=ours.lead, paused=True)
    assert refusal(hers.post(path)) == (403, "paused")
    projects.set_paused(project=ours.project, by=ours.lead, paused=False)
    evidence.revoke_qualification(qualification=Qualification.objects.get(expert__user=carol), by=ours.lead)
    assert refusal(hers.post(path)) == (403, "qualified_in_sector")


def test_work_is_one_s_own_only(ours: Scene, hers: Caller, as_: Any) -> None:
    assert hers.get(f"assignments/{ours.assignment.uid}").json()["assignment"] == ours.assignment.uid
    for part in ("owner", "lead", "annotator2", "auditor"):
        answered = as_(ours.people[part]).get(f"assignments/{ours.assignment.uid}")
        assert refusal(answered) == (404, "not_found")


def test_submitted_work_shows_one_s_answer(ours: Scene, as_: Any) -> None:
    dan = ours.people["annotator2"]
    work = as_(dan).get(f"assignments/{ours.answered.uid}").json()
    assert work["submitted"]
    assert work["draft"]["result"][0]["from_name"] == "verdict"


def test_work_shows_nobody_else_s_answer_or_name(ours: Scene, hers: Caller, as_: Any) -> None:
    dan = ours.people["annotator2"]
    mine = as_(dan).post(f"projects/{ours.project.uid}/next").json()
    as_(dan).post(f"assignments/{mine['assignment']}/submit", answer(mine, cast.choice("unsure")))
    text = hers.get(f"assignments/{ours.assignment.uid}").content.decode()
    for user in (dan, ours.people["adjudicator"], ours.lead):
        assert user.name not in text
        assert user.uid not in text
    assert "annotations" not in text


def test_who_has_left_the_project_sees_nothing_of_it_any_more(ours: Scene, hers: Caller, carol: User) -> None:
    end_membership(membership=Membership.objects.get(user=carol), by=ours.owner)
    assert refusal(hers.get(f"assignments/{ours.assignment.uid}")) == (404, "not_found")
    assert not Item.objects.visible_to(carol).exists()
    assert not Annotation.objects.visible_to(carol).exists()


def test_a_draft_is_saved_and_says_so(ours: Scene, hers: Caller) -> None:
    path = f"assignments/{ours.assignment.uid}/draft"
    response = hers.put(path, {"revision": 1, "result": cast.everything(), "seconds": 41.5})
    assert response.status_code == 200
    assert response.json().keys() == {"revision", "saved_at", "lease_until"}
    assert response.json()["revision"] == 2
    assert Draft.objects.get(assignment=ours.assignment).result == cast.everything()


def test_a_stale_draft_is_answered_with_theirs(ours: Scene, hers: Caller) -> None:
    path = f"assignments/{ours.assignment.uid}/draft"
    hers.put(path, {"revision": 1, "result": cast.everything()})
    response = hers.put(path, {"revision": 1, "result": []})
    assert refusal(response) == (409, "stale_draft")
    theirs = response.json()["theirs"]
    assert theirs.keys() == {"revision", "result", "seconds", "dismissed", "saved_at"}
    assert (theirs["revision"], theirs["result"]) == (2, cast.everything())


def test_a_draft_without_a_lease_is_stored_and_says_that_the_time_ran_out(ours: Scene, hers: Caller) -> None:
    Assignment.objects.filter(pk=ours.assignment.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    lease.return_expired()
    Item.objects.filter(pk=ours.assignment.item_id).update(open_slots=0, filled=2)
    response = hers.put(f"assignments/{ours.assignment.uid}/draft", {"revision": 1, "result": []})
    assert refusal(response) == (409, "lease_expired")
    assert Draft.objects.get(assignment=ours.assignment).result == []


def test_an_answer_is_acknowledged_and_the_next_item_comes_with_it(ours: Scene, hers: Caller) -> None:
    path = f"assignments/{ours.assignment.uid}"
    body = answer(hers.get(path).json(), cast.everything())
    response = hers.post(f"{path}/submit", body)
    assert response.status_code == 201
    first = response.json()
    assert first.keys() == {"annotation", "surplus", "next"}
    assert first["surplus"] is False
    assert first["next"]["assignment"] != ours.assignment.uid
    again = hers.post(f"{path}/submit", body)
    assert again.status_code == 200
    assert again.json()["annotation"] == first["annotation"]


def test_the_last_answer_has_no_next(ours: Scene, hers: Caller, carol: User) -> None:
    path = f"projects/{ours.project.uid}/next"
    for last in (False, True):
        work = hers.post(path).json()
        response = hers.post(f"assignments/{work['assignment']}/submit", answer(work, cast.choice()))
        assert (response.json()["next"] is None) == last


def test_an_answer_that_does_not_fit_names_the_place(ours: Scene, hers: Caller) -> None:
    path = f"assignments/{ours.assignment.uid}"
    work = hers.get(path).json()
    response = hers.post(f"{path}/submit", answer(work, cast.choice("perhaps")))
    assert refusal(response) == (422, "unknown_label")
    assert response.json()["where"] == "result[0].value.choices[0]"
    response = hers.post(f"{path}/submit", {**answer(work, cast.choice()), "hashes": {"text": "0" * 64}})
    assert refusal(response) == (422, "text_changed")
    assert not Annotation.objects.filter(assignment=ours.assignment).exists()


def test_an_answer_may_name_the_versions_it_was_made_with(ours: Scene, hers: Caller) -> None:
    path = f"assignments/{ours.assignment.uid}"
    work = hers.get(path).json()
    projects.add_guideline(project=ours.project, by=ours.lead, text="# 2. New\n")
    body = answer(work, cast.choice(), schema_version=1, guideline_version=1)
    assert refusal(hers.post(f"{path}/submit", {**body, "schema_version": 99}))[0] == 400
    assert hers.post(f"{path}/submit", body).status_code == 201
    annotation = Annotation.objects.select_related("current__guideline").get(assignment=ours.assignment)
    assert annotation.current
    assert annotation.current.guideline.version == 1


def test_a_skip_gives_the_next_item(ours: Scene, hers: Caller) -> None:
    path = f"assignments/{ours.assignment.uid}/skip"
    assert refusal(hers.post(path, {"reason": "bored"})) == (400, "invalid")
    assert refusal(hers.post(path, {"reason": "other"})) == (400, "invalid")
    response = hers.post(path, {"reason": "other", "note": "it is upside down"})
    assert response.status_code == 200
    assert response.json()["next"]["assignment"] != ours.assignment.uid
    assert refusal(hers.post(path, {"reason": "unclear"})) == (409, "already_done")


def test_an_item_given_back_makes_way_for_the_next(ours: Scene, hers: Caller) -> None:
    path = f"assignments/{ours.assignment.uid}/return"
    assert hers.post(path).status_code == 204
    assert refusal(hers.post(path)) == (409, "already_done")
    work = hers.post(f"projects/{ours.project.uid}/next").json()
    assert work["assignment"] != ours.assignment.uid
    kept = hers.get(f"assignments/{ours.assignment.uid}").json()
    assert kept["draft"]["result"] == cast.choice()


def test_what_was_taken_back_or_one_may_not_have_is_not_read(ours: Scene, hers: Caller, carol: User) -> None:
    path = f"assignments/{ours.assignment.uid}"
    hers.post(f"{path}/return")
    assert hers.get(path).status_code == 200
    Membership.objects.filter(user=carol).update(role="auditor")
    assert refusal(hers.get(path)) == (409, "lease_expired")
    Membership.objects.filter(user=carol).update(role="annotator")
    Assignment.objects.filter(pk=ours.assignment.pk).update(outcome="withdrawn")
    answered = hers.get(path)
    assert refusal(answered) == (409, "lease_expired")
    assert answered.json()["detail"] == "It is not in your hands any more."
    assert "item" not in answered.json()


def test_a_write_without_the_token_of_the_session_is_refused(ours: Scene, carol: User) -> None:
    response = Caller(carol, csrf=True).post(f"projects/{ours.project.uid}/next")
    assert refusal(response) == (403, "not_allowed")


def test_problems_speak_the_person_s_language(ours: Scene, carol: User, as_: Any) -> None:
    User.objects.filter(pk=carol.pk).update(language="zh-hans")
    response = as_(User.objects.get(pk=carol.pk)).get("assignments/nothing")
    assert response.json()["code"] == "not_found"
    assert response["Content-Language"] == "zh-hans"


def test_the_item_after_this_one_is_there_before_this_one_is_submitted(ours: Scene, hers: Caller) -> None:
    first = hers.post(f"projects/{ours.project.uid}/next").json()
    following = hers.post(f"assignments/{first['assignment']}/ahead").json()
    assert following.keys() == WORK_KEYS
    assert following["assignment"] != first["assignment"]
    assert (first["left"], following["left"]) == (1, 0)
    body = answer(first, cast.choice(), next=False)
    assert hers.post(f"assignments/{first['assignment']}/submit", body).json()["next"] is None
    response = hers.post(f"assignments/{following['assignment']}/ahead")
    assert (response.status_code, response.content) == (204, b"")
    response = hers.post(f"assignments/{first['assignment']}/ahead")
    assert refusal(response) == (409, "lease_expired")


def test_a_submit_does_not_pass_over_a_newer_draft_from_elsewhere(ours: Scene, hers: Caller) -> None:
    work = hers.post(f"projects/{ours.project.uid}/next").json()
    path = f"assignments/{work['assignment']}"
    hers.put(f"{path}/draft", {"revision": 1, "result": cast.everything()})
    response = hers.post(f"{path}/submit", answer(work, cast.choice(), revision=1))
    assert refusal(response) == (409, "stale_draft")
    assert response.json()["theirs"]["result"] == cast.everything()
    assert not Annotation.objects.filter(assignment=ours.assignment).exists()
    assert (
        hers.post(f"{path}/submit", answer(work, cast.everything(), revision=1)).status_code == 201
    )  # it is the same
    assert hers.post(f"{path}/submit", answer(work, cast.everything(), revision=1)).status_code == 200
    response = hers.post(f"{path}/submit", answer(work, cast.choice(), revision=1))
    assert refusal(response) == (409, "other_answer")
    theirs = response.json()["theirs"]
    assert theirs.keys() == {"revision", "result", "seconds", "dismissed", "saved_at"}
    assert theirs["result"] == cast.everything()


def test_what_a_page_of_one_person_sends_is_not_taken_in_the_name_of_another(
    ours: Scene, hers: Caller, carol: User
) -> None:
    path = f"/api/v1/assignments/{ours.assignment.uid}/heartbeat"
    own = hers._client.post(path, headers={"X-Assay-Account": carol.uid})
    other = hers._client.post(path, headers={"X-Assay-Account": ours.people["owner"].uid})
    assert own.status_code == 200
    assert refusal(other) == (409, "other_account")
