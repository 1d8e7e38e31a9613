"""What a qualification rests on, for which items it is, and how a new one takes the place of an old one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.models import AuditEvent, Organisation, User
from core.organisations import create_organisation
from core.refusals import AlreadyDone, InvalidInput
from experts import evidence
from experts.eligibility import Requirement, who_may
from experts.models import Credential, Qualification, Sector
from tests import cast

PROJECT = 4711


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


def grant(carol: User, house: Organisation, by: User, **more: Any) -> Qualification:
    values: dict[str, Any] = {"sector": cast.sector(), "how": "grant", "reason": "ten years of leases"}
    expert = evidence.expert_of(carol)
    return evidence.qualify(expert=expert, organisation=house, by=by, **{**values, **more})


def verified(carol: User, house: Organisation, lead: User, **more: Any) -> Credential:
    credential = cast.credential_of(carol, cast.sector(), **more)
    evidence.verify(credential=credential, organisation=house, by=lead, accepted=True, how="register")
    return credential


def test_a_lead_s_grant_needs_no_credential(
    carol: User, house: Organisation, lead: User, legal: Sector
) -> None:
    made = grant(carol, house, lead)
    assert who_may(Requirement(house.pk, legal.pk, today())).filter(user=carol).exists()
    event = AuditEvent.objects.get(action="qualification.granted")
    assert event.changes == {"expert": made.expert.uid, "sector": "legal", "how": "grant"}


def test_one_for_a_project_lets_nobody_into_the_sector(
    carol: User, house: Organisation, lead: User, legal: Sector
) -> None:
    made = grant(carol, house, lead, project_id=PROJECT, kind="lease")
    assert not who_may(Requirement(house.pk, legal.pk, today())).filter(user=carol).exists()
    assert Qualification.objects.in_force(today()).get() == made
    event = AuditEvent.objects.get(action="qualification.granted")
    assert (event.project_id, event.changes["kind"]) == (PROJECT, "lease")
    evidence.revoke_qualification(qualification=made, by=lead)
    assert AuditEvent.objects.get(action="qualification.revoked").project_id == PROJECT


def test_an_exam_qualifies_without_a_person_deciding(carol: User, house: Organisation, lead: User) -> None:
    made = evidence.qualify(
        expert=evidence.expert_of(carol),
        organisation=house,
        sector=cast.sector(),
        by=None,
        how="exam",
        reason="18 of 20",
        project_id=PROJECT,
    )
    assert (made.granted_by, made.how) == (None, "exam")
    assert AuditEvent.objects.get(action="qualification.granted").actor_id is None


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"how": "credential"}, "credential"),
        ({"reason": " "}, "reason"),
        ({"how": "exam", "reason": ""}, "reason"),
        ({"kind": "lease"}, "kind"),
        ({"valid_until": date(2020, 1, 1)}, "valid_until"),
    ],
)
def test_what_does_not_hold_together_is_refused(
    carol: User, house: Organisation, lead: User, more: dict[str, Any], where: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        grant(carol, house, lead, **more)
    assert refused.value.where == where
    assert not Qualification.objects.exists()


def test_nobody_grants_to_themselves(house: Organisation, lead: User) -> None:
    with pytest.raises(InvalidInput, match="Nobody grants themselves"):
        grant(lead, house, lead)


def test_a_grant_that_names_a_credential_needs_a_usable_one(
    carol: User, house: Organisation, lead: User
) -> None:
    with pytest.raises(InvalidInput) as refused:
        grant(carol, house, lead, credential=cast.credential_of(carol, cast.sector()))
    assert refused.value.code == "credential_not_usable"


@pytest.mark.parametrize("more", [{}, {"project_id": PROJECT}, {"project_id": PROJECT, "kind": "lease"}])
def test_one_like_it_is_granted_once(
    carol: User, house: Organisation, lead: User, more: dict[str, Any]
) -> None:
    grant(carol, house, lead, **more)
    with pytest.raises(AlreadyDone):
        grant(carol, house, lead, **more)
    grant(carol, house, lead, project_id=PROJECT + 1)


def test_a_qualification_is_renewed_on_the_next_credential(
    carol: User, house: Organisation, lead: User
) -> None:
    old = verified(carol, house, lead, valid_until=today())
    first = grant(carol, house, lead, how="credential", credential=old)
    Credential.objects.filter(pk=old.pk).update(valid_until=today() - timedelta(days=1))
    new = verified(carol, house, lead, valid_from=today(), number="8")
    second = grant(carol, house, lead, how="credential", credential=new)
    first.refresh_from_db()
    assert first.revoked_at
    assert Qualification.objects.in_force(today()).get() == second
    told = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert told[-2:] == ["qualification.revoked", "qualification.granted"]
