"""A server that answers oddly: sentences, and every call by the transport that was given."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from annotation.formats.label_studio.sdk import Server, ServerRefused

URL = "http://studio.example"
Answering = Callable[[httpx.Request], httpx.Response]


def _jwt(**claims: Any) -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts)
        + ".eA"
    )


REFRESH = _jwt(token_type="refresh", exp=int(time.time()) + 3600)


def server(answer: Answering, key: str = "legacy") -> Server:
    return Server(URL, key, httpx.Client(transport=httpx.MockTransport(answer), trust_env=False))


def always(status: int, content: bytes = b"", **headers: str) -> Answering:
    return lambda _request: httpx.Response(status, content=content, headers=headers)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (always(301, location="https://elsewhere.example/"), "moved to https://elsewhere.example/"),
        (always(200, b"<html>"), "no JSON"),
        (always(200, b""), "not what"),
        (always(200, b"[" * 100_000), "no JSON"),
        (always(200, b'{"detail": "x"}'), "not what"),
        (always(200, b"[1, null]"), "not what"),
        (always(200, b'[{"id": 1}]'), "not what"),
        (always(404, b'{"detail": "Nothing here."}'), "Nothing here."),
        (always(403, b"<html>no</html>"), "<html>no"),
    ],
)
def test_an_odd_answer_is_told_in_words(answer: Answering, words: str) -> None:
    with pytest.raises(ServerRefused, match=words):
        server(answer).users()


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"null",
        b'{"results": 5}',
        b'{"results": [5]}',
        b'{"tasks": [], "total": "x"}',
        b'{"tasks": [{}], "total": 1}',
    ],
)
def test_lists_that_are_none(content: bytes) -> None:
    odd = server(always(200, content))
    with pytest.raises(ServerRefused, match="not what"):
        list(odd.projects())
    with pytest.raises(ServerRefused, match="not what"):
        odd.tasks(1, 1, 100)


def test_a_personal_key_is_exchanged_by_the_same_transport() -> None:
    asked: list[tuple[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append((str(request.url), request.headers.get("Authorization", "")))
        if request.url.path == "/api/token/refresh/":
            return httpx.Response(200, json={"access": _jwt(exp=int(time.time()) + 300)})
        return httpx.Response(200, json=[])

    assert server(answer, REFRESH).users() == {}
    assert [url for url, _key in asked] == [f"{URL}/api/token/refresh/", f"{URL}/api/users/"]
    assert asked[1][1].startswith("Bearer ")


@pytest.mark.parametrize(
    "answer", [always(401, b'{"detail": "Token is blacklisted"}'), always(200, b"<html>"), always(200, b"{}")]
)
def test_a_personal_key_that_is_not_accepted(answer: Answering) -> None:
    with pytest.raises(ServerRefused):
        server(answer, REFRESH).users()


def test_a_personal_key_that_has_run_out() -> None:
    with pytest.raises(ServerRefused, match="expired"):
        server(always(200, b"[]"), _jwt(token_type="refresh", exp=1))


@pytest.mark.parametrize(
    ("status", "about"),
    [(400, True), (404, True), (401, False), (408, False), (429, False), (500, False), (504, False)],
)
def test_after_which_refusals_one_has_to_look(status: int, about: bool) -> None:
    assert ServerRefused(status, "").is_about_what_was_sent is about
