"""People of a project: roles, invitations, evidence and the decision that rests on it."""

import pytest
from django.urls import reverse

from core.models import Invitation, Membership
from experts.evidence import expert_of
from experts.models import Credential, Qualification
from tests.annotation.web.conftest import As
from tests.cast import PDF, World, credential_of, person


@pytest.fixture
def ours(fresh: World) -> World:
    return fresh


def _with_a_claim(ours: World) -> list[str]:
    from core.organisations import grant

    newcomer = person("newcomer")
    grant(user=newcomer, organisation=ours.organisation, role="annotator", by=ours.owner)
    credential = credential_of(newcomer, ours.project.sector, file=PDF)
    return [ours.project.uid, expert_of(newcomer).uid, credential.uid]


def test_a_link_into_the_project_is_made_shown_and_withdrawn(ours: World, as_: As) -> None:
    client, here = as_("lead"), ours.project.uid
    assert client.post(reverse("web:invite", args=[here]), {"role": "annotator"}).status_code == 302
    invitation = Invitation.objects.get(project_id=ours.project.pk)
    page = client.get(reverse("web:people", args=[here])).content.decode()
    assert f"/invitations/{invitation.uid}:" in page
    client.post(reverse("web:invitation-revoke", args=[here, invitation.uid]))
    assert (
        f"/invitations/{invitation.uid}:"
        not in client.get(reverse("web:people", args=[here])).content.decode()
    )


@pytest.mark.parametrize("form", [{"role": "emperor"}, {"role": "annotator", "email": "not an address"}, {}])
def test_a_wrong_invitation_is_refused(ours: World, as_: As, form: dict[str, str]) -> None:
    assert as_("lead").post(reverse("web:invite", args=[ours.project.uid]), form).status_code == 422
    assert not Invitation.objects.exists()


def test_a_lead_makes_no_owners(ours: World, as_: As) -> None:
    assert (
        as_("lead").post(reverse("web:invite", args=[ours.project.uid]), {"role": "owner"}).status_code == 403
    )


def test_roles_in_the_project_are_changed_and_taken_away(ours: World, as_: As) -> None:
    from core.organisations import grant

    member = grant(
        user=person("newcomer"),
        organisation=ours.organisation,
        project_id=ours.project.pk,
        role="annotator",
        by=ours.lead,
    )
    client, here = as_("lead"), ours.project.uid
    wrong = client.post(reverse("web:member-role", args=[here, member.uid]), {"role": "emperor"})
    assert wrong.status_code == 400
    client.post(reverse("web:member-role", args=[here, member.uid]), {"role": "auditor"})
    now = Membership.objects.current().get(project_id=ours.project.pk)
    assert now.role == "auditor"
    client.post(reverse("web:member-end", args=[here, now.uid]))
    assert not Membership.objects.current().filter(project_id=ours.project.pk).exists()
    assert client.post(reverse("web:member-end", args=[here, now.uid])).status_code == 404


def test_a_role_in_the_whole_organisation_is_not_changed_from_a_project(ours: World, as_: As) -> None:
    owner = Membership.objects.get(user=ours.owner, role="owner")
    assert as_("lead").post(reverse("web:member-end", args=[ours.project.uid, owner.uid])).status_code == 404


def test_a_claim_is_verified_and_the_expert_qualified(ours: World, as_: As) -> None:
    here = _with_a_claim(ours)
    project, expert, _credential = here
    client = as_("lead")
    assert "1 credential" in client.get(reverse("web:people", args=[project])).content.decode()
    refused = client.post(reverse("web:verify", args=here), {"accepted": "yes", "how": ""})
    assert refused.status_code == 422
    assert (
        client.post(reverse("web:verify", args=here), {"accepted": "yes", "how": "register"}).status_code
        == 302
    )
    form = {"credential": Credential.objects.get(expert__uid=expert).pk, "reason": "admitted"}
    assert client.post(reverse("web:qualify", args=[project, expert]), form).status_code == 302
    held = Qualification.objects.get(expert__uid=expert)
    again = client.post(reverse("web:qualify", args=[project, expert]), form)
    assert again.status_code == 409
    assert "qualified in this sector already" in again.content.decode()
    client.post(reverse("web:revoke", args=[project, expert, held.uid]))
    held.refresh_from_db()
    assert held.revoked_at is not None
    assert client.post(reverse("web:revoke", args=[project, expert, held.uid])).status_code == 409


def test_a_rejected_claim_qualifies_nobody(ours: World, as_: As) -> None:
    here = _with_a_claim(ours)
    client = as_("lead")
    client.post(reverse("web:verify", args=here), {"accepted": "no", "how": "no such number"})
    page = client.get(reverse("web:expert", args=here[:2])).content.decode()
    assert "rejected" in page
    assert "Verify one first." in page
    assert (
        client.post(reverse("web:qualify", args=here[:2]), {"credential": 1, "reason": "x"}).status_code
        == 422
    )


def test_evidence_is_for_its_owner_and_for_who_may_verify_it(ours: World, as_: As) -> None:
    credential = Credential.objects.get(expert__user=ours.people["annotator"])
    address = reverse("web:evidence", args=[credential.uid])
    expected = {
        "annotator": 200,
        "lead": 200,
        "auditor": 200,
        "annotator2": 404,
        "contributor": 404,
        "mallory": 404,
    }
    found = {part: as_(part).get(address) for part in expected}
    assert {part: answer.status_code for part, answer in found.items()} == expected
    assert found["lead"]["Content-Disposition"].startswith("attachment")
    assert found["lead"].getvalue() == PDF
