"""Organisations, members, invitations, the trail, webhooks, keys and what is stated of batches, over the API."""

from typing import Any

import pytest
from django.utils import timezone

from annotation.models import Item, QualityFinding, Webhook, WebhookDelivery
from core.key_forms import jti_of
from core.models import AuditEvent, Membership, Organisation, User
from core.organisations import grant, invitation_of
from core.roles import Role
from tests import cast
from tests.annotation.api.caller import Caller, refusal
from tests.cast import Scene


@pytest.fixture
def his(ours: Scene, as_: Any) -> Caller:
    """Bob, who leads."""
    caller: Caller = as_(ours.lead)
    return caller


@pytest.fixture
def hers(ours: Scene, as_: Any) -> Caller:
    """Alice, who owns."""
    caller: Caller = as_(ours.owner)
    return caller


def test_an_organisation_is_founded_and_changed_by_its_owner(ours: Scene, as_: Any) -> None:
    theirs = as_(cast.person("founder"))
    made = theirs.post("organisations", {"name": "New House", "default_licence": "MIT"})
    assert made.status_code == 201
    assert made.json()["roles"] == ["owner"]
    path = f"organisations/{made.json()['id']}"
    assert [one["name"] for one in theirs.get("organisations").json()["results"]] == ["New House"]
    assert theirs.get(path).json() == made.json()
    changed = theirs.put(f"{path}/settings", {"name": "Old House", "token_days": 30})
    assert (changed.json()["name"], changed.json()["default_licence"], changed.json()["token_days"]) == (
        "Old House",
        "MIT",
        30,
    )
    assert theirs.put(f"{path}/settings", {"token_days": 0}).json()["where"] == "token_days"
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"organisation.changed", "organisation.keys_changed"} <= actions
    assert refusal(theirs.post("organisations", {"name": " "}))[0] == 400
    assert Organisation.objects.get(name="Old House").secret not in str(changed.json())


def test_members_are_listed_by_role_and_change_it(ours: Scene, his: Caller, hers: Caller) -> None:
    path = f"organisations/{ours.organisation.uid}/members"
    assert len(his.get(path).json()["results"]) == 7
    [auditor] = his.get(f"{path}?role=auditor").json()["results"]
    assert (auditor["email"], auditor["whole"]) == (ours.people["auditor"].email, True)
    assert his.get(f"{path}?role=king").json()["where"] == "role"
    assert refusal(his.put(f"{path}/{auditor['id']}", {"role": "lead"})) == (403, "not_allowed")
    changed = hers.put(f"{path}/{auditor['id']}", {"role": "lead"}).json()
    assert (changed["role"], changed["person"]) == ("lead", auditor["person"])
    assert hers.call("delete", f"{path}/{changed['id']}").status_code == 204
    assert refusal(hers.call("delete", f"{path}/{changed['id']}"))[0] == 404
    [owner] = his.get(f"{path}?role=owner").json()["results"]
    assert refusal(hers.call("delete", f"{path}/{owner['id']}")) == (400, "last_owner")


def test_a_project_has_members_of_its_own(ours: Scene, his: Caller) -> None:
    guest = cast.person("guest")
    given = grant(
        user=guest,
        organisation=ours.organisation,
        role=Role.ANNOTATOR,
        by=ours.owner,
        project_id=ours.project.pk,
    )
    path = f"projects/{ours.project.uid}/members"
    listed = his.get(path).json()["results"]
    assert [one["person"] for one in listed if not one["whole"]] == [guest.uid]
    assert len(listed) == 8
    whole = next(one for one in listed if one["whole"])
    assert refusal(his.put(f"{path}/{whole['id']}", {"role": "lead"}))[0] == 404  # not from here
    assert his.put(f"{path}/{given.uid}", {"role": "contributor"}).json()["role"] == "contributor"
    assert his.put(f"{path}/{given.uid}", {"role": "contributor"}).status_code == 404  # it has ended


def test_an_invitation_is_made_and_taken_up(ours: Scene, his: Caller, as_: Any) -> None:
    path = f"projects/{ours.project.uid}/invitations"
    made = his.post(path, {"role": "annotator"})
    assert made.status_code == 201
    token = made.json()["link"].rstrip("/").rsplit("/", 1)[-1]
    assert invitation_of(token).project_id == ours.project.pk
    newcomer = cast.person("newcomer")
    offer = as_(newcomer).get(f"invitations/{token}").json()
    assert (offer["organisation"], offer["role"]) == (ours.organisation.name, "annotator")
    held = as_(newcomer).post(f"invitations/{token}")
    assert held.status_code == 201
    assert (held.json()["person"], held.json()["whole"]) == (newcomer.uid, False)
    assert [one["id"] for one in his.get(path).json()["results"]] == [made.json()["id"]]
    assert his.call("delete", f"{path}/{made.json()['id']}").status_code == 204
    assert his.get(path).json()["results"] == []
    assert refusal(as_(cast.person("late")).post(f"invitations/{token}")) == (404, "not_found")


