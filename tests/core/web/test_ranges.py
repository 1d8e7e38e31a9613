"""Files in parts: what RFC 9110 says of ranges and conditions, and what a real server makes of it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from core.web.ranges import Download, Span, Unsatisfiable, respond, span_of

CONTENT = bytes(range(256)) * 4
TAG = '"0abc"'
FILE = Download("gold ü.jsonl", len(CONTENT), "0abc", lambda start, length: [CONTENT[start : start + length]])
sizes = st.integers(0, 2000)


@given(sizes, st.integers(0, 2500), st.integers(0, 2500))
def test_a_range_is_what_a_slice_is(size: int, first: int, last: int) -> None:
    content = bytes(index % 251 for index in range(size))
    header = f"bytes={first}-{last}"
    if last < first:
        assert span_of(header, size) is None
    elif first >= size:
        with pytest.raises(Unsatisfiable):
            span_of(header, size)
    else:
        span = span_of(header, size)
        assert span
        assert content[span.start : span.start + span.length] == content[first : last + 1]
        assert span.length == len(content[first : last + 1])
        assert span_of(f"bytes={first}-", size) == Span(first, size - first)


@given(sizes, st.integers(1, 2500))
def test_a_suffix_is_the_end_of_it(size: int, length: int) -> None:
    content = bytes(index % 251 for index in range(size))
    span = span_of(f"bytes=-{length}", size)
    if not size:
        assert span is None
    else:
        assert span
        assert content[span.start :] == content[-length:]
        assert span.start + span.length == size


@given(sizes, st.text("bytes=-,0123456789 \t;", max_size=40) | st.text(max_size=20))
def test_whatever_is_asked_lies_within_the_file(size: int, header: str) -> None:
    try:
        span = span_of(header, size)
    except Unsatisfiable:
        return
    assert span is None or (span.start >= 0 and span.length > 0 and span.start + span.length <= size)


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-0", Span(0, 1)),
        ("BYTES=0-0", Span(0, 1)),
        ("bytes= 5-6 ", Span(5, 2)),
        ("bytes=,5-6,", Span(5, 2)),
        ("bytes=0-" + "9" * 5000, Span(0, 100)),
        ("bytes=" + "0" * 5000 + "1-1", Span(1, 1)),
        ("bytes=0-1,5-6", None),  # several: the whole
        ("bytes=6-5", None),
        ("bytes=-", None),
        ("bytes=", None),
        ("bytes", None),
        ("items=0-5", None),
        ("bytes=+1-5", None),
        ("bytes=1-5-7", None),
        ("bytes=٣-٥", None),
    ],
)
def test_what_is_read_of_a_header(header: str, span: Span | None) -> None:
    assert span_of(header, 100) == span


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=-0", "bytes=" + "9" * 5000 + "-"])
def test_what_lies_behind_the_end_is_refused(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        span_of(header, 100)


def get(method: str = "GET", **headers: str) -> Any:
    return respond(
        RequestFactory().generic(
            method, "/", headers={name.replace("_", "-"): value for name, value in headers.items()}
        ),
        FILE,
    )


def test_the_whole_says_that_it_can_be_had_in_parts() -> None:
    sent = get()
    assert (sent.status_code, sent.getvalue()) == (200, CONTENT)
    assert sent["Accept-Ranges"] == "bytes"
    assert sent["ETag"] == TAG
    assert sent["Content-Length"] == "1024"
    assert sent["Content-Disposition"] == "attachment; filename*=utf-8''gold%20%C3%BC.jsonl"
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "Content-Range" not in sent


def test_a_part_says_where_it_stands() -> None:
    sent = get(Range="bytes=1000-")
    assert (sent.status_code, sent.getvalue()) == (206, CONTENT[1000:])
    assert sent["Content-Range"] == "bytes 1000-1023/1024"
    assert (sent["Content-Length"], sent["ETag"]) == ("24", TAG)


def test_what_lies_behind_the_end_is_answered_with_the_length() -> None:
    sent = get(Range="bytes=1024-")
    assert (sent.status_code, sent["Content-Range"]) == (416, "bytes */1024")
    assert sent.getvalue() == b""


@pytest.mark.parametrize(
    ("if_range", "status"),
    [(TAG, 206), ('"other"', 200), (f"W/{TAG}", 200), ("Sat, 21 Nov 2026 10:00:00 GMT", 200), ("0abc", 200)],
)
def test_a_part_of_another_content_is_never_mixed_in(if_range: str, status: int) -> None:
    assert get(Range="bytes=0-9", If_Range=if_range).status_code == status


def test_an_if_range_that_does_not_hold_makes_no_416() -> None:
    assert get(Range="bytes=5000-", If_Range='"other"').status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If_None_Match": TAG}, 304),
        ({"If_None_Match": f'"x", W/{TAG}'}, 304),
        ({"If_None_Match": "*"}, 304),
        ({"If_None_Match": '"x"'}, 200),
        ({"If_None_Match": ""}, 200),
        ({"If_Match": TAG}, 200),
        ({"If_Match": "*"}, 200),
        ({"If_Match": f"W/{TAG}"}, 412),
        ({"If_Match": '"x"', "If_None_Match": TAG}, 412),
        ({"If_None_Match": TAG, "Range": "bytes=0-1"}, 304),
    ],
)
def test_conditions_come_before_ranges(headers: dict[str, str], status: int) -> None:
    sent = get(**headers)
    assert (sent.status_code, sent["ETag"]) == (status, TAG)


def test_head_has_the_length_and_no_body_and_knows_no_ranges() -> None:
    sent = get("HEAD", Range="bytes=0-9")
    assert (sent.status_code, sent.getvalue(), sent["Content-Length"]) == (200, b"", "1024")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, bytes]]:
    """The file under gunicorn's threads, as `manage.py up` runs them; its address and content."""
    file = tmp_path_factory.mktemp("ranged") / "file"
    content = os.urandom(3_000_000)
    file.write_bytes(content)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    gunicorn = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "4"]
    process = subprocess.Popen(
        [*gunicorn, "--bind", f"127.0.0.1:{port}", "tests.core.web.ranged:application"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.getcwd(), "RANGED": str(file)},
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}/file", content
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


def test_over_a_connection_that_is_kept_answers_do_not_run_into_each_other(server: tuple[str, bytes]) -> None:
    address, content = server
    with _session() as caller:
        assert caller.head(address, timeout=20).headers["Content-Length"] == str(len(content))
        part = caller.get(address, headers={"Range": "bytes=10-19"}, timeout=20)
        assert (part.status_code, part.content) == (206, content[10:20])
        assert caller.get(address, headers={"Range": "bytes=9000000-"}, timeout=20).status_code == 416
        assert caller.get(address, headers={"If-None-Match": '"tag"'}, timeout=20).status_code == 304
        assert caller.get(address, timeout=20).content == content


def test_a_download_that_broke_off_goes_on_where_it_stopped(server: tuple[str, bytes]) -> None:
    address, content = server
    with _session() as caller, caller.get(address, stream=True, timeout=20) as broken:
        had = next(broken.iter_content(100_000))
        tag = broken.headers["ETag"]
    with _session() as caller:
        headers = {"Range": f"bytes={len(had)}-", "If-Range": tag}
        rest = caller.get(address, headers=headers, timeout=20)
    assert (rest.status_code, had + rest.content) == (206, content)
