"""Answers: judgement values of good ones, a code and a place for bad ones, never another exception."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.formats.answers import (
    AnswerInvalid,
    check,
    check_item,
    compare,
    content_hash,
    find_lone_surrogate,
    text_hash,
)
from annotation.formats.labelling_config import parse_config
from annotation.formats.messages_answers import ANSWERS

SCHEMA = parse_config("""<View>
  <Text name="text" value="$body"/><Text name="side" value="$side"/> <Choices name="verdict" toName="text"
  required="true"><Choice value="Yes" alias="y"/><Choice value="No"/></Choices> <Choices name="topics"
  toName="text" choice="multiple"><Choice value="b"/><Choice value="a"/></Choices> <Labels name="span"
  toName="text"><Label value="Party"/><Label value="Once" maxUsage="1"/></Labels> <Rating name="stars"
  toName="text"/> <Number name="amount" toName="text" min="0" max="10" step="0.1"/> <TextArea name="note"
  toName="text" maxSubmissions="2"/>
</View>""")
BODY = "甲方😀 pays\r\n\U00020000乙 e\u0301"
DATA = {"body": BODY, "side": "x"}
TYPES = {
    "verdict": "choices",
    "topics": "choices",
    "span": "labels",
    "stars": "rating",
    "amount": "number",
    "note": "textarea",
}


def region(question: str, **value: Any) -> dict[str, Any]:
    return {"id": "r", "from_name": question, "to_name": "text", "type": TYPES[question], "value": value}


def span(start: Any, end: Any, label: str = "Party", **more: Any) -> dict[str, Any]:
    return region("span", start=start, end=end, labels=[label], **more)


def test_a_full_answer_becomes_judgement_values() -> None:
    result = [
        region("note", text=["why", "  "]),
        region("verdict", choices=["y"]),
        region("topics", choices=["b", "a"]),
        span(2, 3, text="😀"),
        span(0, 3),
        span(0, 2, "Once"),
        region("stars", rating=4.0),
        region("amount", number=0.3),
    ]
    assert check(SCHEMA, DATA, result, complete=True) == {
        "verdict": "y",
        "topics": ["a", "b"],
        "span": [[0, 2, "Once"], [0, 3, "Party"], [2, 3, "Party"]],
        "stars": 4,
        "amount": 0.3,
        "note": ["why"],
    }


def test_offsets_count_code_points_whatever_the_characters() -> None:
    at = BODY.index("\U00020000")
    found = check(SCHEMA, DATA, [span(at, at + 2, text="\U00020000乙")], complete=False)
    assert found == {"span": [[at, at + 2, "Party"]]}


def test_a_draft_may_be_incomplete_and_blank_texts_are_no_answer() -> None:
    assert check(SCHEMA, DATA, [], complete=False) == {}
    assert check(SCHEMA, DATA, [region("note", text=[" "])], complete=False) == {}


def test_a_text_may_come_alone() -> None:
    assert check(SCHEMA, DATA, [region("note", text="why")], complete=False) == {"note": ["why"]}


BAD: dict[str, tuple[Any, str, str]] = {
    "not a list": ({}, "result_not_list", "result"),
    "too many": ([None] * 100_001, "too_many_regions", "result"),
    "not an object": ([1], "not_object", "result[0]"),
    "no name": ([{}], "not_text", "result[0].from_name"),
    "unknown question": ([{**region("stars"), "from_name": "x"}], "unknown_question", "result[0].from_name"),
    "id": ([{**region("stars", rating=1), "id": 7}], "not_text", "result[0].id"),
    "other field": ([{**region("stars"), "to_name": "side"}], "wrong_field", "result[0].to_name"),
    "other type": ([{**region("stars"), "type": "number"}], "wrong_type", "result[0].type"),
    "no value": ([{**region("stars"), "value": None}], "not_object", "result[0].value"),
    "surrogate": ([region("note", text=["a\ud800"])], "lone_surrogate", "result[0].value.text[0]"),
    "nul": ([region("note", text=["a\x00"])], "nul_character", "result[0].value.text[0]"),
    "twice": (
        [region("stars", rating=1), region("stars", rating=1)],
        "answered_twice",
        "result[1].value",
    ),
    "label text": ([region("verdict", choices="y")], "not_texts", "result[0].value.choices"),
    "label number": ([region("verdict", choices=[1])], "not_text", "result[0].value.choices[0]"),
    "display text": ([region("verdict", choices=["Yes"])], "unknown_label", "result[0].value.choices[0]"),
    "two": ([region("verdict", choices=["y", "No"])], "several_labels", "result[0].value.choices"),
    "none": ([region("topics", choices=[])], "no_label", "result[0].value.choices"),
    "repeated": ([region("topics", choices=["a", "a"])], "repeated_label", "result[0].value.choices[1]"),
    "start text": ([span("0", 1)], "not_whole", "result[0].value.start"),
    "start true": ([span(True, 2)], "not_whole", "result[0].value.start"),
    "start float": ([span(0.0, 2)], "not_whole", "result[0].value.start"),
    "reversed": ([span(3, 1)], "span_reversed", "result[0].value"),
    "empty": ([span(1, 1)], "span_empty", "result[0].value"),
    "before": ([span(-1, 1)], "span_outside", "result[0].value"),
    "after": ([span(0, len(BODY) + 1)], "span_outside", "result[0].value"),
    "utf-16 offsets": ([span(5, 9, text="pays")], "span_text_differs", "result[0].value.text"),
    "line end": ([span(4, 9)], "span_splits_line_end", "result[0].value"),
    "span twice": ([span(0, 1), span(0, 1)], "span_duplicate", "result[1].value"),
    "span labels": (
        [region("span", start=0, end=1, labels=["Party", "Once"])],
        "several_labels",
        "result[0].value.labels",
    ),
    "overused": ([span(0, 1, "Once"), span(1, 2, "Once")], "label_overused", "span"),
    "no stars": ([region("stars", rating=0)], "rating_out_of_range", "result[0].value.rating"),
    "six stars": ([region("stars", rating=6)], "rating_out_of_range", "result[0].value.rating"),
    "half star": ([region("stars", rating=1.5)], "rating_out_of_range", "result[0].value.rating"),
    "star text": ([region("stars", rating="1")], "not_number", "result[0].value.rating"),
    "nan": ([region("amount", number=float("nan"))], "not_number", "result[0].value.number"),
    "huge": ([region("amount", number=10**400)], "not_number", "result[0].value.number"),
    "negative": ([region("amount", number=-1)], "number_out_of_range", "result[0].value.number"),
    "off step": ([region("amount", number=0.35)], "number_off_step", "result[0].value.number"),
    "text number": ([region("note", text=[1])], "not_text", "result[0].value.text[0]"),
    "texts": ([region("note", text=["a", "b", "c"])], "too_many_texts", "result[0].value.text"),
    "long": ([region("note", text=["a" * 100_001])], "text_too_long", "result[0].value.text"),
}


@pytest.mark.parametrize(("result", "code", "where"), BAD.values(), ids=BAD)
def test_it_refuses_with_a_code_and_a_place(result: Any, code: str, where: str) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        check(SCHEMA, DATA, result, complete=False)
    assert (caught.value.code, caught.value.where) == (code, where)
    assert "%(" not in caught.value.detail + caught.value.action


def test_a_required_question_must_be_answered() -> None:
    with pytest.raises(AnswerInvalid) as caught:
        check(SCHEMA, DATA, [region("stars", rating=1)], complete=True)
    assert (caught.value.code, caught.value.where) == ("required_missing", "verdict")


def test_spans_need_the_items_text() -> None:
    with pytest.raises(AnswerInvalid) as caught:
        check(SCHEMA, {"side": "x"}, [span(0, 1)], complete=False)
    assert caught.value.code == "text_missing"


def test_every_refusal_of_an_answer_is_tested() -> None:
    assert {code for _, code, _ in BAD.values()} | {"required_missing", "text_missing"} == set(ANSWERS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)
VALUES = st.dictionaries(
    st.sampled_from(["choices", "start", "end", "text", "labels", "rating", "number"]),
    JSON
    | st.integers(-2, 20)
    | st.lists(st.sampled_from(["y", "No", "a", "b", "Party", "Once"]), max_size=3),
)
REGIONS = st.sampled_from(sorted(TYPES)).flatmap(
    lambda question: st.fixed_dictionaries(
        {
            "from_name": st.just(question) | JSON,
            "to_name": st.just("text") | JSON,
            "type": st.just(TYPES[question]) | JSON,
            "value": VALUES | JSON,
        }
    )
)


@settings(max_examples=300, deadline=None)
@given(JSON | st.lists(REGIONS | JSON, max_size=4), st.booleans())
def test_any_json_gives_values_or_a_refusal(result: Any, complete: bool) -> None:
    values = None
    with contextlib.suppress(AnswerInvalid):
        values = check(SCHEMA, DATA, result, complete=complete)
    assert values is None or set(values) <= set(SCHEMA.by_key)


def test_depth_is_no_way_to_a_crash() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(AnswerInvalid):
        check(SCHEMA, DATA, [deep], complete=False)


def test_an_item_needs_every_text_of_the_schema() -> None:
    check_item(SCHEMA, DATA)
    for data, code in (
        ({"body": "x"}, "field_missing"),
        ({"body": "x", "side": 3}, "field_not_text"),
        ({"body": " ", "side": "x"}, "field_empty"),
    ):
        with pytest.raises(AnswerInvalid) as caught:
            check_item(SCHEMA, data)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("choice", "a", "a", True),
        ("choice", "a", "b", False),
        ("choices", ["a", "b"], ["b", "a"], True),
        ("choices", ["a"], ["a", "b"], False),
        ("spans", [[0, 1, "x"], [1, 2, "y"]], [[1, 2, "y"], [0, 1, "x"]], True),
        ("spans", [[0, 1, "x"]], [[0, 1, "y"]], False),
        ("rating", 4, 4.0, True),
        ("text", ["a"], ["a "], False),
        ("choice", None, None, True),
        ("choice", None, "a", False),
    ],
)
def test_values_are_compared_by_what_they_say(kind: str, one: Any, other: Any, same: bool) -> None:
    assert compare(kind, one, other) is same
    assert compare(kind, other, one) is same


def test_hashes_see_the_text_as_it_stands() -> None:
    assert text_hash("é") != text_hash("e\u0301")
    assert content_hash({"a": 1, "b": "x"}) == content_hash({"b": "x", "a": 1})
    assert content_hash({"a": "x\r\n"}) != content_hash({"a": "x\n"})


def test_a_lone_surrogate_is_found_by_its_path() -> None:
    assert find_lone_surrogate({"a": ["x", {"b": "\ud83d"}]}) == "a[1].b"
    assert find_lone_surrogate({"\ud83d": 1}) == ""
    assert find_lone_surrogate({"a": "😀"}) is None
