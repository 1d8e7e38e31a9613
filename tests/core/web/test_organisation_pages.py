"""Organisations: found, change, invite, join."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from core import organisations
from core.models import Invitation, Membership, Organisation, User
from tests.cast import World, drain, person


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_whoever_founds_an_organisation_owns_it(db: None) -> None:
    client = _as(person("newcomer"))
    assert client.post(reverse("core:organisation-new"), {"name": "  "}).status_code == 422
    made = client.post(reverse("core:organisation-new"), {"name": "Assay office"})
    organisation = Organisation.objects.get(name="Assay office")
    assert made["Location"] == reverse("core:organisation", args=[organisation.uid])
    assert client.get(made["Location"]).status_code == 200
    assert Membership.objects.get(organisation=organisation).role == "owner"


def test_only_owners_change_it(ours: World) -> None:
    address = reverse("core:organisation-settings", args=[ours.organisation.uid])
    assert _as(ours.lead).get(address).status_code == 403
    owner = _as(ours.owner)
    assert owner.post(address, {"name": ""}).status_code == 422
    owner.post(address, {"name": "New name", "default_licence": "CC0-1.0"})
    ours.organisation.refresh_from_db()
    assert ours.organisation.name == "New name"


def test_an_owner_says_which_keys_may_call(ours: World) -> None:
    address = reverse("core:key-policy", args=[ours.organisation.uid])
    owner = _as(ours.owner)
    refused = owner.post(address, {"tokens_allowed": "on", "token_days": "0"})
    assert refused.status_code == 400
    assert "from 1 to" in refused.content.decode()
    saved = owner.post(address, {"tokens_allowed": "on", "token_days": "30"})
    assert saved["Location"] == reverse("core:organisation-settings", args=[ours.organisation.uid])
    ours.organisation.refresh_from_db()
    policy = ours.organisation
    assert (policy.tokens_allowed, policy.token_days, policy.legacy_keys_allowed) == (True, 30, False)
    shown = owner.get(saved["Location"]).context["keys_form"].initial
    assert shown == {"tokens_allowed": True, "token_days": 30, "legacy_keys_allowed": False}


@pytest.mark.parametrize("broken", [b"%ED%A0%80", b"%FF"], ids=["a lone surrogate", "no UTF-8"])
def test_a_name_that_could_not_be_read_is_refused(db: None, broken: bytes) -> None:
    sent = _as(person("newcomer")).post(
        reverse("core:organisation-new"),
        b"name=Assay" + broken,
        content_type="application/x-www-form-urlencoded",
    )
    assert sent.status_code == 422
    assert "could not be read" in sent.content.decode()
    assert not Organisation.objects.exists()


def test_who_sees_the_work_sees_the_people(ours: World) -> None:
    address = reverse("core:organisation", args=[ours.organisation.uid])
    assert "carol@example.org" in _as(ours.people["auditor"]).get(address).content.decode()
    assert "carol@example.org" not in _as(ours.people["annotator2"]).get(address).content.decode()
    assert _as(person("stranger")).get(address).status_code == 404


def test_a_letter_carries_the_link_and_only_its_reader_can_use_it(ours: World) -> None:
    form = {"role": "annotator", "email": "New.Comer@example.org"}
    _as(ours.lead).post(reverse("core:invitations", args=[ours.organisation.uid]), form)
    assert not mail.outbox, "the request does not wait for a mail server"
    drain()
    [letter] = mail.outbox
    assert letter.to == ["new.comer@example.org"]
    link = next(word for word in letter.body.split() if "/invitations/" in word).removeprefix(
        settings.ASSAY_BASE_URL
    )
    assert _as(person("other")).post(link).status_code == 403
    newcomer = person("new.comer")
    assert "Join Alice" in _as(newcomer).get(link).content.decode()
    assert _as(newcomer).post(link).status_code == 302
    assert Membership.objects.current().filter(user=newcomer, role="annotator").exists()
    assert _as(newcomer).get(link).status_code == 404


def test_a_stranger_with_a_link_is_asked_to_sign_in_first(ours: World) -> None:
    made = organisations.invite(organisation=ours.organisation, role="auditor", by=ours.owner)
    link = reverse("core:invitation", args=[organisations.invitation_token(made)])
    client = Client()
    page = client.get(link).content.decode()
    assert reverse("account_signup") in page
    assert client.session["invitation"]
    assert client.post(link).status_code == 200
    assert not Membership.objects.filter(role="auditor").exclude(user=ours.people["auditor"]).exists()


@pytest.mark.parametrize("token", ["x", "abc:def", "a" * 300])
def test_a_wrong_link_is_missing(db: None, token: str) -> None:
    assert Client().get(reverse("core:invitation", args=[token])).status_code == 404


def test_a_withdrawn_link_is_missing(ours: World) -> None:
    made = organisations.invite(organisation=ours.organisation, role="auditor", by=ours.owner)
    link = reverse("core:invitation", args=[organisations.invitation_token(made)])
    address = reverse("core:invitation-revoke", args=[ours.organisation.uid, made.uid])
    assert _as(ours.people["annotator"]).post(address).status_code == 403
    _as(ours.lead).post(address)
    assert Client().get(link).status_code == 404
    assert not Invitation.objects.open().exists()


def test_the_last_owner_stays(ours: World) -> None:
    owner = Membership.objects.get(user=ours.owner, role="owner")
    address = reverse("core:member-end", args=[ours.organisation.uid, owner.uid])
    assert _as(ours.lead).post(address).status_code == 403
    refused = _as(ours.owner).post(address)
    assert refused.status_code == 400
    assert "An organisation needs an owner." in refused.content.decode()


def test_an_owner_changes_a_role(ours: World) -> None:
    member = Membership.objects.get(user=ours.people["auditor"])
    address = reverse("core:member-role", args=[ours.organisation.uid, member.uid])
    assert _as(ours.owner).post(address, {"role": "emperor"}).status_code == 400
    _as(ours.owner).post(address, {"role": "lead"})
    assert Membership.objects.current().get(user=ours.people["auditor"]).role == "lead"


def test_the_audit_trail_is_filtered(ours: World) -> None:
    client = _as(ours.people["auditor"])
    address = reverse("core:organisation-audit", args=[ours.organisation.uid])
    everything = client.get(address).context["trail"].lines
    granted = client.get(address, {"action": "qualification.granted"}).context["trail"].lines
    assert 0 < len(granted) < len(everything)
    assert {line.event.action for line in granted} == {"qualification.granted"}
    by_bob = client.get(address, {"person": ours.lead.uid}).context["trail"].lines
    assert {line.actor for line in by_bob} == {ours.lead}
    for nonsense in ({"day": "2026-99-99"}, {"day": "soon"}, {"person": "nobody"}, {"after": "x"}):
        assert client.get(address, nonsense).status_code == 200
    assert _as(ours.people["annotator"]).get(address).status_code == 403
