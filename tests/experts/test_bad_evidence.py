"""What people get wrong, or pretend: dates, places, languages, numbers, files, and claims that two people make."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.models import AuditEvent, Organisation, User
from core.organisations import create_organisation
from core.refusals import AlreadyDone, InvalidInput
from experts import evidence, profile
from experts.models import Credential, CredentialKind, Expert, ProfileWord, Qualification
from tests import cast


@pytest.fixture
def lead(db: None) -> User:
    return cast.person("bob")


@pytest.fixture
def carol(db: None) -> User:
    return cast.person("carol")


@pytest.fixture
def house(lead: User) -> Organisation:
    return create_organisation(name="A", by=lead)


def claim(user: User, kind: str = "npi", **more: Any) -> Credential:
    values: dict[str, Any] = {
        "issuer": "CMS",
        "number": "1234567893",
        "jurisdiction": "US",
        "valid_from": date(2020, 1, 1),
        "valid_until": None,
    }
    return evidence.add_credential(
        expert=evidence.expert_of(user),
        by=user,
        kind=CredentialKind.objects.get(key=kind),
        **{**values, **more},
    )


def where(refused: pytest.ExceptionInfo[InvalidInput]) -> tuple[str | None, str]:
    return refused.value.where, refused.value.code


def state(credential: Credential, house: Organisation) -> str:
    told = Credential.objects.with_state(house.pk, timezone.localdate()).get(pk=credential.pk)
    return str(told.state)  # type: ignore[attr-defined]  # annotated


def test_a_number_with_a_wrong_check_digit_is_refused(carol: User) -> None:
    with pytest.raises(InvalidInput) as refused:
        claim(carol, number="1234567890")
    assert where(refused) == ("number", "number_format")


@pytest.mark.parametrize("place", ["XX", "US-ZZ", "Atlantis", "UK"])
def test_an_unknown_jurisdiction_is_refused(carol: User, place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        claim(carol, jurisdiction=place)
    assert where(refused) == ("jurisdiction", "unknown_jurisdiction")
    assert place in refused.value.sentence


def test_a_jurisdiction_is_stored_in_one_form(carol: User) -> None:
    assert claim(carol, jurisdiction=" us-ny ").jurisdiction == "US-NY"


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ((date(2020, 1, 1), date(2020, 12, 31)), (date(2020, 12, 31), date(2021, 12, 31)), True),
        ((date(2020, 1, 1), date(2020, 12, 31)), (date(2021, 1, 1), None), False),
        ((date(2020, 1, 1), None), (date(2025, 1, 1), date(2026, 1, 1)), True),
        ((date(2025, 1, 1), None), (date(2020, 1, 1), date(2024, 12, 31)), False),
    ],
)
def test_days_that_overlap_are_refused(carol: User, first: Any, second: Any, overlap: bool) -> None:
    claim(carol, valid_from=first[0], valid_until=first[1])
    again = {"valid_from": second[0], "valid_until": second[1], "number": "1234-567-893"}
    if not overlap:
        claim(carol, **again)
        return
    with pytest.raises(InvalidInput) as refused:
        claim(carol, **again)
    assert where(refused) == ("valid_from", "overlapping_dates")


@pytest.mark.parametrize(
    ("name", "content"), [("scan.png", cast.PDF), ("scan.pdf", b"\xff\xd8\xff\xe0"), ("scan", cast.PDF)]
)
def test_a_file_that_is_not_what_its_name_says_is_refused(carol: User, name: str, content: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        claim(carol, evidence=SimpleUploadedFile(name, content))
    assert where(refused) == ("evidence", "not_what_it_claims")


def test_two_people_with_one_number_are_both_kept_and_flagged(carol: User) -> None:
    dan = cast.person("dan")
    both = [claim(carol), claim(dan, issuer="cms.", number="1234 567 893")]
    claim(carol, kind="law_degree", number="other")
    told = Credential.objects.with_rivals().order_by("pk")
    assert [one for one in told if one.rivals] == both  # type: ignore[attr-defined]  # annotated


@pytest.mark.parametrize(
    "languages",
    [
        [{"code": "tlh", "level": "native"}],
        [{"code": "en", "level": "fluent"}],
        [{"code": "en"}],
        [{"code": "en", "level": "C1"}, {"code": "en", "level": "C2"}],
    ],
)
def test_an_unknown_language_is_refused(carol: User, languages: list[dict[str, str]]) -> None:
    with pytest.raises(InvalidInput) as refused:
        edit(carol, languages=languages)
    assert where(refused) == ("languages", "unknown_language")


def edit(user: User, **more: Any) -> Expert:
    values: dict[str, Any] = {"sectors": [], "specialities": [], "languages": [], "jurisdictions": []}
    expert = evidence.expert_of(user)
    profile.edit_profile(expert=expert, by=user, **{**values, **more})
    expert.refresh_from_db()
    return expert


@pytest.mark.parametrize(
    ("said", "field"),
    [({"hours_per_week": 169}, "hours_per_week"), ({"residence": "EU"}, "residence")],
)
def test_an_impossible_week_or_country_is_refused(carol: User, said: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        edit(carol, availability=profile.Availability(**said))
    assert refused.value.where == field


def test_a_profile_can_be_found_by_its_words(carol: User) -> None:
    edit(carol, specialities=["Leases"], jurisdictions=["gb"])
    expert = edit(carol, specialities=["Tax Law"], languages=[{"code": "en", "level": "C1"}])
    assert set(expert.words.values_list("kind", "word")) == {("speciality", "tax law"), ("language", "en")}
    assert ProfileWord.objects.count() == 2


def test_a_credential_goes_through_its_states(carol: User, house: Organisation, lead: User) -> None:
    credential = claim(carol)
    assert state(credential, house) == "submitted"
    evidence.verify(credential=credential, organisation=house, by=lead, accepted=False, how="no entry")
    assert state(credential, house) == "rejected"
    evidence.verify(credential=credential, organisation=house, by=lead, accepted=True, how="an entry now")
    assert state(credential, house) == "verified"
    assert state(credential, create_organisation(name="B", by=lead)) == "submitted"
    Credential.objects.update(valid_until=date(2021, 1, 1))
    assert state(credential, house) == "expired"


def test_revoking_ends_what_rests_on_it_and_says_so(carol: User, house: Organisation, lead: User) -> None:
    credential = cast.qualify(carol, house, cast.sector(), lead)
    evidence.revoke(credential=credential, organisation=house, by=lead, reason="withdrawn by the bar")
    assert state(credential, house) == "revoked"
    assert not Qualification.objects.in_force(timezone.localdate()).exists()
    told = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert told[-2:] == ["qualification.revoked", "credential.revoked"]
    with pytest.raises(AlreadyDone):
        evidence.revoke(credential=credential, organisation=house, by=lead, reason="again")


def test_revoking_says_why(carol: User, house: Organisation, lead: User) -> None:
    credential = cast.qualify(carol, house, cast.sector(), lead)
    with pytest.raises(InvalidInput) as refused:
        evidence.revoke(credential=credential, organisation=house, by=lead, reason=" ")
    assert refused.value.where == "how"
