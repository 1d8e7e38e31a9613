"""The verification queue and the roster of an organisation."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experts import evidence, profile
from experts.models import Credential, CredentialKind, Qualification
from tests.annotation.web.conftest import As
from tests.cast import World, sector

PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def ours(fresh: World) -> World:
    return fresh


def claim(world: World, part: str = "annotator", **more: Any) -> Credential:
    user = world.people[part]
    values: dict[str, Any] = {"issuer": "ICAEW", "number": "77", "valid_from": date(2024, 1, 1)}
    return evidence.add_credential(
        expert=evidence.expert_of(user),
        by=user,
        kind=CredentialKind.objects.get(key="cfa_charter"),
        **{**values, "valid_until": None, **more},
    )


def page(world: World, query: str = "") -> str:
    return reverse("web:verification", args=[world.organisation.uid]) + query


def post(name: str, world: World, credential: Credential) -> str:
    return reverse(f"web:{name}", args=[world.organisation.uid, credential.uid])


def test_a_claim_waits_with_its_evidence_until_it_is_answered(ours: World, as_: As) -> None:
    waiting = claim(ours, evidence=SimpleUploadedFile("scan.PNG", PNG))
    lead = as_("lead")
    shown = lead.get(page(ours)).content.decode()
    assert shown.count("<article") == 1
    assert reverse("web:evidence", args=[waiting.uid]) in shown
    assert "<img" in shown
    told = lead.post(post("credential-answer", ours, waiting), {"decision": "verify", "how": "register"})
    assert told.status_code == 302
    assert "<article" not in lead.get(page(ours)).content.decode()
    granted = lead.post(post("credential-qualify", ours, waiting), {"reason": "charterholder"})
    assert granted.status_code == 302
    assert Qualification.objects.filter(credential=waiting, revoked_at=None).exists()
    revoked = lead.post(post("credential-answer", ours, waiting), {"decision": "revoke", "how": "withdrawn"})
    assert revoked.status_code == 302
    assert not Qualification.objects.filter(credential=waiting, revoked_at=None).exists()
    assert "77" in lead.get(page(ours, "?state=revoked")).content.decode()


@pytest.mark.parametrize("body", [{}, {"decision": "verify"}, {"decision": "maybe", "how": "register"}])
def test_an_answer_with_a_mistake_changes_nothing(ours: World, as_: As, body: dict[str, str]) -> None:
    waiting = claim(ours)
    assert as_("lead").post(post("credential-answer", ours, waiting), body).status_code == 422
    assert not waiting.verifications.exists()


def test_one_s_own_is_left_to_another_lead(ours: World, as_: As) -> None:
    own = claim(ours, "lead")
    assert "This is your own" in as_("lead").get(page(ours)).content.decode()
    answer = as_("lead").post(post("credential-answer", ours, own), {"decision": "verify", "how": "x"})
    assert answer.status_code == 400


def test_a_number_that_two_people_claim_is_flagged_on_both(ours: World, as_: As) -> None:
    claim(ours)
    claim(ours, "annotator2", number="7-7", issuer="icaew")
    shown = as_("lead").get(page(ours)).content.decode()
    assert shown.count("claimed by somebody else") == 2


def test_a_page_costs_the_same_with_more_claims(ours: World, as_: As) -> None:
    lead, counted = as_("lead"), []
    for first, last in ((0, 2), (2, 19)):
        for number in range(first, last):
            claim(ours, number=f"A{number}")
        with CaptureQueriesContext(connection) as statements:
            lead.get(page(ours))
        counted.append(len(statements))
    assert counted[0] == counted[1] < 30


def found(client: Any, world: World, query: str) -> list[str]:
    answer = client.get(reverse("web:roster", args=[world.organisation.uid]) + query)
    assert answer.status_code == 200
    return [str(row[0]) for row in answer.context["rows"]]


def test_the_roster_is_filtered(ours: World, as_: As) -> None:
    carol = ours.people["annotator"]
    profile.edit_profile(
        expert=evidence.expert_of(carol),
        by=carol,
        sectors=[sector("finance")],
        specialities=["Tax Law"],
        languages=[{"code": "de", "level": "C1"}],
        jurisdictions=["US-NY"],
    )
    evidence.expert_of(ours.people["contributor"])
    lead = as_("lead")
    everybody = found(lead, ours, "")
    assert everybody == ["Carol", "Dan", "Erin", "Frank"]
    for query in ("?sector=finance", "?speciality=tax+law", "?language=de", "?jurisdiction=us-ny"):
        assert found(lead, ours, query) == ["Carol"], query
    assert found(lead, ours, "?sector=legal&qualified=yes") == ["Carol", "Dan", "Erin"]
    assert found(lead, ours, "?qualified=no") == ["Frank"]
    assert found(lead, ours, "?language=fr") == []


def test_the_roster_turns_its_pages_by_key(ours: World, as_: As) -> None:
    first = evidence.expert_of(ours.people["annotator"])
    assert found(as_("lead"), ours, f"?after={first.pk}") == ["Dan", "Erin"]


@pytest.mark.parametrize("name", ["sector", "speciality", "language", "jurisdiction", "qualified", "after"])
def test_a_filter_of_the_roster_may_be_anything(ours: World, as_: As, name: str) -> None:
    for value in ("%ff", "%F0%9F%98%80", "x" * 3000):
        found(as_("lead"), ours, f"?{name}={value}")


@pytest.mark.parametrize("name", ["state", "expert", "after"])
def test_a_filter_of_the_queue_may_be_anything(ours: World, as_: As, name: str) -> None:
    for value in ("%ff", "%F0%9F%98%80", "x" * 3000):
        assert as_("lead").get(page(ours, f"?{name}={value}")).status_code == 200
