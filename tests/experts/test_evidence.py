"""Credentials and qualifications: claims, what organisations make of them, and when they end."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils import timezone

from core.models import AuditEvent, Organisation, User
from core.organisations import create_organisation, grant
from core.refusals import AlreadyDone, InvalidInput, Refusal
from core.roles import Role
from experts import evidence, profile
from experts.eligibility import Requirement, who_may, why_not
from experts.models import Credential, CredentialKind, Expert, Qualification, Sector
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


@pytest.fixture
def legal(db: None) -> Sector:
    return cast.sector()


def today() -> date:
    return timezone.localdate()


def need(house: Organisation, sector: Sector, day: date | None = None) -> Requirement:
    return Requirement(house.pk, sector.pk, day or today())


def allowed(carol: User, requirement: Requirement) -> bool:
    """What routing and its explanation say; they must say the same."""
    expert = evidence.expert_of(carol)
    routed = who_may(requirement).filter(pk=expert.pk).exists()
    assert routed == (why_not(expert, requirement) == [])
    return routed


def qualify(
    carol: User, house: Organisation, sector: Sector, lead: User, credential: Credential
) -> Qualification:
    return evidence.qualify(
        expert=evidence.expert_of(carol),
        organisation=house,
        sector=sector,
        credential=credential,
        by=lead,
        reason="admitted",
    )


def verify(credential: Credential, house: Organisation, lead: User, *, accepted: bool = True) -> None:
    evidence.verify(credential=credential, organisation=house, by=lead, accepted=accepted, how="register")


def refusal_of_qualifying(
    carol: User, house: Organisation, sector: Sector, lead: User, credential: Credential
) -> str:
    try:
        qualify(carol, house, sector, lead, credential)
    except Refusal as refusal:
        return refusal.code
    return ""


def test_a_person_is_one_expert(carol: User) -> None:
    assert evidence.expert_of(carol) == evidence.expert_of(carol)


def test_a_profile_says_what_its_person_says(carol: User, legal: Sector) -> None:
    expert = evidence.expert_of(carol)
    profile.edit_profile(
        expert=expert,
        by=carol,
        sectors=[legal],
        specialities=["leases"],
        languages=[{"code": "en", "level": "native"}],
        jurisdictions=["GB"],
    )
    expert.refresh_from_db()
    assert (list(expert.sectors.all()), expert.specialities) == ([legal], ["leases"])


def test_a_qualified_expert_may(carol: User, house: Organisation, legal: Sector, lead: User) -> None:
    assert not allowed(carol, need(house, legal))
    cast.qualify(carol, house, legal, lead)
    assert allowed(carol, need(house, legal))


def test_the_rule_that_is_not_met_is_named(carol: User, house: Organisation, legal: Sector) -> None:
    unmet = why_not(evidence.expert_of(carol), need(house, legal))
    assert [rule.code for rule in unmet] == ["qualified_in_sector"]
    assert "qualification" in str(unmet[0].missing)


def test_a_project_open_to_its_members_needs_no_qualification(carol: User, house: Organisation) -> None:
    assert allowed(carol, Requirement(house.pk, None, today()))


def test_a_qualification_counts_in_its_sector_and_organisation_only(
    carol: User, house: Organisation, legal: Sector, lead: User
) -> None:
    cast.qualify(carol, house, legal, lead)
    elsewhere = create_organisation(name="B", by=lead)
    assert not allowed(carol, need(house, cast.sector("finance")))
    assert not allowed(carol, need(elsewhere, legal))


def test_it_ends_the_day_after_its_credential_does(
    carol: User, house: Organisation, legal: Sector, lead: User
) -> None:
    credential = cast.credential_of(carol, legal, valid_until=today())
    verify(credential, house, lead)
    qualify(carol, house, legal, lead, credential)
    assert allowed(carol, need(house, legal))
    assert not allowed(carol, need(house, legal, today() + timedelta(days=1)))
    assert not allowed(carol, need(house, legal, cast.LONG_AGO - timedelta(days=1)))


def test_it_ends_on_its_own_day_too(carol: User, house: Organisation, legal: Sector, lead: User) -> None:
    credential = cast.credential_of(carol, legal)
    verify(credential, house, lead)
    evidence.qualify(
        expert=evidence.expert_of(carol),
        organisation=house,
        sector=legal,
        credential=credential,
        by=lead,
        reason="for a day",
        valid_until=today(),
    )
    assert allowed(carol, need(house, legal))
    assert not allowed(carol, need(house, legal, today() + timedelta(days=1)))


def test_an_expired_credential_qualifies_nobody(
    carol: User, house: Organisation, legal: Sector, lead: User
) -> None:
    credential = cast.credential_of(carol, legal, valid_until=today() - timedelta(days=1))
    verify(credential, house, lead)
    assert refusal_of_qualifying(carol, house, legal, lead, credential) == "credential_not_usable"


def test_a_credential_of_the_future_qualifies_nobody_yet(
    carol: User, house: Organisation, legal: Sector, lead: User
) -> None:
    credential = cast.credential_of(carol, legal, valid_from=today() + timedelta(days=1))
    verify(credential, house, lead)
    assert refusal_of_qualifying(carol, house, legal, lead, credential) == "credential_not_usable"


def test_a_credential_that_nobody_or_somebody_else_verified_qualifies_nobody(
    carol: User, house: Organisation, legal: Sector, lead: User
) -> None:
    credential = cast.credential_of(carol, legal)
    assert refusal_of_qualifying(carol, house, legal, lead, credential) == "credential_not_usable"
    verify(credential, create_organisation(name="B", by=lead), lead)
    assert refusal_of_qualifying(carol, house, legal, lead, credential) == "credential_not_usable"


def test_a_credential_of_another_person_or_sector_qualifies_nobody(
    carol: User, house: Organisation, legal: Sector, lead: User
) -> None:
    hers = cast.credential_of(carol, legal)
    verify(hers, house, lead)
    dan = cast.person("dan")
    assert refusal_of_qualifying(dan, house, legal, lead, hers) == "credential_not_usable"
    finance = cast.sector("finance")
    assert refusal_of_qualifying(carol, house, finance, lead, hers) == "credential_not_usable"


def test_a_rejection_revokes_what_rests_on_it_there(
    carol: User, house: Organisation, legal: Sector, lead: User
) -> None:
    credential = cast.qualify(carol, house, legal, lead)
    elsewhere = create_organisation(name="B", by=lead)
    verify(credential, elsewhere, lead)
    qualify(carol, elsewhere, legal, lead, credential)
    verify(credential, house, lead, accepted=False)
    assert not allowed(carol, need(house, legal))
    assert allowed(carol, need(elsewhere, legal))
    assert refusal_of_qualifying(carol, house, legal, lead, credential) == "credential_not_usable"


def test_the_newest_verification_counts(carol: User, house: Organisation, legal: Sector, lead: User) -> None:
    credential = cast.credential_of(carol, legal)
    for accepted in (True, False, True):
        verify(credential, house, lead, accepted=accepted)
    assert Credential.objects.verified_by(house.pk).get() == credential
    assert credential.verifications.count() == 3


def test_a_revoked_qualification_ends_now_and_can_be_given_again(
    carol: User, house: Organisation, legal: Sector, lead: User
) -> None:
    credential = cast.qualify(carol, house, legal, lead)
    held = Qualification.objects.get()
    evidence.revoke_qualification(qualification=held, by=lead)
    assert not allowed(carol, need(house, legal))
    with pytest.raises(AlreadyDone):
        evidence.revoke_qualification(qualification=held, by=lead)
    qualify(carol, house, legal, lead, credential)
    assert allowed(carol, need(house, legal))


def test_a_sector_is_qualified_for_once(carol: User, house: Organisation, legal: Sector, lead: User) -> None:
    credential = cast.qualify(carol, house, legal, lead)
    assert refusal_of_qualifying(carol, house, legal, lead, credential) == "already_done"


def test_nobody_verifies_their_own_credential(house: Organisation, legal: Sector, lead: User) -> None:
    credential = cast.credential_of(lead, legal)
    with pytest.raises(InvalidInput, match="own"):
        verify(credential, house, lead)


def test_a_verification_says_how(carol: User, house: Organisation, legal: Sector, lead: User) -> None:
    credential = cast.credential_of(carol, legal)
    with pytest.raises(InvalidInput):
        evidence.verify(credential=credential, organisation=house, by=lead, accepted=True, how=" ")


def test_a_credential_that_ends_before_it_begins_is_refused(carol: User, legal: Sector) -> None:
    with pytest.raises(InvalidInput) as refusal:
        cast.credential_of(carol, legal, valid_until=cast.LONG_AGO - timedelta(days=1))
    assert refusal.value.where == "valid_until"


def test_the_database_refuses_such_dates_too(carol: User, legal: Sector) -> None:
    cast.credential_of(carol, legal)
    with pytest.raises(IntegrityError):
        Credential.objects.update(valid_until=cast.LONG_AGO - timedelta(days=1))


@pytest.mark.parametrize("field", ["valid_from", "valid_until"])
@pytest.mark.parametrize("year", [1899, 2201])
def test_a_year_that_no_credential_has_is_refused(carol: User, legal: Sector, field: str, year: int) -> None:
    days: dict[str, Any] = {
        "valid_from": date(1900, 1, 1),
        "valid_until": date(2200, 12, 31),
        field: date(year, 6, 1),
    }
    with pytest.raises(InvalidInput) as refusal:
        evidence.add_credential(
            expert=evidence.expert_of(carol),
            by=carol,
            kind=CredentialKind.objects.filter(sector=legal)[0],
            issuer="The Bar",
            number="7",
            **days,
        )
    assert refusal.value.where == field


@pytest.mark.parametrize("blank", ["  ", "\u200b", "\u200d\u2060 \ufeff", "\u3164", "\u0301"])
@pytest.mark.parametrize("field", ["issuer", "number"])
def test_a_credential_needs_issuer_and_number(carol: User, legal: Sector, field: str, blank: str) -> None:
    values: dict[str, Any] = {"issuer": "The Bar", "number": "7", field: blank}
    with pytest.raises(InvalidInput) as refusal:
        evidence.add_credential(
            expert=evidence.expert_of(carol),
            by=carol,
            kind=CredentialKind.objects.filter(sector=legal)[0],
            valid_from=cast.LONG_AGO,
            valid_until=None,
            **values,
        )
    assert refusal.value.where == field


@pytest.mark.parametrize("content", [b"<html>", b"", b"MZ\x90"])
def test_a_file_that_is_no_document_is_refused(carol: User, legal: Sector, content: bytes) -> None:
    with pytest.raises(InvalidInput) as refusal:
        evidence.add_credential(
            expert=evidence.expert_of(carol),
            by=carol,
            kind=CredentialKind.objects.filter(sector=legal)[0],
            issuer="The Bar",
            number="7",
            valid_from=cast.LONG_AGO,
            valid_until=None,
            evidence=SimpleUploadedFile("licence.pdf", content),
        )
    assert refusal.value.where == "evidence"


def test_a_stored_file_is_not_named_after_the_person_s(carol: User, legal: Sector) -> None:
    stored = cast.credential_of(carol, legal, file=cast.PDF)
    assert "licence" not in str(stored.evidence.name)
    with stored.evidence.open("rb") as file:
        assert file.read() == cast.PDF


def test_evidence_is_seen_by_its_person_and_by_who_sees_the_work(
    carol: User, house: Organisation, legal: Sector, lead: User
) -> None:
    credential = cast.credential_of(carol, legal)
    dan = cast.person("dan")
    seen = [list(Credential.objects.visible_to(user)) for user in (carol, lead, dan)]
    assert seen == [[credential], [], []]
    for user in (carol, dan):
        grant(user=user, organisation=house, role=Role.ANNOTATOR, by=lead)
    seen = [list(Credential.objects.visible_to(user)) for user in (carol, lead, dan)]
    assert seen == [[credential], [credential], []]
    assert set(Expert.objects.visible_to(lead)) >= {credential.expert}


def test_every_decision_is_in_the_trail(carol: User, house: Organisation, legal: Sector, lead: User) -> None:
    cast.qualify(carol, house, legal, lead)
    evidence.revoke_qualification(qualification=Qualification.objects.get(), by=lead)
    told = set(AuditEvent.objects.values_list("action", flat=True))
    assert told >= {
        "credential.added",
        "credential.verified",
        "qualification.granted",
        "qualification.revoked",
    }