def test_only_who_leads_sees_the_link_of_an_invitation(ours: Scene, his: Caller, as_: Any) -> None:
    path = f"organisations/{ours.organisation.uid}/invitations"
    assert (
        his.post(path, {"role": "annotator", "email": "New@Example.org"}).json()["email"] == "new@example.org"
    )
    [seen] = as_(ours.people["auditor"]).get(path).json()["results"]
    assert seen["link"] == ""
    assert his.get(path).json()["results"][0]["link"]
    assert refusal(his.post(path, {"role": "owner"})) == (403, "not_allowed")
    assert his.post(path, {"role": "king"}).json()["where"] == "role"
    assert his.post(path, {"role": "lead", "email": "nobody"}).json()["where"] == "email"


def test_the_trail_is_filtered(ours: Scene, his: Caller) -> None:
    for place in (f"projects/{ours.project.uid}", f"organisations/{ours.organisation.uid}"):
        path = f"{place}/audit"
        newest, *_rest = his.get(path).json()["results"]
        assert newest["at"]
        rows = his.get(f"{path}?action=annotation.submitted&person={ours.people['annotator'].uid}").json()
        assert {one["action"] for one in rows["results"]} == {"annotation.submitted"}
        assert {one["actor"]["id"] for one in rows["results"]} == {ours.people["annotator"].uid}
        assert his.get(f"{path}?day=2001-01-01").json() == {"results": [], "next": None}
        assert his.get(f"{path}?day=soon").json()["where"] == "day"
        assert his.get(f"{path}?person=nobody").json()["results"] == []
        assert his.get(f"{path}?who=x").json()["where"] == "who"
        assert his.get(f"{path}?after=x").json()["where"] == "after"


def test_a_webhook_is_made_changed_tested_and_deleted(ours: Scene, his: Caller) -> None:
    path = f"projects/{ours.project.uid}/webhooks"
    made = his.post(path, {"url": "https://hooks.example/", "headers": {"Authorization": "Token x"}})
    assert made.status_code == 201, made.content
    uid, secret = made.json()["id"], made.json()["secret"]
    assert secret == Webhook.objects.get(uid=uid).secret
    [listed] = his.get(path).json()["results"]
    assert listed["id"] == uid
    assert "secret" not in listed
    changed = his.put(f"{path}/{uid}", {"send_for_all_actions": False, "actions": ["ANNOTATION_CREATED"]})
    assert (changed.json()["actions"], changed.json()["url"]) == (
        ["ANNOTATION_CREATED"],
        "https://hooks.example/",
    )
    assert his.put(f"{path}/{uid}", {"is_active": False}).json()["is_active"] is False
    owed = his.post(f"{path}/{uid}/test")
    assert owed.status_code == 202
    assert [one["id"] for one in his.get(f"{path}/{uid}/deliveries").json()["results"]] == [owed.json()["id"]]
    assert his.get(f"{path}/{uid}/deliveries?state=failed").json()["results"] == []
    assert "body" not in his.get(f"{path}/{uid}/deliveries").json()["results"][0]
    assert his.call("delete", f"{path}/{uid}").status_code == 204
    assert not WebhookDelivery.objects.filter(uid=owed.json()["id"]).exists()


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "url"),
        ({"url": "https://a.example/", "actions": ["PROJECT_CREATED"]}, "actions"),
        ({"url": "https://a.example/", "headers": {"Host": "b"}}, "headers"),
        ({"url": "https://a.example/", "is_active": "perhaps"}, "is_active"),
    ],
)
def test_a_webhook_that_cannot_be_is_refused(
    ours: Scene, his: Caller, body: dict[str, Any], where: str
) -> None:
    response = his.post(f"projects/{ours.project.uid}/webhooks", body)
    assert (response.status_code, response.json()["where"]) == (400, where)


def test_a_webhook_to_ourselves_is_refused(ours: Scene, his: Caller) -> None:
    response = his.post(f"projects/{ours.project.uid}/webhooks", {"url": "http://127.0.0.1/"})
    assert response.status_code in {400, 403}
    assert not Webhook.objects.filter(project=ours.project).exists()


def test_keys_are_told_once(ours: Scene, his: Caller) -> None:
    assert his.get("me/keys").json() == {
        "token": None,
        "legacy": None,
        "allowed": {"tokens": True, "legacy_keys": True},
    }
    made = his.post("me/keys/token")
    assert made.status_code == 201
    assert made["Cache-Control"] == "no-store"
    assert jti_of(made.json()["token"]) == made.json()["id"]
    assert refusal(his.post("me/keys/token")) == (409, "token_exists")
    legacy = his.post("me/keys/legacy").json()["key"]
    assert his.post("me/keys/legacy").json()["key"] != legacy
    shown = his.get("me/keys").json()
    assert shown["token"]["id"] == made.json()["id"]
    assert made.json()["token"] not in str(shown)
    assert his.call("delete", "me/keys/token").status_code == 204
    assert refusal(his.call("delete", "me/keys/token"))[0] == 404


