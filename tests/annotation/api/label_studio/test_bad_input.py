"""Whatever is sent to whichever address: no failure, JSON, and errors in one form."""

from __future__ import annotations

import inspect
import json
import sys
from itertools import cycle
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.annotation.api.label_studio.operations import Operation, belongings, operations
from tests.annotation.api.label_studio.script import House, checked, choice, condition

pytestmark = pytest.mark.django_db

HUGE = 2**63
_NAMES = (
    "id",
    "ids",
    "title",
    "description",
    "label_config",
    "data",
    "meta",
    "project",
    "task",
    "tasks",
    "result",
    "was_cancelled",
    "ground_truth",
    "lead_time",
    "completed_by",
    "unique_id",
    "parent_prediction",
    "parent_annotation",
    "score",
    "model_version",
    "maximum_annotations",
    "sampling",
    "skip_queue",
    "color",
    "pinned_at",
    "control_weights",
    "overlap_cohort_percentage",
    "expert_instruction",
    "filters",
    "ordering",
    "conjunction",
    "items",
    "selectedItems",
    "all",
    "included",
    "excluded",
    "export_type",
    "task_filter_options",
    "annotation_filter_options",
    "serialization_options",
    "view",
    "only_with_annotations",
    "annotations__completed_by",
    "only_id",
    "url",
    "headers",
    "actions",
    "is_active",
    "send_payload",
    "email",
    "first_name",
    "refresh",
    "api_token_ttl_days",
    "annotations",
    "predictions",
    "drafts",
    "from_name",
    "to_name",
    "type",
    "value",
    "choices",
    "start",
    "end",
    "text",
    "filter",
    "operator",
    "columnsDisplayType",
)
_QUERY = (
    "project",
    "view",
    "page",
    "page_size",
    "start",
    "ids",
    "ids[]",
    "title",
    "search",
    "ordering",
    "filter",
    "fields",
    "query",
    "id",
    "task",
    "exportType",
    "extended",
    "download_all_tasks",
    "return_task_ids",
    "preannotated_from_fields",
    "commit_to_project",
    "was_cancelled",
    "organization-only",
    "include",
)
_RAW = (
    b"",
    b"{",
    b"null",
    b"[]",
    b"[1, 2]",
    b'"text"',
    b"\xff\xfe{}",
    b'{"a": NaN}',
    b'{"a": 1, "a": 2}',
    b'{"a": 1e999}',
    b'{"id": ' + b"9" * 5000 + b"}",
    b'{"title": "\\ud800"}',
    b'{"title": "a\\u0000b"}',
    b"[" * 20_000,
    b'{"data": ' * 500 + b"1" + b"}" * 500,
    b"[" + b'{"text": "x"},' * 200 + b"5]",
)
_TYPES = (
    "application/json",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "text/plain",
    "",
)
_FORM = b'--b\r\nContent-Disposition: form-data; name="f"; filename="%s"\r\n\r\n%s\r\n--b--\r\n'
_FILES = tuple(
    _FORM % (name, content)
    for name in (b"a.json", b"a.csv", b"a.txt", b"", b"\xff.json")
    for content in (b"", b"[]", b"[1]", b"a,b\n1", b'"', b"\xff\xfe", b"\x00", b'[{"data": {"text": 1}}]')
)
texts = st.sampled_from(
    [
        "",
        "x",
        "JSON",
        "data.text",
        "é𝒳\u0000",
        "\ud800",
        "9" * 400,
        "-tasks:id",
        "filter:tasks:id",
        "[]",
        "{}",
    ]
)
numbers = st.sampled_from([0, 1, 2, 3, -1, HUGE - 1, HUGE, -HUGE, 10**40, 0.5, -1.5, 1e308])
leaves = st.none() | st.booleans() | numbers | texts | st.text(max_size=8)
known = st.sampled_from(
    [
        choice("news"),
        choice("nothing"),
        {"filters": {"conjunction": "or", "items": [condition("id", "in", {"min": 1, "max": "x"})]}},
        {"conjunction": "and", "items": [condition("data.text", "regex", "(")]},
        {"conjunction": "and", "items": [condition("created_at", "less", [])]},
        {"all": True},
        {"all": False, "included": ["x"]},
    ]
)
values = st.recursive(
    leaves | known,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=4),
    max_leaves=6,
)
objects = st.dictionaries(st.sampled_from(_NAMES), values, max_size=6)
jsons = (objects | st.lists(objects, max_size=3) | values).map(lambda value: json.dumps(value).encode())
bodies = jsons | st.sampled_from(_RAW) | st.sampled_from(_FILES)
queries = st.dictionaries(st.sampled_from(_QUERY), leaves.map(str) | jsons.map(bytes.decode), max_size=3)


@pytest.fixture(scope="module")
def numbered(founded: House) -> dict[str, int]:
    """What the owner has."""
    return belongings(founded.owner)


def _call(house: House, one: Operation, path: str, kind: str, body: bytes | None, query: Any) -> None:
    """One call, whose changes are undone."""
    sent = None if one.method == "get" else body
    with transaction.atomic():
        response = checked(house.owner.raw(one.method, path, sent, kind, query))
        if getattr(response, "streaming", False):
            b"".join(response.streaming_content)
        elif response.content:
            assert response["Content-Type"].startswith("application/json"), (one, response["Content-Type"])
            response.json()
        transaction.set_rollback(True)


def test_every_operation_answers_whatever_is_sent_to_it(house: House, numbered: dict[str, int]) -> None:
    """Half of the bodies to each operation, the other half to the next one: all of them would take minutes."""
    for at, one in enumerate(operations()):
        for number in (HUGE - 1, HUGE) if one.things else ():
            _call(house, one, one.path(dict.fromkeys(numbered, number)), "application/json", b"{}", {})
        for body in _RAW[at % 2 :: 2] if one.method != "get" else ():
            _call(house, one, one.path(numbered), "application/json", body, {})
        for kind in _TYPES[1 + at % 3 :: 3] if one.method != "get" else ():
            _call(house, one, one.path(numbered), kind, b"a=1&a=2", {})


def test_every_query_is_read_or_refused(house: House, numbered: dict[str, int]) -> None:
    turn = cycle(("-1", "x", str(HUGE), "\ud800", "a\0b", '[{"filters": 5}', "1,x"))
    for one in operations():
        read = inspect.getsource(sys.modules[one.view.__module__])
        for name in _QUERY:
            if one.method == "get" and f'"{name}"' in read:
                for value in (next(turn), next(turn)):
                    _call(
                        house,
                        one,
                        one.path(numbered),
                        "",
                        None,
                        {"project": numbered["project"], name: value},
                    )


def test_every_file_is_read_or_refused(house: House, numbered: dict[str, int]) -> None:
    (one,) = (each for each in operations() if each.name == "studio-import")
    for body in _FILES:
        _call(house, one, one.path(numbered), "multipart/form-data; boundary=b", body, {})


@settings(
    max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_nothing_that_looks_like_a_call_makes_it_fail(
    house: House, numbered: dict[str, int], data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(operations()))
    real = data.draw(st.booleans() | st.just(True))
    path = one.path(
        numbered if real else dict.fromkeys(numbered, data.draw(st.sampled_from([1, 2, 3, HUGE])))
    )
    query = data.draw(queries)
    if data.draw(st.booleans()):
        query = {"project": str(numbered["project"]), "id": "next_task", **query}
    _call(house, one, path, data.draw(st.sampled_from(_TYPES) | st.just(_TYPES[0])), data.draw(bodies), query)
