"""Tokens as Label Studio's client manages them."""

import json
from typing import Any

import jwt
import pytest
from django.test import Client

from core import keys
from core.models import AuditEvent, Organisation, User
from tests.cast import Scene, person

ERROR_KEYS = {"id", "status_code", "version", "detail", "exc_info"}


class Program:
    """A program that calls with somebody's legacy key; every path is called with and without the final slash."""

    def __init__(self, user: User | None) -> None:
        self._headers = {"Authorization": f"Token {keys.show_legacy_key(user=user)}"} if user else {}

    def get(self, path: str) -> Any:
        return _told(Client().get(path, headers=self._headers))

    def post(self, path: str, body: Any = None) -> Any:
        """A call with a JSON body, or with none at all."""
        given: dict[str, Any] = (
            {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        )
        client = Client(enforce_csrf_checks=True)
        return _told(client.post(path, headers=self._headers, **given))


def _told(answer: Any) -> Any:
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/json"
        assert answer.json().keys() >= ERROR_KEYS
        assert answer.json()["status_code"] == answer.status_code
        assert answer.json()["detail"]
    return answer


@pytest.fixture
def carol(ours: Scene) -> User:
    return ours.people["annotator"]


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_token_is_made_listed_refreshed_rotated_and_ended(carol: User, slash: str) -> None:
    hers = Program(carol)
    made = hers.post(f"/api/token{slash}")
    assert made.status_code == 201
    token = made.json()["token"]
    assert jwt.decode(token, options={"verify_signature": False})["token_type"] == "refresh"
    assert hers.post(f"/api/token{slash}").status_code == 409

    listed = hers.get(f"/api/token{slash}").json()
    assert [one.keys() for one in listed] == [{"token", "created_at", "expires_at"}]
    assert token.startswith(listed[0]["token"] + ".")

    nobody = Program(None)
    access = nobody.post(f"/api/token/refresh{slash}", {"refresh": token}).json()["access"]
    whose = Client().get("/api/v1/me/preferences", headers={"Authorization": f"Bearer {access}"})
    assert whose.status_code == 200

    following = hers.post(f"/api/token/rotate{slash}", {"refresh": token}).json()["refresh"]
    assert nobody.post(f"/api/token/refresh{slash}", {"refresh": token}).status_code == 401
    assert nobody.post(f"/api/token/refresh{slash}", {"refresh": following}).status_code == 200

    (only,) = hers.get(f"/api/token{slash}").json()
    assert hers.post(f"/api/token/blacklist{slash}", {"refresh": only["token"]}).status_code == 204
    assert hers.get(f"/api/token{slash}").json() == []
    assert hers.post(f"/api/token/blacklist{slash}", {"refresh": following}).status_code == 404
    assert hers.post(f"/api/token/rotate{slash}", {"refresh": following}).status_code == 400
    assert hers.post(f"/api/token{slash}").status_code == 201


@pytest.mark.parametrize("garbage", ["garbage", "a.b.c", "é.é.é", "x" * 3999])
def test_garbage_is_refused(carol: User, garbage: str) -> None:
    assert Program(None).post("/api/token/refresh/", {"refresh": garbage}).status_code == 401
    assert Program(carol).post("/api/token/blacklist/", {"refresh": garbage}).status_code == 404
    assert Program(carol).post("/api/token/rotate/", {"refresh": garbage}).status_code == 400


@pytest.mark.parametrize("body", [{}, [], {"refresh": None}, {"refresh": {}}, {"refresh": ""}, "x", 7])
@pytest.mark.parametrize("path", ["refresh", "blacklist", "rotate"])
def test_a_body_without_a_token_is_400_and_names_the_field(carol: User, path: str, body: Any) -> None:
    answer = Program(carol).post(f"/api/token/{path}/", body)
    assert answer.status_code == 400
    assert answer.json()["validation_errors"]


def test_nobody_ends_another_ones_token(carol: User, ours: Scene) -> None:
    token = keys.token_text(keys.make_token(user=carol))
    for path, status in (("blacklist", 404), ("rotate", 400)):
        assert Program(ours.owner).post(f"/api/token/{path}", {"refresh": token}).status_code == status
    assert Program(None).post("/api/token/refresh", {"refresh": token}).status_code == 200


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_legacy_token_is_shown_and_reset(carol: User, slash: str) -> None:
    client = Client()
    client.force_login(carol)
    first = client.get(f"/api/current-user/token{slash}").json()["token"]
    assert client.get(f"/api/current-user/token{slash}").json() == {"token": first}
    hers = Program(carol)
    second = hers.post(f"/api/current-user/reset-token{slash}")
    assert second.status_code == 201
    assert second.json()["token"] != first
    assert hers.get(f"/api/current-user/token{slash}").status_code == 401
    assert Program(carol).get("/api/current-user/token").json() == second.json()


def test_missing_credentials_are_401_in_their_shape(db: None) -> None:
    for path in ("/api/token/", "/api/current-user/token", "/api/jwt/settings"):
        assert Program(None).get(path).status_code == 401


@pytest.mark.parametrize("slash", ["", "/"])
def test_an_owner_says_which_keys_are_allowed(ours: Scene, carol: User, slash: str) -> None:
    path = f"/api/jwt/settings{slash}"
    alice, hers = Program(ours.owner), Program(carol)
    kept = {"api_token_ttl_days": 365, "api_tokens_enabled": True, "legacy_api_tokens_enabled": True}
    assert hers.get(path).json() == alice.get(path).json() == kept
    assert hers.post(path, {"api_tokens_enabled": False}).status_code == 403
    changed = alice.post(path, {"api_tokens_enabled": False, "api_token_ttl_days": 30})
    assert changed.status_code == 200
    assert changed.json() == kept | {"api_tokens_enabled": False, "api_token_ttl_days": 30}
    assert hers.get(path).json() == changed.json()
    assert hers.post("/api/token/").status_code == 403
    assert AuditEvent.objects.filter(action="organisation.keys_changed").count() == 1
    alice.post(path, {"legacy_api_tokens_enabled": False})
    assert hers.get("/api/current-user/token").status_code == 401
    assert Organisation.objects.get(pk=ours.organisation.pk).token_days == 30


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("api_token_ttl_days", 0),
        ("api_token_ttl_days", 10**9),
        ("api_token_ttl_days", 10**400),
        ("api_token_ttl_days", "soon"),
        ("api_tokens_enabled", "perhaps"),
        ("legacy_api_tokens_enabled", None),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_its_field(ours: Scene, field: str, value: Any) -> None:
    answer = Program(ours.owner).post("/api/jwt/settings", {field: value})
    assert answer.status_code == 400
    assert [*answer.json()["validation_errors"]] == [field]


def test_who_belongs_nowhere_has_keys_but_no_rules_for_them(db: None) -> None:
    alone = Program(person("alone"))
    assert alone.get("/api/jwt/settings").status_code == 404
    assert alone.post("/api/token/").status_code == 201
