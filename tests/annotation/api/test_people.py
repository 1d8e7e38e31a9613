"""Credentials and the roster over the API: the same power as the pages."""

from typing import Any

import pytest

from experts.models import Qualification
from tests import cast
from tests.annotation.api.caller import refusal
from tests.cast import Scene


def test_a_lead_answers_a_credential(ours: Scene, as_: Any) -> None:
    user = ours.people["contributor"]
    claim = cast.credential_of(user, ours.project.sector)
    place = f"organisations/{ours.organisation.uid}/credentials"
    lead = as_(ours.lead)
    waiting = lead.get(f"{place}?state=submitted").json()
    assert [row["id"] for row in waiting["results"]] == [claim.uid]
    assert waiting["results"][0]["rivals"] is True
    told = lead.post(f"{place}/{claim.uid}/answer", {"decision": "verify", "how": "register"})
    assert (told.status_code, told.json()["state"]) == (201, "verified")
    made = lead.post(f"{place}/{claim.uid}/qualify", {"reason": "admitted"})
    assert (made.status_code, made.json()["sector"]) == (201, "legal")
    told = lead.post(f"{place}/{claim.uid}/answer", {"decision": "revoke", "how": "withdrawn"})
    assert told.json()["state"] == "revoked"
    assert not Qualification.objects.filter(credential=claim, revoked_at=None).exists()
    again = lead.post(f"{place}/{claim.uid}/answer", {"decision": "revoke", "how": "withdrawn"})
    assert refusal(again) == (409, "already_done")


def test_an_auditor_reads_and_does_not_answer(ours: Scene, as_: Any) -> None:
    place = f"organisations/{ours.organisation.uid}/credentials"
    auditor = as_(ours.people["auditor"])
    assert len(auditor.get(place).json()["results"]) == 3
    body = {"decision": "verify", "how": "register"}
    assert auditor.post(f"{place}/{ours.credential.uid}/answer", body).status_code == 403


def test_the_roster_is_filtered(ours: Scene, as_: Any) -> None:
    place = f"organisations/{ours.organisation.uid}/roster"
    lead = as_(ours.lead)
    names = [row["name"] for row in lead.get(f"{place}?sector=legal&qualified=true").json()["results"]]
    assert names == ["Carol", "Dan", "Erin"]
    assert lead.get(f"{place}?language=de").json() == {"results": [], "next": None}
    first = lead.get(f"{place}?limit=1").json()
    assert len(lead.get(f"{place}?after={first['next']}").json()["results"]) == 2
    assert lead.get(f"{place}?after=nobody").status_code == 400
    assert lead.get(f"{place}?qualified=maybe").status_code == 400


def test_a_foreign_organisation_does_not_exist(ours: Scene, foreign: Scene, as_: Any) -> None:
    for path in ("credentials", "roster"):
        assert as_(ours.owner).get(f"organisations/{foreign.organisation.uid}/{path}").status_code == 404


def test_a_person_replaces_their_profile(ours: Scene, as_: Any) -> None:
    caller = as_(ours.people["annotator"])
    profile = {
        "sectors": ["legal"],
        "specialities": ["leases"],
        "languages": [{"code": "en", "level": "C1"}],
        "jurisdictions": ["GB", "US-NY"],
        "hours_per_week": 6,
        "paused_until": "2030-01-31",
        "residence": "IE",
        "wants_letters": False,
    }
    assert caller.put("me/profile", profile).json() == profile
    assert caller.get("me/profile").json() == profile


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"sectors": ["astrology"]}, "sectors"),
        ({"jurisdictions": ["XX"]}, "jurisdictions"),
        ({"languages": [{"code": "tlh", "level": "C1"}]}, "languages"),
        ({"hours_per_week": 200}, "hours_per_week"),
        ({"residence": "EU"}, "residence"),
    ],
)
def test_a_profile_that_cannot_be_is_refused(
    ours: Scene, as_: Any, change: dict[str, Any], where: str
) -> None:
    answer = as_(ours.people["annotator"]).put("me/profile", change)
    assert (answer.status_code, answer.json()["where"]) == (400, where)
