"""Who calls too often is told to wait; who counts is the broker, and without it every call goes through."""

import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from core import asides
from core.keys import show_legacy_key
from tests.annotation.api.caller import checked
from tests.cast import Scene


@pytest.fixture
def limits(counting: str, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> LazySettings:
    settings.CELERY_BROKER_URL = counting
    monkeypatch.setattr(asides, "asked_again_at", 0.0)
    settings.ASSAY_RATE_KEYS, settings.ASSAY_RATE_PAGES, settings.ASSAY_RATE_ANONYMOUS = 3, 5, 2
    return settings


def script(user: Any) -> Client:
    return Client(headers={"Authorization": f"Token {show_legacy_key(user=user)}"})


def test_a_key_has_a_limit(ours: Scene, limits: LazySettings) -> None:
    client = script(ours.lead)
    calls = [checked(client.get("/api/v1/projects")) for _ in range(4)]
    assert [one.status_code for one in calls] == [200, 200, 200, 429]
    assert calls[0]["RateLimit-Policy"] == '"calls";q=3;w=60'
    assert [one["RateLimit"].split(";")[1] for one in calls] == ["r=2", "r=1", "r=0", "r=0"]
    assert calls[3].json()["code"] == "throttled"
    assert 1 <= int(calls[3]["Retry-After"]) <= 60
    assert calls[3]["Retry-After"] in calls[3].json()["action"]
    # Somebody else's calls, and the person's own pages, are counted by themselves.
    assert script(ours.owner).get("/api/v1/projects").status_code == 200
    page = Client()
    page.force_login(ours.lead)
    assert [page.get("/api/v1/projects").status_code for _ in range(6)] == [200] * 5 + [429]


def test_the_label_studio_api_says_it_in_its_own_form(ours: Scene, limits: LazySettings) -> None:
    client = script(ours.people["annotator"])
    calls = [client.get("/api/projects") for _ in range(4)]
    assert [one.status_code for one in calls] == [200, 200, 200, 429]
    assert calls[3].json()["status_code"] == 429
    assert calls[3]["Retry-After"]


def test_who_is_nobody_is_counted_by_address(ours: Scene, limits: LazySettings) -> None:
    client = Client(REMOTE_ADDR="192.0.2.1", headers={"Authorization": "Token 0"})
    assert [client.get("/api/v1/projects").status_code for _ in range(3)] == [401, 401, 429]
    assert Client(REMOTE_ADDR="192.0.2.1").get("/api/schema").status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.2").get("/api/v1/projects").status_code == 401


def test_a_throttled_call_keeps_no_answer(ours: Scene, limits: LazySettings) -> None:
    client = script(ours.people["annotator2"])
    body = {"kind": "matter", "name": "Re Nobody"}
    limits.ASSAY_RATE_KEYS = 1
    client.get("/api/v1/projects")
    sent: dict[str, Any] = {"content_type": "application/json", "headers": {"Idempotency-Key": "one"}}
    assert client.post("/api/v1/conflicts", body, **sent).status_code == 429
    limits.ASSAY_RATE_KEYS = 100
    assert client.post("/api/v1/conflicts", body, **sent).status_code == 201


def test_without_a_limit_or_a_broker_every_call_goes_through(
    ours: Scene, limits: LazySettings, tmp_path: Path
) -> None:
    client = script(ours.people["adjudicator"])
    limits.ASSAY_RATE_KEYS = 0
    answers = [client.get("/api/v1/projects") for _ in range(5)]
    assert {one.status_code for one in answers} == {200}
    assert "RateLimit" not in answers[0]
    limits.ASSAY_RATE_KEYS = 1
    limits.CELERY_BROKER_URL = f"redis+socket://{tmp_path}/nobody.sock"
    begun = time.monotonic()
    assert {client.get("/api/v1/projects").status_code for _ in range(5)} == {200}
    assert asides.asked_again_at > begun  # and it is not asked again with every call
    limits.CELERY_BROKER_URL = "memory://"
    assert client.get("/api/v1/projects").status_code == 200


def test_guessing_a_password_has_a_limit_of_its_own(ours: Scene) -> None:
    client = Client(REMOTE_ADDR="192.0.2.9")
    tried = {"login": ours.lead.email, "password": "wrong"}
    pages = [client.post("/accounts/login/", tried).content.decode() for _ in range(7)]
    assert "Too many" not in pages[0]
    assert "Too many" in pages[-1]
