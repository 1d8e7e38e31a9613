"""Calls past the guard, to real servers."""

import socket
import ssl
import subprocess
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpcore
import httpx
import pytest

from core.outbound import guard, transport
from core.outbound.calling import call
from core.outbound.refusing import AddressRefused, AnswerTooLarge, CallFailed
from core.outbound.transport import Limits
from tests.core.outbound.servers import Resolver, says, serving

QUICK = Limits(connect=0.5, total=0.6, size=1000)


@pytest.fixture(autouse=True)
def open_to_loopback(settings: Any) -> None:
    settings.ASSAY_OUTBOUND_ALLOW = ["127.0.0.1"]


def test_a_call_brings_body_and_headers_and_returns_the_answer() -> None:
    with serving(says(201, b"thanks", X_Y="z")) as server:
        answer = call("POST", server.url("/in?a=1"), content=b"{}", headers={"X-A": "b"})
    (got,) = server.received
    assert (answer.status, answer.body, answer.is_whole, answer.headers["x-y"]) == (201, b"thanks", True, "z")
    assert (got.method, got.path, got.body, got.headers["X-A"]) == ("POST", "/in?a=1", b"{}", "b")
    assert got.headers["Host"] == f"127.0.0.1:{server.port}"


def test_nothing_is_sent_where_it_is_not_allowed(settings: Any) -> None:
    settings.ASSAY_OUTBOUND_ALLOW = []
    with serving(says(200)) as server, pytest.raises(AddressRefused):
        call("GET", server.url())
    assert server.received == []


def test_a_name_is_resolved_once_and_called_where_it_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = Resolver(["127.0.0.1"], ["10.0.0.1"])
    monkeypatch.setattr(guard, "lookup", resolver)
    with serving(says(200)) as server:
        assert call("GET", server.url(host="hooks.example")).status == 200
        assert server.received[0].headers["Host"] == f"hooks.example:{server.port}"
        assert resolver.asked == ["hooks.example"]
        with pytest.raises(AddressRefused, match=r"hooks\.example \(10\.0\.0\.1\)"):
            call("GET", server.url(host="hooks.example"))
    assert len(server.received) == 1


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(says(200)) as server:
        assert call("GET", server.url()).status == 200


@pytest.mark.parametrize(
    ("status", "method", "body"),
    [(301, "POST", b"x"), (302, "POST", b"x"), (307, "POST", b"x"), (303, "GET", b"")],
)
def test_a_redirect_is_followed(status: int, method: str, body: bytes) -> None:
    with serving(says(200)) as last, serving(says(status, Location=last.url("/there"))) as first:
        answer = call(
            "POST", first.url(), content=b"x", headers={"X-A": "b"}, private={"Authorization": "Token s"}
        )
    assert answer.status == 200
    assert (last.received[0].method, last.received[0].path, last.received[0].body) == (method, "/there", body)
    assert first.received[0].headers["Authorization"] == "Token s"
    assert "Authorization" not in last.received[0].headers
    assert last.received[0].headers["X-A"] == "b"


@pytest.mark.parametrize("to", ["http://127.0.0.2/", "http://[::1]/", "file:///etc/passwd", "//0xa.1/"])
def test_a_redirect_passes_the_guard_anew(to: str) -> None:
    with serving(says(302, Location=to)) as server, pytest.raises(AddressRefused):
        call("GET", server.url())


def test_a_redirect_that_is_no_address_fails_in_words() -> None:
    with serving(says(302, Location="http://[::")) as server, pytest.raises(CallFailed, match="Invalid URL"):
        call("GET", server.url())


def test_a_name_that_a_redirect_leads_to_is_looked_at_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "lookup", Resolver(["127.0.0.1"], ["169.254.169.254"]))
    with (
        serving(says(302, Location="http://inside.example/")) as server,
        pytest.raises(AddressRefused, match="169"),
    ):
        call("GET", server.url(host="outside.example"))


def test_three_redirects_are_followed_and_no_more() -> None:
    def chain(handler: BaseHTTPRequestHandler) -> None:
        left = int(handler.path.strip("/"))
        answer = says(302, Location=f"/{left - 1}") if left else says(200)
        answer(handler)

    with serving(chain) as server:
        assert call("GET", server.url("/3")).status == 200
        with pytest.raises(CallFailed, match="for ever"):
            call("GET", server.url("/4"))


def test_an_answer_that_dribbles_ends_with_the_time() -> None:
    def dribble(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b".")
            handler.wfile.flush()
            time.sleep(0.05)

    began = time.monotonic()
    with serving(dribble) as server, pytest.raises(CallFailed, match="time"):
        call("GET", server.url(), limits=QUICK)
    assert time.monotonic() - began < 3


def test_headers_that_never_come_end_with_the_time() -> None:
    with serving(lambda _handler: time.sleep(2)) as server, pytest.raises(CallFailed, match="time"):
        call("GET", server.url(), limits=QUICK)


def test_a_name_that_takes_for_ever_ends_with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_args: object, **_more: object) -> list[object]:
        time.sleep(3)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with pytest.raises(CallFailed, match="time"):
        call("GET", "http://slow.example/", limits=QUICK)


def test_an_endless_answer_is_cut() -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 4096)

    with serving(endless) as server:
        answer = call("GET", server.url(), limits=Limits(size=1000))
    assert (len(answer.body), answer.is_whole) == (1000, False)


def test_a_server_that_is_not_there_or_talks_nonsense_fails_in_words() -> None:
    with pytest.raises(CallFailed, match=r"127\.0\.0\.1: no connection"):
        call("GET", "http://127.0.0.1:9/")

    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"220 ftp ready\r\n")

    with serving(nonsense) as server, pytest.raises(CallFailed):
        call("GET", server.url())


def test_the_certificate_must_be_the_name_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    asked = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=hooks.example"
    )
    more = ["-addext", "subjectAltName=DNS:hooks.example", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(["openssl", *asked.split(), *more], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    trusting = httpcore.default_ssl_context()
    trusting.load_verify_locations(cert)
    monkeypatch.setattr(guard, "lookup", Resolver(["127.0.0.1"]))
    with serving(says(302, Location="http://127.0.0.1:1/"), context) as server:
        url = server.url(host="hooks.example").replace("http:", "https:")
        with pytest.raises(CallFailed, match="certificate"):
            call("GET", url)
        monkeypatch.setattr(transport, "tls", lambda: trusting)
        with pytest.raises(AddressRefused, match="without encryption"):
            call("GET", url)
        with pytest.raises(CallFailed, match="certificate"):
            call("GET", url.replace("hooks", "other"))


def test_a_client_that_somebody_else_made_passes_the_guard_too() -> None:
    guarded = transport.GuardedTransport(Limits(size=10))
    with (
        serving(says(302, Location="http://127.0.0.2/")) as inwards,
        serving(says(200, b"x" * 11)) as large,
        httpx.Client(transport=guarded, trust_env=False, follow_redirects=True) as client,
    ):
        with pytest.raises(AddressRefused):
            client.get(inwards.url())
        with pytest.raises(AnswerTooLarge):
            client.get(large.url())
