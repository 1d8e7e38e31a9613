"""Calls with a key: who comes in, who does not, and how that is said."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core import keys
from core.callers import access_token
from core.models import User
from tests.annotation.api.caller import checked
from tests.cast import Scene

PATH = "/api/v1/projects"


def call(authorization: str | None, *, method: str = "get", path: str = PATH, **more: Any) -> Any:
    """A call of a program, which has no session; CSRF is looked at as it is outside tests."""
    headers = {"Authorization": authorization} if authorization is not None else {}
    client = Client(enforce_csrf_checks=True)
    return checked(getattr(client, method)(path, headers=headers, **more))


def bearer(user: User) -> str:
    """The header of somebody's access token."""
    return f"Bearer {access_token(keys.token_text(keys.make_token(user=user)))}"


def test_a_key_opens_what_its_person_may_see(ours: Scene, foreign: Scene) -> None:
    for who in (ours.lead, foreign.owner):
        scene = ours if who is ours.lead else foreign
        for header in (f"Token {keys.show_legacy_key(user=who)}", bearer(who)):
            answer = call(header)
            assert [one["id"] for one in answer.json()["results"]] == [scene.project.uid]
            other = foreign if scene is ours else ours
            assert call(header, path=f"{PATH}/{other.project.uid}").status_code == 404


@pytest.mark.parametrize("keyword", ["token", "TOKEN", "Token "])
def test_the_keyword_is_read_in_any_case(ours: Scene, keyword: str) -> None:
    assert call(f"{keyword} {keys.show_legacy_key(user=ours.lead)}").status_code == 200


def test_writing_with_a_key_needs_no_csrf_token_and_with_a_session_it_does(ours: Scene) -> None:
    carol = ours.people["annotator"]
    body: dict[str, Any] = {"data": b'{"theme": "dark"}', "content_type": "application/json"}
    key = f"Token {keys.show_legacy_key(user=carol)}"
    assert call(key, method="put", path="/api/v1/me/preferences", **body).json()["theme"] == "dark"
    session = Client(enforce_csrf_checks=True)
    session.force_login(carol)
    answer = checked(session.put("/api/v1/me/preferences", **body))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_missing_credentials_are_401_with_a_challenge(db: None) -> None:
    answer = call(None)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")
    assert answer.json()["code"] == "not_logged_in"


@pytest.mark.parametrize(
    "header",
    [
        "Token",
        "Token ",
        "Token 0000000000000000000000000000000000000000",
        "Token a b",
        "Token \u00e9\u00ff",
        "Bearer",
        "Bearer x.y.z",
        "Bearer 0000000000000000000000000000000000000000",
    ],
)
def test_a_key_that_opens_nothing_is_401_and_says_so(db: None, header: str) -> None:
    answer = call(header)
    assert (answer.status_code, answer.json()["code"]) == (401, "key_refused")
    assert "not valid" in answer.json()["detail"]


@pytest.mark.parametrize("header", ["", "Basic YWxpY2U6eA==", "Digest x", "nonsense"])
def test_another_scheme_is_no_credential(db: None, header: str) -> None:
    assert call(header).json()["code"] == "not_logged_in"


def test_a_wrong_key_is_not_saved_by_a_session(ours: Scene) -> None:
    client = Client()
    client.force_login(ours.lead)
    assert client.get(PATH, headers={"Authorization": "Token no"}).status_code == 401
    assert client.get(PATH, headers={"Authorization": "Basic proxy"}).status_code == 200


def test_a_personal_access_token_is_no_access_token(ours: Scene) -> None:
    refresh = keys.token_text(keys.make_token(user=ours.lead))
    assert call(f"Bearer {refresh}").status_code == 401
    assert call(f"Token {refresh}").status_code == 401


def test_what_an_organisation_forbids_is_said(ours: Scene) -> None:
    key = keys.show_legacy_key(user=ours.lead)
    token = bearer(ours.lead)
    policy: dict[str, Any] = {"organisation": ours.organisation, "by": ours.owner, "token_days": 30}
    keys.change_key_policy(**policy, tokens_allowed=True, legacy_keys_allowed=False)
    assert "does not allow keys of this kind" in call(f"Token {key}").json()["detail"]
    assert call(token).status_code == 200


def test_a_script_uploads_and_reads_without_a_browser(ours: Scene) -> None:
    """As `docs/call.md` says."""
    key = f"Token {keys.show_legacy_key(user=ours.lead)}"
    place = f"{PATH}/{ours.project.uid}/batches"
    given = {"data": {"file": SimpleUploadedFile("a.jsonl", b'{"text": "A clause."}\n')}}
    assert call(key, method="post", path=place, **given).status_code == 201
