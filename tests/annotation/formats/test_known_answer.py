"""Known answers: values to regions and back, and what is refused."""

from typing import Any

import pytest
from hypothesis import given as draw
from hypothesis import settings
from hypothesis import strategies as st

from annotation.formats.answers import check
from annotation.formats.known_answer import read_known, wrong_in
from annotation.formats.labelling_config import parse_config
from annotation.formats.messages import FormatError
from tests.annotation.formats import family_scene
from tests.cast import CONFIG

SCHEMA = parse_config(CONFIG)
DATA = {"text": "Clause 1: the tenant 张三 owes 😀 rent."}
FULL = {
    "verdict": "breach",
    "topics": ["term", "price"],
    "span": [[0, 6, "Party"], [7, 8, "Date"]],
    "stars": 4,
    "amount": 12.5,
    "note": ["it is late"],
}


def test_every_kind_of_value_becomes_regions_that_check_back_to_it() -> None:
    known = read_known(SCHEMA, DATA, FULL)
    assert known.values == {**FULL, "topics": ["price", "term"]}
    assert check(SCHEMA, DATA, known.result, complete=True) == known.values
    assert [region["value"]["text"] for region in known.result if region["type"] == "labels"] == [
        "Clause",
        "1",
    ]


def test_a_cell_of_a_table_holds_the_same_as_json_text() -> None:
    assert read_known(SCHEMA, DATA, '{"verdict": "breach"}').values == {"verdict": "breach"}


def test_null_says_that_a_question_is_rightly_left_unanswered() -> None:
    known = read_known(SCHEMA, DATA, {"verdict": "breach", "stars": None, "span": []})
    assert known.values == {"verdict": "breach", "stars": None, "span": None}
    assert wrong_in(SCHEMA, known.values, {"verdict": "breach"}) == []
    assert wrong_in(SCHEMA, known.values, {"verdict": "breach", "stars": 3}) == ["stars"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([], "known_not_object"),
        ({}, "known_not_object"),
        ("{broken", "json_broken"),
        ({"nothing": 1}, "unknown_question"),
        ({"verdict": ["breach"]}, "known_shape"),
        ({"verdict": "breach", "span": [[0, True, "Party"]]}, "known_shape"),
        ({"verdict": "maybe"}, "unknown_label"),
        ({"verdict": "breach", "span": [[0, 999, "Party"]]}, "span_outside"),
        ({"verdict": "breach", "stars": 9}, "rating_out_of_range"),
        ({"stars": 3}, "required_missing"),
        ('{"verdict": "\\ud800"}', "lone_surrogate"),
    ],
)
def test_what_no_expert_could_answer_is_refused(given: Any, code: str) -> None:
    with pytest.raises(FormatError) as refused:
        read_known(SCHEMA, DATA, given)
    assert refused.value.code == code
    assert refused.value.detail


def test_an_answer_is_compared_exactly_and_free_text_not_at_all() -> None:
    known = read_known(SCHEMA, DATA, FULL).values
    assert wrong_in(SCHEMA, known, known) == []
    assert wrong_in(SCHEMA, known, {**known, "note": ["other words"]}) == []
    assert wrong_in(SCHEMA, known, {**known, "span": [[0, 5, "Party"]], "verdict": "unsure"}) == [
        "verdict",
        "span",
    ]


def test_what_is_not_named_is_not_asked() -> None:
    assert wrong_in(SCHEMA, {"verdict": "breach"}, {"verdict": "breach", "stars": 1}) == []


KINDS: dict[str, dict[str, Any]] = {
    "relations": {
        "span": [[0, 2, "Party"], [9, 11, "Party"]],
        "rel": [[[0, 2, "Party"], [9, 11, "Party"], "owns", "bi"]],
    },
    "about regions": {"span": [[0, 2, "Party"]], "sure": [[0, 2, "yes"]], "quality": [[0, 2, "3"]]},
    "a tree": {"verdict": "grave", "topic": ["Law / Tax", "Other"]},
    "orders": {"order": ["q", "r", "p"], "sort": [["good", "r"], ["bad", "p", "q"]]},
    "a date": {"day": "2026-11-20", "better": "left"},
    "cells and turns": {"cell": [[1, 2, "Wrong"], [4, 5, "Wrong"]], "turn": [[0, 6, "Question"]]},
    "a message": {"chat": ["assistant: Again?"], "better": "left", "rubric": ["2 short", "-0.5 long"]},
}


@pytest.mark.parametrize("known", KINDS.values(), ids=KINDS)
def test_a_known_answer_may_be_given_for_every_kind_that_is_compared(known: dict[str, Any]) -> None:
    values = {"chat": ["assistant: Again?"], **known}
    # Every marked party of the scene needs an answer.
    if "span" in known and "sure" not in known:
        values["sure"] = [[start, end, "no"] for start, end, _ in known["span"]]
    found = read_known(family_scene.SCHEMA, family_scene.DATA, values)
    assert found.values == values
    assert not wrong_in(family_scene.SCHEMA, found.values, values)


def test_areas_cannot_be_known() -> None:
    with pytest.raises(FormatError) as refused:
        read_known(family_scene.SCHEMA, family_scene.DATA, {"box": [[1, 2, 3, 4, "Car"]], "better": "left"})
    assert refused.value.code == "known_unwritable"


GRADED = parse_config(
    """<View><Text name="text" value="$text"/>
  <Choices name="verdict" toName="text" required="true"><Choice value="a"/><Choice value="b"/></Choices>
  <Grades name="grades" toName="text" required="true"><Criterion value="clear"/></Grades>
  <TextArea name="note" toName="text" required="true"/></View>"""
)


def test_what_cannot_be_known_is_neither_taken_for_unanswered_nor_demanded() -> None:
    with pytest.raises(FormatError) as refused:
        read_known(GRADED, DATA, {"verdict": "a", "grades": 1})
    assert refused.value.code == "known_unwritable"
    known = read_known(GRADED, DATA, {"verdict": "a"})
    assert known.values == {"verdict": "a"}
    assert wrong_in(GRADED, {"verdict": "a", "grades": None}, {"verdict": "a", "grades": 1}) == []


@pytest.mark.parametrize(
    "given",
    [
        {"quality": [[0, 2, "abc"]]},
        {"quality": [[0, 2, "nan"]]},
        {"rubric": ["Clear"]},
        {"rubric": ["inf clear"]},
        {"sort": ["p"]},
        {"sort": [""]},
        {"sort": [[]]},
        {"sort": [["good", "p"], ["good", "q"]]},
        {"sort": [["good"], ["bad"]]},
        {"order": [["p", "q"]]},
        {"chat": ["hello"]},
    ],
    ids=str,
)
def test_a_value_that_its_tag_cannot_read_is_refused(given: dict[str, Any]) -> None:
    values = {"span": [[0, 2, "Party"]], "sure": [[0, 2, "no"]], "chat": ["user: Hi"], "better": "left"}
    with pytest.raises(FormatError) as refused:
        read_known(family_scene.SCHEMA, family_scene.DATA, {**values, **given})
    assert refused.value.code == "known_shape"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=12,
)


@draw(st.sampled_from([question.key for question in family_scene.SCHEMA.questions]), JSON)
@settings(max_examples=400, deadline=None)
def test_no_value_of_a_row_ends_an_import(key: str, value: Any) -> None:
    try:
        read_known(family_scene.SCHEMA, family_scene.DATA, {key: value})
    except FormatError as refused:
        assert refused.detail  # noqa: PT017 (whether it is refused is not the point)
