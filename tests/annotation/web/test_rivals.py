"""One number that two people claim: told wherever a lead looks at either, and both claims stay."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.organisations import create_organisation, grant
from core.roles import Role
from experts import evidence
from experts.models import Credential
from experts.rivals import rivals_among
from tests import cast
from tests.annotation.web.conftest import As
from tests.cast import World

SAID = "claimed by somebody else"


@pytest.fixture
def ours(fresh: World) -> World:
    """Every annotator of it has handed in the number 7 of the Bar."""
    return fresh


def expert_page(world: World, part: str) -> str:
    uid = evidence.expert_of(world.people[part]).uid
    return reverse("web:expert", args=[world.project.uid, uid])


def test_a_project_s_page_of_an_expert_names_who_else_claims_it(ours: World, as_: As) -> None:
    shown = as_("lead").get(expert_page(ours, "annotator")).content.decode()
    assert SAID in shown
    assert expert_page(ours, "annotator2") in shown
    assert expert_page(ours, "annotator") not in shown.split("notice warn")[1].split("</div>")[0]


def test_a_number_of_one_s_own_is_no_rival(ours: World, as_: As) -> None:
    user = ours.people["contributor"]
    for until in (cast.LONG_AGO, None):
        start = cast.LONG_AGO if until else cast.LONG_AGO.replace(year=2022)
        cast.credential_of(user, cast.sector(), number="88", valid_from=start, valid_until=until)
    assert SAID not in as_("lead").get(expert_page(ours, "contributor")).content.decode()


def test_somebody_out_of_sight_is_not_named(ours: World, as_: As) -> None:
    mallory = cast.person("trudy")
    create_organisation(name="Trudy's", by=mallory)
    user = ours.people["contributor"]
    for one in (user, mallory):
        cast.credential_of(one, cast.sector(), number="99")
    shown = as_("lead").get(expert_page(ours, "contributor")).content.decode()
    assert "outside of what you may see" in shown
    assert "Trudy" not in shown


def test_somebody_of_another_organisation_of_one_s_own_is_named_without_a_link(ours: World, as_: As) -> None:
    house = create_organisation(name="Second", by=ours.lead)
    walter = cast.person("walter")
    grant(user=walter, organisation=house, role=Role.ANNOTATOR, by=ours.lead)
    for one in (ours.people["contributor"], walter):
        cast.credential_of(one, cast.sector(), number="99")
    shown = as_("lead").get(expert_page(ours, "contributor")).content.decode()
    assert "Walter" in shown
    assert evidence.expert_of(walter).uid not in shown


def test_both_claims_are_kept_and_may_be_answered_apart(ours: World, as_: As) -> None:
    first, second = Credential.objects.filter(
        expert__user__in=[ours.people[p] for p in ("annotator", "annotator2")]
    )
    evidence.revoke(credential=first, organisation=ours.organisation, by=ours.lead, reason="it is Dan's")
    assert Credential.objects.verified_by(ours.organisation.pk).filter(pk=second.pk).exists()
    assert SAID in as_("lead").get(expert_page(ours, "annotator2")).content.decode()


def test_a_verified_claim_is_revoked_on_the_project_s_page(ours: World, as_: As) -> None:
    credential = Credential.objects.get(expert__user=ours.people["annotator"])
    lead, page = as_("lead"), expert_page(ours, "annotator")
    shown = lead.get(page).content.decode()
    assert 'value="revoke"' in shown
    address = reverse("web:verify", args=[ours.project.uid, credential.expert.uid, credential.uid])
    assert lead.post(address, {"accepted": "revoke", "how": "withdrawn"}).status_code == 302
    assert credential.verifications.filter(revoked=True).exists()
    assert 'value="revoke"' not in lead.get(page).content.decode()
    again = lead.post(address, {"accepted": "revoke", "how": "withdrawn"})
    assert again.status_code == 409
    assert "nothing to revoke" in again.content.decode()


def test_the_flag_costs_two_statements_however_many_claim(ours: World) -> None:
    claims = list(Credential.objects.all())
    with CaptureQueriesContext(connection) as statements:
        found = rivals_among(claims, ours.lead)
    assert len(statements) == 2
    assert {len(rivals.known) for rivals in found.values()} == {2}
