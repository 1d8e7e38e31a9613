"""Language, theme and name are remembered, and nothing else is let in."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import person


def test_the_language_is_remembered_with_the_person(db: None) -> None:
    user, client = person("newcomer"), Client()
    client.force_login(user)
    answer = client.post(reverse("core:language"), {"language": "zh-hans", "next": "/me/"})
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    user.refresh_from_db()
    assert user.language == "zh-hans"
    assert 'lang="zh-hans"' in client.get("/me/").content.decode()


def test_before_signing_in_a_cookie_remembers(db: None) -> None:
    client = Client()
    client.post(reverse("core:language"), {"language": "zh-hans"})
    client.post(reverse("core:theme"), {"theme": "dark"})
    page = client.get(reverse("account_login")).content.decode()
    assert 'lang="zh-hans" data-theme="dark"' in page
    client.post(reverse("core:theme"), {"theme": ""})
    assert "data-theme=" not in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize("wrong", ["tlh", "", "en'\"><script>"])
def test_what_is_not_offered_is_refused(db: None, wrong: str) -> None:
    assert Client().post(reverse("core:language"), {"language": wrong}).status_code == 400
    assert Client().post(reverse("core:theme"), {"theme": wrong or "blue"}).status_code == 400


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil", ""]
)
def test_nobody_is_sent_away(db: None, away: str) -> None:
    answer = Client().post(reverse("core:theme"), {"theme": "dark", "next": away})
    assert answer["Location"] == "/"


def test_a_forged_theme_cookie_does_not_break_out(db: None) -> None:
    client = Client()
    client.cookies["assay_theme"] = 'x"><script>alert(1)</script>'
    assert b"<script>alert" not in client.get(reverse("account_login")).content


def test_a_name_is_set_and_measured(db: None) -> None:
    user, client = person("newcomer"), Client()
    client.force_login(user)
    client.post(reverse("core:name"), {"name": " 江予澄 "})
    user.refresh_from_db()
    assert user.name == "江予澄"
    assert client.post(reverse("core:name"), {"name": "x" * 151}).status_code == 400


def test_a_page_that_is_not_there_is_still_a_page(db: None) -> None:
    answer = Client().get("/nothing/here")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()
