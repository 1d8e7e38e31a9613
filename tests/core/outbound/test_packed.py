"""Compressed answers: unpacked with the limit in sight, and only where they were asked for."""

import gzip
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest

from core.outbound.calling import call
from core.outbound.refusing import AnswerTooLarge
from core.outbound.transport import GuardedTransport, Limits
from tests.core.outbound.servers import Server, says, serving

LIMITS = Limits(size=100_000)


@pytest.fixture(autouse=True)
def open_to_loopback(settings: Any) -> None:
    settings.ASSAY_OUTBOUND_ALLOW = ["127.0.0.1"]


def read(server: Server) -> bytes:
    with httpx.Client(transport=GuardedTransport(LIMITS), trust_env=False) as client:
        return client.get(server.url()).content


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 100_000])
def test_an_answer_is_unpacked_to_the_byte(size: int) -> None:
    whole = bytes(at * at % 251 for at in range(size))
    with serving(says(200, gzip.compress(whole), Content_Encoding="gzip")) as server:
        assert read(server) == whole
        assert server.received[0].headers["Accept-Encoding"] == "gzip"


def test_a_bomb_goes_no_further_than_the_limit() -> None:
    """A hundred kilobytes that are a hundred megabytes."""
    with (
        serving(says(200, gzip.compress(bytes(100_000_000)), Content_Encoding="gzip")) as server,
        pytest.raises(AnswerTooLarge),
    ):
        read(server)


def test_what_nobody_asked_for_is_not_unpacked() -> None:
    with serving(says(200, b"as it is", Content_Encoding="br")) as server:
        assert read(server) == b"as it is"
    with serving(says(200, gzip.compress(b"x"), Content_Encoding="gzip")) as server:
        assert call("GET", server.url()).body == gzip.compress(b"x")
        assert server.received[0].headers["Accept-Encoding"] == "identity"


def test_what_is_no_gzip_fails_in_words() -> None:
    with (
        serving(says(200, b"plain", Content_Encoding="gzip")) as server,
        pytest.raises(httpx.TransportError, match="unpacked"),
    ):
        read(server)


def test_headers_without_end_are_cut() -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            handler.wfile.write(b"X-A: " + b"a" * 4000 + b"\r\n")

    with serving(endless) as server, pytest.raises(httpx.TransportError):
        read(server)
