"""Signing keys over the API: the same power as the page."""

from typing import Any

from core import signing
from tests.annotation.api.caller import refusal
from tests.cast import Scene


def test_keys_are_listed_and_rotated(ours: Scene, as_: Any) -> None:
    place = f"organisations/{ours.organisation.uid}/signing-keys"
    [first] = as_(ours.lead).get(place).json()["results"]  # the scene's release is signed
    assert first["id"] == ours.release.key
    made = [as_(ours.owner).post(place, {}) for _time in range(2)]
    assert [one.status_code for one in made] == [201, 201]
    found = as_(ours.people["auditor"]).get(place).json()["results"]
    assert [row["id"] for row in found] == [made[1].json()["id"], made[0].json()["id"], first["id"]]
    assert [row["retired_at"] is None for row in found] == [True, False, False]
    assert found[0].keys() == {"id", "public", "pem", "created_at", "retired_at"}
    assert len(as_(ours.lead).get(f"{place}?limit=1").json()["results"]) == 1


def test_a_key_is_told_as_text(ours: Scene, as_: Any) -> None:
    key = signing.current_key(ours.organisation)
    place = f"organisations/{ours.organisation.uid}/signing-keys"
    answer = as_(ours.lead).get(f"{place}/{key.key_id}/pem")
    assert (answer["Content-Type"], answer.content.decode()) == ("text/plain", key.pem)
    assert refusal(as_(ours.lead).get(f"{place}/{'0' * 64}/pem")) == (404, "not_found")


def test_a_lead_does_not_rotate_and_an_annotator_does_not_look(ours: Scene, as_: Any) -> None:
    place = f"organisations/{ours.organisation.uid}/signing-keys"
    assert refusal(as_(ours.lead).post(place, {})) == (403, "not_allowed")
    assert refusal(as_(ours.people["annotator"]).get(place)) == (403, "not_allowed")
