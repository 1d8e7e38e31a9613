"""Credentials over the API: hand one in, read it and its file; the same refusals as the page."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from core.models import AuditEvent
from core.organisations import grant
from core.roles import Role
from experts import evidence
from experts.models import Credential, Qualification
from tests import cast
from tests.annotation.api.caller import refusal
from tests.cast import Scene
from tests.pdf import scan

CLAIM = {
    "kind": "npi",
    "issuer": "CMS",
    "number": "1234567893",
    "jurisdiction": "US-NY",
    "valid_from": "2024-01-31",
}


def test_the_kinds_are_listed_in_the_caller_s_language(ours: Scene, as_: Any) -> None:
    kinds = {kind["key"]: kind for kind in as_(ours.people["annotator"]).get("credential-kinds").json()}
    assert kinds["npi"]["number_formats"][0]["check"] == "npi"
    assert kinds["attorney_admission"]["sector"] == "legal"
    user = ours.people["annotator"]
    user.language = "zh-hans"
    user.save()
    with override(None):
        told = as_(user).get("credential-kinds").json()
    assert "律师执业许可（美国州律师）" in {kind["name"] for kind in told}


def test_a_claim_is_handed_in_as_json(ours: Scene, as_: Any) -> None:
    caller = as_(ours.people["annotator"])
    made = caller.post("me/credentials", CLAIM)
    assert made.status_code == 201
    line = made.json()
    assert (line["kind"], line["jurisdiction"], line["has_evidence"]) == ("npi", "US-NY", False)
    assert (line["valid_until"], line["expired"], line["answers"]) == (None, False, [])
    assert [row["id"] for row in caller.get("me/credentials").json()["results"]] == [
        ours.credential.uid,
        line["id"],
    ]
    assert AuditEvent.objects.filter(action="credential.added", changes={"kind": "npi"}).exists()


def test_a_claim_is_handed_in_with_its_file(ours: Scene, as_: Any) -> None:
    caller, file = as_(ours.people["annotator"]), scan()
    upload = SimpleUploadedFile("my scan.pdf", file)
    line = caller.upload("me/credentials", **CLAIM, valid_until="2030-01-31", evidence=upload).json()
    assert (line["has_evidence"], line["valid_until"]) == (True, "2030-01-31")
    answer = caller.get(f"credentials/{line['id']}/evidence")
    assert b"".join(answer.streaming_content) == file
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        ({"kind": "wizard"}, "kind", "invalid"),
        ({"kind": "\0"}, "kind", "invalid"),
        ({"issuer": " "}, "issuer", "invalid"),
        ({"number": "x" * 101}, "number", "invalid"),
        ({"number": "1234567890"}, "number", "number_format"),
        ({"jurisdiction": "XX"}, "jurisdiction", "unknown_jurisdiction"),
        ({"valid_from": "2024-02-30"}, "valid_from", "invalid"),
        ({"valid_until": "2020-01-01"}, "valid_until", "invalid"),
        ({"evidence": SimpleUploadedFile("scan.png", cast.PDF)}, "evidence", "not_what_it_claims"),
        ({"evidence": SimpleUploadedFile("scan.pdf", b"<html>")}, "evidence", "invalid"),
        ({"evidence": SimpleUploadedFile("scan.pdf", b"")}, "evidence", "invalid"),
        ({"evidence": "a text"}, "evidence", "invalid"),
    ],
)
def test_a_claim_with_a_mistake_is_refused_and_says_where(
    ours: Scene, as_: Any, change: dict[str, Any], where: str, code: str
) -> None:
    before = Credential.objects.count()
    answer = as_(ours.people["annotator"]).upload("me/credentials", **{**CLAIM, **change})
    assert (answer.status_code, answer.json()["where"], answer.json()["code"]) == (400, where, code)
    assert Credential.objects.count() == before


def test_the_same_claim_for_the_same_days_is_refused(ours: Scene, as_: Any) -> None:
    caller = as_(ours.people["annotator"])
    caller.post("me/credentials", CLAIM)
    assert refusal(caller.post("me/credentials", CLAIM)) == (400, "overlapping_dates")


def test_nobody_names_another_as_the_holder(ours: Scene, as_: Any) -> None:
    other = evidence.expert_of(ours.people["annotator2"]).uid
    line = as_(ours.people["annotator"]).post("me/credentials", {**CLAIM, "expert": other}).json()
    assert line["expert"]["name"] == "Carol"


def test_owner_and_lead_read_what_was_said(ours: Scene, foreign: Scene, as_: Any) -> None:
    path = f"credentials/{ours.credential.uid}"
    for user in (ours.people["annotator"], ours.lead, ours.people["auditor"]):
        [answer] = as_(user).get(path).json()["answers"]
        assert (answer["decision"], answer["how"], answer["by"]) == ("verified", "register", "Bob")
    for stranger in (ours.people["annotator2"], ours.people["adjudicator"], foreign.owner):
        assert as_(stranger).get(path).status_code == 404
        assert as_(stranger).get(f"{path}/evidence").status_code == 404


def test_what_another_organisation_said_is_told_to_the_owner_only(
    ours: Scene, foreign: Scene, as_: Any
) -> None:
    evidence.verify(
        credential=ours.credential,
        organisation=foreign.organisation,
        by=foreign.lead,
        accepted=False,
        how="no",
    )
    path = f"credentials/{ours.credential.uid}"
    said = as_(ours.people["annotator"]).get(path).json()["answers"]
    assert [one["decision"] for one in said] == ["rejected", "verified"]
    assert [one["decision"] for one in as_(ours.lead).get(path).json()["answers"]] == ["verified"]


def test_a_claim_without_a_file_has_no_evidence(ours: Scene, as_: Any) -> None:
    caller = as_(ours.people["annotator"])
    line = caller.post("me/credentials", CLAIM).json()
    assert caller.get(f"credentials/{line['id']}/evidence").status_code == 404


def test_a_person_reads_their_qualifications(ours: Scene, as_: Any) -> None:
    [held] = as_(ours.people["annotator"]).get("me/qualifications").json()["results"]
    assert (held["sector"], held["how"], held["project"]) == ("legal", "credential", None)
    assert (held["credential"], held["in_force"]) == (ours.credential.uid, True)
    Credential.objects.filter(pk=ours.credential.pk).update(valid_until="2021-01-01")
    [held] = as_(ours.people["annotator"]).get("me/qualifications").json()["results"]
    assert (held["in_force"], held["revoked_at"]) == (False, None)


def test_a_lead_ends_a_qualification_once(ours: Scene, as_: Any) -> None:
    held = Qualification.objects.get(expert__user=ours.people["annotator"])
    path = f"organisations/{ours.organisation.uid}/qualifications/{held.uid}/revoke"
    assert as_(ours.people["auditor"]).post(path).status_code == 403
    ended = as_(ours.lead).post(path).json()
    assert ended["revoked_at"]
    assert not ended["in_force"]
    assert refusal(as_(ours.lead).post(path)) == (409, "already_done")


def test_one_expert_is_read_whole(ours: Scene, foreign: Scene, as_: Any) -> None:
    place = f"organisations/{ours.organisation.uid}/experts"
    uid = evidence.expert_of(ours.people["annotator"]).uid
    told = as_(ours.lead).get(f"{place}/{uid}").json()
    assert (told["name"], told["email"], told["qualified_in"]) == ("Carol", "carol@example.org", ["legal"])
    [claim] = told["credentials"]
    assert (claim["state"], claim["answers"][0]["how"]) == ("verified", "register")
    assert [one["name"] for one in claim["rival_experts"]] == ["Dan", "Erin"]
    assert [one["credential"] for one in told["qualifications"]] == [claim["id"]]
    theirs = evidence.expert_of(foreign.people["annotator"]).uid
    assert as_(ours.lead).get(f"{place}/{theirs}").status_code == 404


def test_a_lead_of_one_project_does_over_the_api_what_the_project_s_page_does(ours: Scene, as_: Any) -> None:
    lead = cast.person("penny")
    grant(
        user=lead,
        organisation=ours.organisation,
        role=Role.LEAD,
        by=ours.owner,
        project_id=ours.project.pk,
    )
    caller, house = as_(lead), f"organisations/{ours.organisation.uid}"
    project, claim = f"projects/{ours.project.uid}", ours.credential.uid
    uid = evidence.expert_of(ours.people["annotator"]).uid
    told = caller.get(f"{project}/experts/{uid}").json()
    assert [one["state"] for one in told["credentials"]] == ["verified"]
    body = {"decision": "revoke", "how": "withdrawn"}
    assert caller.post(f"{house}/credentials/{claim}/answer", body).status_code == 403
    assert caller.post(f"{project}/credentials/{claim}/answer", body).json()["state"] == "revoked"
    body = {"decision": "verify", "how": "register"}
    caller.post(f"{project}/credentials/{claim}/answer", body)
    made = caller.post(f"{project}/credentials/{claim}/qualify", {"reason": "admitted"}).json()
    assert made["in_force"]
    assert caller.post(f"{project}/qualifications/{made['id']}/revoke").json()["revoked_at"]


def test_a_project_does_not_show_what_holds_in_another(ours: Scene, as_: Any) -> None:
    expert = evidence.expert_of(ours.people["annotator"])
    evidence.qualify(
        expert=expert,
        organisation=ours.organisation,
        sector=ours.project.sector,
        by=ours.lead,
        how="grant",
        reason="knows them",
        project_id=ours.project.pk + 1000,
    )
    told = as_(ours.lead).get(f"projects/{ours.project.uid}/experts/{expert.uid}").json()
    assert len(told["qualifications"]) == 1
    whole = as_(ours.lead).get(f"organisations/{ours.organisation.uid}/experts/{expert.uid}").json()
    assert len(whole["qualifications"]) == 2
