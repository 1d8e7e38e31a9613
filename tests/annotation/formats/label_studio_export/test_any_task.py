"""Tasks that hypothesis makes: the same as Label Studio's converter writes."""

import csv
import io
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.formats.label_studio_export.treebank import tokens_of
from tests.annotation.formats.label_studio_export.oracle import (
    TEXT_CONFIG,
    annotation,
    answer,
    ours,
    parsed,
    span,
    task,
    theirs,
)
from tests.annotation.formats.label_studio_export.test_against_sdk import same

CONFIG = parsed(TEXT_CONFIG)
QUIET = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
ANY = st.characters(exclude_categories=["Cs"])
TEXT = st.text(ANY, max_size=12) | st.text(" \r\n\t\"',;=+-@/\\|😀張é\ufeff", max_size=12)
NUMBER = st.integers(-(2**53), 2**53) | st.floats(-1e6, 1e6).map(lambda one: round(one, 3)).filter(
    lambda one: one == 0 or abs(one) > 1e-3
)
LEAF = TEXT | NUMBER | st.booleans() | st.none()
VALUE = st.recursive(
    LEAF, lambda part: st.lists(part, max_size=3) | st.dictionaries(TEXT, part, max_size=3), max_leaves=6
)
KEYS = st.sampled_from(["text", "id", "annotator", "tone", "label", "note", "b", "é", "Z", "_data_tone"])
WHO = st.integers(1, 9) | st.none() | TEXT | st.fixed_dictionaries({"id": st.integers(1, 9), "email": TEXT})
WORDS = st.lists(st.sampled_from(["good", "bad", "x/y", '"q"']), min_size=1, max_size=3)
REGION = (
    st.builds(span, st.integers(0, 9), st.integers(0, 12), st.sampled_from(["PER", "ORG", "外"]))
    | st.builds(answer, st.just("tone"), st.just("choices"), WORDS)
    | st.builds(answer, st.just("note"), st.just("text"), st.lists(TEXT, min_size=1, max_size=2))
    | st.builds(answer, st.sampled_from(["stars", "gone"]), st.just("rating"), NUMBER)
)


@st.composite
def made(draw: st.DrawFn) -> dict[str, Any]:
    annotations = [
        annotation(
            at,
            draw(st.lists(REGION, max_size=4)),
            completed_by=draw(WHO),
            was_cancelled=draw(st.sampled_from([False, False, True])),
            lead_time=draw(NUMBER | st.none()),
            created_at=draw(st.sampled_from(["2026-01-01", "2026-01-02", "2025"])),
        )
        for at in range(draw(st.integers(0, 3)))
    ]
    return task(draw(st.integers(1, 99)), draw(st.dictionaries(KEYS, VALUE, max_size=4)), *annotations)


@pytest.mark.parametrize("name", ["JSON_MIN", "CSV", "TSV"])
@QUIET
@given(tasks=st.lists(made(), max_size=4))
def test_records_and_rows(name: str, tasks: list[dict[str, Any]]) -> None:
    same(name, tasks, CONFIG)


@QUIET
@given(tasks=st.lists(made(), max_size=4))
def test_rows_are_read_back(tasks: list[dict[str, Any]]) -> None:
    header, *rows = csv.reader(io.StringIO(ours("CSV", tasks, CONFIG), newline=""))
    answered = [[one for one in each["annotations"] if not one["was_cancelled"]] for each in tasks]
    never = [each for each in tasks if not each["annotations"]]
    assert len(rows) == sum(map(len, answered)) + len(never)
    assert all(len(row) == len(header) for row in rows)


ENGLISH = st.text("abcnto AB.,:;'\"`!?()[]<>-$%&@#/…’“é12 \n\t", max_size=40) | st.lists(
    st.sampled_from(
        [
            "can",
            "not",
            "gonna",
            "'tis",
            "don't",
            "n't",
            "'s",
            "'re",
            '"',
            "''",
            "``",
            "...",
            "--",
            ".",
            " ",
            "\n",
            "a",
            "1,000",
            ", ",
            "more'n ",
            "wanna ",
        ]
    ),
    max_size=12,
).map("".join)


@settings(QUIET, max_examples=250)
@given(text=ENGLISH, ends=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_tokens_and_tags(text: str, ends: list[tuple[int, int]]) -> None:
    tasks = [
        task(1, {"text": text}, annotation(1, [span(*pair, "ABC"[at % 3]) for at, pair in enumerate(ends)]))
    ]
    assert ours("CONLL2003", tasks, CONFIG) == theirs("CONLL2003", tasks, CONFIG)


@settings(QUIET, max_examples=250)
@given(text=TEXT | ENGLISH)
def test_tokens_cover_everything_but_white_space(text: str) -> None:
    places = list(tokens_of(text))
    assert [text[start:end] for start, end in places if not text[start:end].strip()] == []
    assert "".join(text[start:end] for start, end in places) == "".join(text.split())
    assert all(one[1] <= two[0] for one, two in pairwise(places))
