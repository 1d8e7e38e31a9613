"""What a person prefers, over the API; and what was chosen before signing in."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import User
from tests.annotation.api.caller import refusal
from tests.cast import Scene

PATH = "me/preferences"
KEPT = {"single_keys": True, "word_snap": False, "keys": {}, "language": "", "theme": ""}


def test_what_is_left_out_stays(ours: Scene, as_: Any) -> None:
    carol = as_(ours.people["annotator"])
    assert carol.get(PATH).json() == KEPT
    assert carol.put(PATH, {"keys": {"work.skip": "shift+g", "look.why": ""}}).status_code == 200
    carol.put(PATH, {"single_keys": False, "theme": "dark"})
    carol.put(PATH, {"language": "zh-hans"})
    want = {
        "single_keys": False,
        "word_snap": False,
        "keys": {"work.skip": "shift+g", "look.why": ""},
        "language": "zh-hans",
        "theme": "dark",
    }
    assert carol.get(PATH).json() == want
    assert as_(ours.lead).get(PATH).json() == KEPT


def test_a_key_changes_alone_so_that_two_tabs_lose_none(ours: Scene, as_: Any) -> None:
    carol = as_(ours.people["annotator"])
    carol.put(PATH, {"keys": {"work.skip": "k", "look.why": ""}})
    answer = carol.put(PATH, {"keys": {"label/p/问题/标签 一": "ctrl+alt+shift+f12"}})
    assert answer.json()["keys"] == {
        "work.skip": "k",
        "look.why": "",
        "label/p/问题/标签 一": "ctrl+alt+shift+f12",
    }
    carol.put(PATH, {"keys": {"work.skip": None, "look.why": None, "nothing": None}})
    assert carol.get(PATH).json()["keys"] == {"label/p/问题/标签 一": "ctrl+alt+shift+f12"}


def test_keys_do_not_become_too_many_bit_by_bit(ours: Scene, as_: Any) -> None:
    carol = as_(ours.people["annotator"])
    assert carol.put(PATH, {"keys": {f"a{number}": "k" for number in range(500)}}).status_code == 200
    assert refusal(carol.put(PATH, {"keys": {"one.more": "k"}}))[0] == 400
    assert carol.put(PATH, {"keys": {"a0": None, "one.more": "k"}}).status_code == 200
    assert len(carol.get(PATH).json()["keys"]) == 500


@pytest.mark.parametrize(
    "wrong",
    [
        {"single_keys": "perhaps"},
        {"language": "xx"},
        {"theme": "blue"},
        {"keys": []},
        {"keys": {"work.skip": ["k"]}},
        {"keys": None},
        {"keys": {"work.skip": "a b"}},
        {"keys": {"work.skip": "ctrl+ctrl+ctrl+ctrl+k"}},
        {"keys": {"": "k"}},
        {"keys": {"x" * 251: "k"}},
        {"keys": {"a\u0000b": "k"}},
        {"keys": {str(number): "k" for number in range(501)}},
    ],
)
def test_what_cannot_be_kept_is_refused(ours: Scene, as_: Any, wrong: dict[str, Any]) -> None:
    carol = as_(ours.people["annotator"])
    assert refusal(carol.put(PATH, wrong))[0] == 400
    assert carol.get(PATH).json() == KEPT


def test_the_editor_brings_them_without_asking(ours: Scene, as_: Any) -> None:
    carol = ours.people["annotator"]
    as_(carol).put(PATH, {"keys": {"work.skip": "shift+g"}})
    client = Client()
    client.force_login(carol)
    page = client.get(reverse("web:label", args=[ours.assignment.uid])).content.decode()
    assert '<script id="preferences" type="application/json">{"keys": {"work.skip": "shift+g"}' in page


def test_what_was_chosen_before_signing_in_becomes_the_persons_own(db: None) -> None:
    user = User.objects.create_user("new@example.org", "a long password 1")
    client = Client()
    client.post(reverse("core:language"), {"language": "zh-hans"})
    client.post(reverse("core:theme"), {"theme": "dark"})
    given = {"login": "new@example.org", "password": "a long password 1"}
    assert client.post(reverse("account_login"), given).status_code == 302
    user.refresh_from_db()
    assert (user.language, user.theme) == ("zh-hans", "dark")
    other = Client()
    other.post(reverse("core:language"), {"language": "en"})
    other.post(reverse("account_login"), given)
    user.refresh_from_db()
    assert user.language == "zh-hans"
    assert 'lang="zh-hans"' in other.get(reverse("web:home")).content.decode()