def test_one_s_name_is_one_s_own(ours: Scene, his: Caller) -> None:
    assert his.put("me/name", {"name": " Robert "}).json() == {"name": "Robert"}
    assert his.get("me/name").json() == {"name": "Robert"}
    assert User.objects.get(pk=ours.lead.pk).name == "Robert"
    assert his.put("me/name", {"name": "x" * 151}).json()["where"] == "name"


def test_a_batch_s_texts_are_checked_again_and_its_flags_listed(ours: Scene, his: Caller) -> None:
    path = f"batches/{ours.batch.uid}"
    seen = his.get(f"{path}/quality").json()
    assert (seen["number"], seen["texts"]) == (1, 4)
    assert [step["key"] for step in seen["steps"]][:2] == ["normal", "encoding"]
    again = his.post(f"{path}/quality")
    assert (again.status_code, again.json()["number"], again.json()["steps"]) == (202, 2, [])
    cast.drain()
    assert his.get(f"{path}/quality").json()["finished_at"]
    QualityFinding.objects.filter(batch=ours.batch).delete()
    item = Item.objects.filter(batch=ours.batch).order_by("pk")[0]
    flag = QualityFinding.objects.create(
        batch=ours.batch, step="near", item=item, code="nearly_same", params={"percent": 90}
    )
    nobody = {"outcome": "", "seen_by": None, "seen_at": None}
    told: dict[str, Any] = {
        "step": "near",
        "code": "nearly_same",
        "params": {"percent": 90},
        "item": item.uid,
    }
    told |= {"id": flag.pk, **nobody}
    assert his.get(f"{path}/flags").json() == {"results": [told], "next": None}
    assert his.get(f"{path}/flags?step=machine").json()["results"] == []
    assert his.get(f"{path}/flags?step=x").json()["where"] == "step"
    assert his.get(f"items/{item.uid}").json()["flags"][0]["code"] == "nearly_same"


def test_flags_of_personal_data_are_marked_by_who_leads(ours: Scene, his: Caller, as_: Any) -> None:
    texts = [{"text": "Call +44 20 7946 0958 or write to a@roe.org."}, {"text": "b@roe.org"}]
    batch = cast.bring(ours.project, ours.lead, cast.jsonl(texts))
    path = f"batches/{batch.uid}/flags"
    found = his.get(f"{path}?outcome=open").json()["results"]
    assert [one["code"] for one in found] == ["phone", "email", "email"]
    assert found[0]["params"] == {"count": 1, "places": [[5, 21]]}
    assert his.post(f"{path}/looked", {"outcome": "aside", "flags": [found[0]["id"]]}).json() == {
        "changed": 2
    }
    assert his.post(f"{path}/looked", {"outcome": "clear", "code": "email"}).json() == {"changed": 1}
    told = his.get(path).json()["results"]
    assert [one["outcome"] for one in told] == ["aside", "aside", "clear"]
    assert {one["seen_by"]["name"] for one in told} == {"Bob"}
    assert his.get(f"items/{told[0]['item']}").json()["flags"][0]["seen_at"]
    assert his.get(f"{path}?outcome=open").json()["results"] == []
    for wrong in (
        {"outcome": "clear"},
        {"outcome": "clear", "flags": []},
        {"outcome": "clear", "flags": [found[0]["id"]], "code": "email"},
        {"outcome": "clear", "flags": [10**12]},
        {"outcome": "clear", "flags": [0]},
    ):
        assert his.post(f"{path}/looked", wrong).json()["where"].startswith("flags"), wrong
    assert his.post(f"{path}/looked", {"outcome": "gone", "code": "email"}).json()["where"] == "outcome"
    auditor = as_(ours.people["auditor"])
    assert auditor.post(f"{path}/looked", {"outcome": "open", "code": "email"}).status_code == 403


def test_rights_are_stated_afterwards(ours: Scene, his: Caller, as_: Any) -> None:
    path = f"batches/{ours.batch.uid}/rights"
    assert his.post(path, {"licence": "MIT"}).json()["licence"] == "MIT"
    assert his.post(path, {}).json()["where"] == "licence"
    stated = his.post(f"batches/{ours.batch.uid}/deidentified", {"statement": "Names were replaced by us."})
    assert stated.json()["deidentified_at"]
    assert refusal(as_(ours.people["auditor"]).post(path, {"licence": "MIT"})) == (403, "not_allowed")


def test_a_contributor_states_rights_of_their_own_batch_only(ours: Scene, as_: Any) -> None:
    franks = as_(ours.people["contributor"])
    assert franks.post(f"batches/{ours.own_batch.uid}/rights", {"licence": "MIT"}).status_code == 200
    assert refusal(franks.post(f"batches/{ours.batch.uid}/rights", {"licence": "MIT"})) == (404, "not_found")


def test_roles_end_with_their_place(ours: Scene, as_: Any) -> None:
    frank = ours.people["contributor"]
    Membership.objects.filter(user=frank).update(ended_at=timezone.now())
    assert refusal(as_(frank).get(f"organisations/{ours.organisation.uid}")) == (404, "not_found")
