"""The page of one's API keys: what is shown once, what is shown again, and what it says where keys are forbidden."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import keys
from core.callers import access_token, caller_by_legacy_key
from core.models import PersonalToken, User
from tests.cast import World, person

PAGE = reverse("core:keys")


@pytest.fixture
def carol(db: None) -> User:
    return person("carol")


@pytest.fixture
def browser_of_carol(carol: User) -> Client:
    client = Client()
    client.force_login(carol)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_token_is_shown_once(carol: User, browser_of_carol: Client) -> None:
    answer = browser_of_carol.post(reverse("core:token-make"))
    assert "no-store" in answer["Cache-Control"]
    (token,) = re.findall(r'value="(eyJ[^"]+)"', text(answer))
    assert access_token(token)
    page = browser_of_carol.get(PAGE)
    assert "no-store" in page["Cache-Control"]
    assert "eyJ" not in text(page)
    assert browser_of_carol.post(reverse("core:token-make")).status_code == 409


def test_a_token_is_revoked(carol: User, browser_of_carol: Client) -> None:
    token = keys.make_token(user=carol)
    assert f'value="{token.jti}"' in text(browser_of_carol.get(PAGE))
    answer = browser_of_carol.post(reverse("core:token-revoke"), {"token": token.jti}, follow=True)
    assert "The token is revoked." in text(answer)
    assert keys.tokens_of(carol) == []
    again = browser_of_carol.post(reverse("core:token-revoke"), {"token": token.jti})
    assert again.status_code == 404


def test_nobody_revokes_another_ones(carol: User, browser_of_carol: Client) -> None:
    other = keys.make_token(user=person("dan"))
    answer = browser_of_carol.post(reverse("core:token-revoke"), {"token": other.jti})
    assert answer.status_code == 404
    assert PersonalToken.objects.in_force().get() == other


def test_the_legacy_key_is_made_seen_and_reset(carol: User, browser_of_carol: Client) -> None:
    assert not re.search(r'value="[0-9a-f]{40}"', text(browser_of_carol.get(PAGE)))
    seen = []
    for _time in range(2):
        page = browser_of_carol.post(reverse("core:legacy-key-reset"), follow=True)
        seen += re.findall(r'value="([0-9a-f]{40})"', text(page))
    assert len(set(seen)) == 2
    assert caller_by_legacy_key(seen[1]) == carol
    assert keys.legacy_key(carol) == seen[1]


def test_opening_the_page_makes_nothing(carol: User, browser_of_carol: Client) -> None:
    browser_of_carol.get(PAGE)
    assert keys.legacy_key(carol) == ""
    assert keys.tokens_of(carol) == []


def test_what_an_organisation_forbids_is_not_offered(ours: World) -> None:
    client = Client()
    client.force_login(ours.lead)
    keys.make_token(user=ours.lead)
    keys.change_key_policy(
        organisation=ours.organisation,
        by=ours.owner,
        token_days=9,
        tokens_allowed=False,
        legacy_keys_allowed=False,
    )
    page = text(client.get(PAGE))
    assert "does not allow legacy keys" in page
    assert "this one opens nothing" in page
    assert client.post(reverse("core:legacy-key-reset")).status_code == 403
    PersonalToken.objects.all().delete()
    assert reverse("core:token-make") not in text(client.get(PAGE))
    assert client.post(reverse("core:token-make")).status_code == 403


def test_it_speaks_chinese(carol: User, browser_of_carol: Client) -> None:
    User.objects.filter(pk=carol.pk).update(language="zh-hans")
    page = text(browser_of_carol.get(PAGE))
    assert "API 密钥" in page
    assert "个人访问令牌" in page
