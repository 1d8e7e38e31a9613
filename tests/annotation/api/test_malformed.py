"""Whatever is sent: a clear 4xx, never a 500, and nothing changed."""

import json
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.models import Annotation, Draft
from core.models import AuditEvent
from tests import cast
from tests.annotation.api.caller import Caller, refusal
from tests.cast import Scene

BODIES: dict[str, bytes] = {
    "no JSON": b"{",
    "nothing": b"",
    "a list": b"[]",
    "a number": b"5",
    "a string": b'"x"',
    "null": b"null",
    "NaN": b'{"result": NaN}',
    "infinity": b'{"result": [], "seconds": 1e999}',
    "a hidden infinity": b'{"result": [{"x": -1e999}], "hashes": {}}',
    "a lone surrogate": b'{"result": "\\ud800", "reason": "\\udfff", "rationale": "\\ud800"}',
    "a lone surrogate as a key": b'{"result": [], "\\ud800": 1}',
    "a NUL": b'{"result": "\\u0000", "reason": "\\u0000", "rationale": "\\u0000"}',
    "a NUL as a key": b'{"result": [], "hashes": {"\\u0000": "x"}}',
    "not UTF-8": b'{"result": "\xff"}',
    "UTF-16": '{"result": []}'.encode("utf-16"),
    "a key twice": b'{"result": [], "result": [1]}',
    "a number of 5,000 digits": b'{"revision": ' + b"9" * 5000 + b', "result": []}',
    "a number of 400 digits": b'{"revision": '
    + b"9" * 400
    + b', "result": {}, "seconds": '
    + b"9" * 400
    + b"}",
    "too deep": b'{"result": ' + b"[" * 90 + b"]" * 90 + b"}",
    "far too deep": b'{"result": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "an empty object": b"{}",
    "wrong types": b'{"result": 5, "revision": "x", "seconds": [], "hashes": 3, "reason": {}, "rationale": 1}',
    "nulls": b'{"result": null, "revision": null, "seconds": null, "hashes": null, "reason": null, "rationale": null}',
}
WRITES = ("draft", "submit", "skip", "decide")


def paths(ours: Scene) -> dict[str, tuple[str, str, str]]:
    """Method, path and part of each write with a body."""
    work, dispute = f"assignments/{ours.assignment.uid}", f"disputes/{ours.dispute.uid}"
    return {
        "draft": ("put", f"{work}/draft", "annotator"),
        "submit": ("post", f"{work}/submit", "annotator"),
        "skip": ("post", f"{work}/skip", "annotator"),
        "decide": ("post", f"{dispute}/decide", "adjudicator"),
    }


def send(ours: Scene, write: str, body: bytes) -> Any:
    method, path, part = paths(ours)[write]
    return Caller(ours.people[part]).call(method, path, body)


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_cannot_be_used_is_refused(ours: Scene, write: str, name: str) -> None:
    before = AuditEvent.objects.count()
    response = send(ours, write, BODIES[name])
    assert 400 <= response.status_code < 500
    assert AuditEvent.objects.count() == before
    assert Draft.objects.get(assignment=ours.assignment).revision == 1


@pytest.mark.parametrize("write", WRITES)
def test_a_body_that_is_too_large_is_refused(ours: Scene, write: str) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        assert refusal(send(ours, write, b" " * 1001)) == (413, "too_large")


def test_another_media_type_is_refused(ours: Scene) -> None:
    caller = Caller(ours.people["annotator"])
    response = caller.upload(f"assignments/{ours.assignment.uid}/skip", reason="unclear")
    assert refusal(response) == (415, "unsupported_media_type")


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ["", "verdict", "text", "choices", "breach", "labels", "x" * 300, "😀", "\r\n", "-1", "1e9"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "result",
                    "revision",
                    "seconds",
                    "hashes",
                    "reason",
                    "note",
                    "rationale",
                    "clause",
                    "schema_version",
                    "from_name",
                    "to_name",
                    "type",
                    "value",
                    "text",
                    "choices",
                    "start",
                    "end",
                    "id",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
VALUES = st.sampled_from(["choices", "labels", "rating", "number", "textarea"])
REGION = st.fixed_dictionaries(
    {},
    optional={
        "id": ODD,
        "from_name": st.sampled_from(["verdict", "topics", "span", "stars", "amount", "note"]) | ODD,
        "to_name": st.just("text") | ODD,
        "type": VALUES | ODD,
        "value": st.dictionaries(
            st.sampled_from(["choices", "labels", "rating", "number", "text", "start", "end"]),
            ODD | st.lists(st.sampled_from(["breach", "Party", "price"]), max_size=3),
            max_size=4,
        )
        | ODD,
    },
)
BODY = (
    st.fixed_dictionaries(
        {"result": st.lists(REGION, max_size=4)},
        optional={
            "revision": st.integers(-2, 2**70) | ODD,
            "seconds": ODD,
            "hashes": ODD,
            "reason": st.sampled_from(["unclear", "other"]) | ODD,
            "note": ODD,
            "rationale": ODD,
            "clause": ODD,
            "schema_version": ODD,
            "guideline_version": ODD,
        },
    )
    | ODD
)


@pytest.mark.parametrize("write", WRITES)
@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(body=BODY)
def test_no_json_is_a_defect(ours: Scene, write: str, body: Any) -> None:
    send(ours, write, json.dumps(body).encode())  # `Caller` looks at the form of every answer


@pytest.mark.parametrize(
    "uid", ["x", "0", "-1", "A" * 500, "😀", "..", "a%00b", "%20", "null", "undefined", "1e9", "%ff"]
)
def test_an_id_that_is_none_is_not_found(ours: Scene, uid: str) -> None:
    caller = Caller(ours.lead)
    for kind in ("projects", "assignments", "batches", "disputes", "releases", "jobs"):
        assert refusal(caller.get(f"{kind}/{uid}")) == (404, "not_found")


def test_nothing_was_answered_meanwhile(ours: Scene) -> None:
    assert not Annotation.objects.filter(assignment=ours.assignment).exists()
    assert (
        Caller(ours.people["annotator"]).get(f"assignments/{ours.assignment.uid}").json()["draft"]["result"]
        == cast.choice()
    )
