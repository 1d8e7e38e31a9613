"""One's own profile and credentials."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from experts.evidence import expert_of
from experts.models import Credential, CredentialKind
from tests.annotation.web.conftest import As
from tests.cast import PDF, World


@pytest.fixture
def ours(fresh: World) -> World:
    return fresh


def _claim(**changed: Any) -> dict[str, Any]:
    kind = CredentialKind.objects.filter(sector__key="finance").order_by("pk")[0]
    values = {"kind": kind.key, "issuer": "The Institute", "number": "42", "valid_from": "2024-01-31"}
    return {**values, **changed}


def test_a_person_says_what_they_know(ours: World, as_: As) -> None:
    client = as_("annotator")
    form = {
        "sectors": ["legal", "finance"],
        "specialities": "leases， insolvency, ",
        "jurisdictions": "GB",
        "language_en": "native",
        "language_zh-hans": "B2",
    }
    assert client.post(reverse("web:profile"), form).status_code == 302
    expert = expert_of(ours.people["annotator"])
    assert expert.specialities == ["leases", "insolvency"]
    assert expert.languages == [{"code": "en", "level": "native"}, {"code": "zh-hans", "level": "B2"}]
    again = client.get(reverse("web:profile")).context["form"]
    assert again["language_zh-hans"].value() == "B2"


def test_a_profile_with_a_strange_choice_is_refused(ours: World, as_: As) -> None:
    assert as_("annotator").post(reverse("web:profile"), {"sectors": ["astrology"]}).status_code == 422
    assert as_("annotator").post(reverse("web:profile"), {"language_en": "fluent"}).status_code == 422


def test_a_credential_is_handed_in_with_its_evidence(ours: World, as_: As) -> None:
    form = _claim(evidence=SimpleUploadedFile("scan.pdf", PDF))
    assert as_("annotator").post(reverse("web:credential-new"), form).status_code == 302
    claim = Credential.objects.get(number="42")
    assert claim.evidence
    assert "not verified yet" in as_("annotator").get(reverse("web:me")).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"issuer": " "}, "This field is required."),
        ({"kind": "wizard"}, "not one of the available choices"),
        ({"valid_from": "soon"}, "Enter a valid date."),
        ({"valid_until": "2020-01-01"}, "It ends before it begins."),
    ],
)
def test_a_claim_with_a_mistake_is_refused(ours: World, as_: As, changed: dict[str, str], said: str) -> None:
    answer = as_("annotator").post(reverse("web:credential-new"), _claim(**changed))
    assert answer.status_code in (400, 422)
    assert said in answer.content.decode()


def test_evidence_of_another_kind_is_refused(ours: World, as_: As) -> None:
    form = _claim(evidence=SimpleUploadedFile("scan.pdf", b"<html>"))
    answer = as_("annotator").post(reverse("web:credential-new"), form)
    assert answer.status_code == 400
    assert "neither PDF, PNG nor JPEG" in answer.content.decode()
