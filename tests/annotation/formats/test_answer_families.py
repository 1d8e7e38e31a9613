"""Answers of every family of tags: what they come to, and what is refused with a code and a place."""

import json
import time
from typing import Any

import pytest

from annotation.formats.answers import AnswerInvalid, check, check_item, compare
from annotation.formats.labelling_config import parse_config
from annotation.formats.messages_families import FAMILIES
from annotation.formats.schema import Kind, Schema
from tests.annotation.formats.family_scene import (
    BODY,
    DATA,
    ONE,
    SCHEMA,
    TWO,
    about,
    marked,
    region,
    related,
)

BOX: dict[str, Any] = {"x": 10, "y": 20.5, "width": 30, "height": 40, "rotation": 0}
POINTS = [[1, 2], [3, 4], [5, 0.5]]
GRADED = [{"text": "cites", "points": 2}, {"text": "short", "points": 0}]
SAID = {"chatmessage": {"role": "assistant", "content": "Again?"}}

GOOD: dict[str, tuple[list[dict[str, Any]], str, Any]] = {
    "nested": ([region("verdict", choices=[["Breach", "Minor"]])], "verdict", "Breach / Minor"),
    "nested alias": ([region("verdict", choices=[["Breach", "grave"]])], "verdict", "grave"),
    "nested root": ([region("verdict", choices=[["Breach"]])], "verdict", "Breach"),
    "taxonomy": ([region("topic", taxonomy=[["Other"], ["Law", "Tax"]])], "topic", ["Law / Tax", "Other"]),
    "offered": (
        [region("offer", choices=[["second", "deep"], ["first"]])],
        "offer",
        ["first", "second / deep"],
    ),
    "pairwise": ([region("better", selected="right")], "better", "right"),
    "date": ([region("day", datetime="2026-11-20")], "day", "2026-11-20"),
    "month": ([region("month", datetime="2026-11")], "month", "2026-11"),
    "time": ([region("time", datetime="23:59")], "time", "23:59"),
    "moment": ([region("moment", datetime="2026-11-20T10:00")], "moment", "2026-11-20T10:00"),
    "order": ([region("order", ranker={"order": ["q", "p", "r"]})], "order", ["q", "p", "r"]),
    "buckets": (
        [region("sort", ranker={"bad": ["p"], "good": ["r", "q"], "_": []})],
        "sort",
        [["good", "r", "q"], ["bad", "p"]],
    ),
    "ranked labels": ([region("words", ranker={"words": ["two", "one"]})], "words", ["two", "one"]),
    "hypertext": ([marked("hspan", "h", 4, 9, "Word")], "hspan", [[4, 9, "Word"]]),
    "turn": ([marked("turn", "t", 0, 6, "Question")], "turn", [[0, 6, "Question"]]),
    "cell": (
        [region("cell", row=1, column="note", text="x", labels=["Wrong"])],
        "cell",
        [[5, 6, "Wrong"]],
    ),
    "cell of a number": (
        [region("cell", row=0, column="amount", text="1", labels=["Wrong"])],
        "cell",
        [[1, 2, "Wrong"]],
    ),
    "page": ([marked("page", "g", 2, 6, "Clause")], "page", [[2, 6, "Clause"]]),
    "box": ([region("box", rectanglelabels=["Car"], **BOX)], "box", [[10, 20.5, 30, 40, "Car"]]),
    "shape": (
        [region("shape", points=POINTS, closed=True, polygonlabels=["Road"])],
        "shape",
        [[[1, 2], [3, 4], [5, 0.5], "Road"]],
    ),
    "area of a page": ([{**region("area", **BOX), "item_index": 1}], "area", [[10, 20.5, 30, 40, "", 1]]),
    "relation": (
        [ONE, TWO, related("m1", "m2", "right", "owns")],
        "rel",
        [[[0, 2, "Party"], [9, 11, "Party"], "owns", "right"]],
    ),
    "relation to the left": (
        [ONE, TWO, related("m1", "m2", "left")],
        "rel",
        [[[9, 11, "Party"], [0, 2, "Party"], "", "right"]],
    ),
    "relation both ways": (
        [ONE, TWO, related("m2", "m1", "bi", "owns")],
        "rel",
        [[[0, 2, "Party"], [9, 11, "Party"], "owns", "bi"]],
    ),
    "per region": (
        [ONE, TWO, about("sure", "m2", 9, 11, choices=["no"])],
        "sure",
        [[9, 11, "no"]],
    ),
    "rating per region": ([ONE, about("quality", "m1", 0, 2, rating=2)], "quality", [[0, 2, "2"]]),
    "text per region": ([ONE, about("why", "m1", 0, 2, text=["so"])], "why", ["so"]),
    "turn of a chat": ([about("helpful", "c", 3, 8, rating=4)], "helpful", [[3, 8, "4"]]),
    "written message": (
        [region("chat", "w", **SAID), about("helpful", "w", 9, 15, rating=1)],
        "helpful",
        [[9, 15, "1"]],
    ),
    "chat": ([region("chat", "w", **SAID)], "chat", ["assistant: Again?"]),
    "rubric": ([region("rubric", rubric=[{"text": "short", "weight": -0.5}])], "rubric", ["-0.5 short"]),
    "grades": ([region("grades", grades=GRADED)], "grades", 0.857143),
    "fixed grades": (
        [region("fixed", grades=[{"text": "clear", "points": 4}, {"text": "true", "points": 1}])],
        "fixed",
        1,
    ),
}


@pytest.mark.parametrize(("result", "key", "value"), GOOD.values(), ids=GOOD)
def test_an_answer_comes_to_a_judgement(result: list[dict[str, Any]], key: str, value: Any) -> None:
    values = check(SCHEMA, DATA, result, complete=False)
    assert values[key] == value
    assert compare(SCHEMA.by_key[key].kind, value, json.loads(json.dumps(values[key])))


BAD: dict[str, tuple[list[dict[str, Any]], str, str]] = {
    "a string in a tree": (
        [region("verdict", choices=["None"])],
        "not_texts",
        "result[0].value.choices[0]",
    ),
    "half a path": ([region("topic", taxonomy=[["Tax"]])], "unknown_label", "result[0].value.taxonomy[0]"),
    "no list": ([region("topic", taxonomy="Tax")], "not_list", "result[0].value.taxonomy"),
    "no leaf": ([region("topic", taxonomy=[["Law"]])], "label_no_leaf", "result[0].value.taxonomy[0]"),
    "too many": (
        [region("topic", taxonomy=[["Other"], ["Law", "Tax"], ["Law", "Labour"]])],
        "too_many_labels",
        "result[0].value.taxonomy",
    ),
    "side": ([region("better", selected="up")], "unknown_label", "result[0].value.selected"),
    "no day": ([region("day", datetime="2026-02-30")], "datetime_form", "result[0].value.datetime"),
    "seconds": (
        [region("moment", datetime="2026-11-20T10:00:00")],
        "datetime_form",
        "result[0].value.datetime",
    ),
    "early": ([region("day", datetime="2025-12-31")], "datetime_out_of_range", "result[0].value.datetime"),
    "bucket": ([region("sort", ranker={"ugly": ["p"]})], "unknown_bucket", "result[0].value.ranker.ugly"),
    "ranked": (
        [region("order", ranker={"order": ["z"]})],
        "unknown_ranked",
        "result[0].value.ranker.order[0]",
    ),
    "ranked twice": (
        [region("sort", ranker={"good": ["p"], "bad": ["p"]})],
        "ranked_twice",
        "result[0].value.ranker.bad[0]",
    ),
    "half a turn": ([marked("turn", "t", 0, 5, "Question")], "span_not_turn", "result[0].value"),
    "no cell": (
        [region("cell", row=2, column="name", labels=["Wrong"])],
        "cell_unknown",
        "result[0].value",
    ),
    "another cell": (
        [region("cell", row=0, column="name", text="b", labels=["Wrong"])],
        "cell_text_differs",
        "result[0].value.text",
    ),
    "outside": (
        [region("box", rectanglelabels=["Car"], **{**BOX, "x": 80})],
        "box_outside",
        "result[0].value",
    ),
    "a polygon for a box": (
        [region("box", rectanglelabels=["Car"], points=POINTS)],
        "box_shape",
        "result[0].value",
    ),
    "a line": (
        [region("shape", polygonlabels=["Road"], points=POINTS[:2])],
        "polygon_points",
        "result[0].value.points",
    ),
    "open": (
        [region("shape", polygonlabels=["Road"], points=POINTS, closed=False)],
        "polygon_open",
        "result[0].value.closed",
    ),
    "no page": ([{**region("area", **BOX), "item_index": 2}], "page_unknown", "result[0].item_index"),
    "one id": ([ONE, {**TWO, "id": "m1"}], "id_twice", "result[1].value"),
    "no end": ([ONE, related("m1", "m9")], "relation_end", "result[1].value.to_id"),
    "itself": ([ONE, related("m1", "m1")], "relation_itself", "result[1].value"),
    "related twice": (
        [ONE, TWO, related("m1", "m2"), related("m2", "m1", "left", id_="r2")],
        "relation_twice",
        "result[3].value",
    ),
    "related both ways and one way": (
        [ONE, TWO, related("m1", "m2", "bi"), related("m2", "m1", id_="r2")],
        "relation_twice",
        "result[3].value",
    ),
    "direction": ([ONE, TWO, related("m1", "m2", "up")], "relation_direction", "result[2].value.direction"),
    "no mark": ([about("sure", "m1", 0, 2, choices=["no"])], "region_unknown", "result[0].value"),
    "moved": ([ONE, about("sure", "m1", 0, 3, choices=["no"])], "region_moved", "result[1].value"),
    "region twice": (
        [ONE, about("sure", "m1", 0, 2, choices=["no"]), about("sure", "m1", 0, 2, choices=["yes"])],
        "region_twice",
        "result[2].value",
    ),
    "role": (
        [region("chat", chatmessage={"role": "root", "content": "x"})],
        "unknown_role",
        "result[0].value.chatmessage.role",
    ),
    "points": (
        [region("grades", grades=[{"text": "cites", "points": 3}, GRADED[1]])],
        "points_out_of_range",
        "result[0].value.grades[0].points",
    ),
}
ON_SUBMIT: dict[str, tuple[list[dict[str, Any]], str, str]] = {
    "silence": (
        [region("chat", chatmessage={"role": "user", "content": " "})],
        "message_empty",
        "result[0].value.chatmessage.content",
    ),
    "too many messages": (
        [region("chat", f"w{at}", **SAID) for at in range(3)],
        "too_many_messages",
        "chat",
    ),
    "no criterion": (
        [region("rubric", rubric=[{"text": " ", "weight": 1}])],
        "criterion_empty",
        "result[0].value.rubric[0].text",
    ),
    "no weight": (
        [region("rubric", rubric=[{"text": "x", "weight": 0}])],
        "criterion_weight",
        "result[0].value.rubric[0].weight",
    ),
    "a criterion without points": (
        [region("grades", grades=[{"text": "cites", "points": None}, GRADED[1]])],
        "not_number",
        "result[0].value.grades[0].points",
    ),
    "order incomplete": (
        [region("order", ranker={"order": ["q"]})],
        "ranking_incomplete",
        "result[0].value.ranker",
    ),
    "grades incomplete": (
        [region("grades", grades=GRADED[:1])],
        "grades_incomplete",
        "result[0].value.grades",
    ),
    "hidden": ([region("count", number=3)], "question_hidden", "result[0].value"),
    "hidden for the role": (
        [about("helpful", "c", 0, 2, rating=4)],
        "question_hidden",
        "result[0].value",
    ),
    "hidden for the label": (
        [marked("span", "m1", 0, 2, "Date"), about("sure", "m1", 0, 2, choices=["no"])],
        "question_hidden",
        "result[1].value",
    ),
    "a region without its answer": (
        [ONE, TWO, about("sure", "m1", 0, 2, choices=["no"])],
        "required_missing_region",
        "sure",
    ),
    "too few messages": ([], "too_few_messages", "chat"),
}


@pytest.mark.parametrize(("result", "code", "where"), BAD.values(), ids=BAD)
def test_it_refuses_with_a_code_and_a_place(result: list[dict[str, Any]], code: str, where: str) -> None:
    _refused(result, code, where, complete=False)


@pytest.mark.parametrize(("result", "code", "where"), ON_SUBMIT.values(), ids=ON_SUBMIT)
def test_a_submit_is_refused_for_what_a_draft_may_hold(
    result: list[dict[str, Any]], code: str, where: str
) -> None:
    check(SCHEMA, DATA, result, complete=False)
    enough = [] if code == "too_few_messages" else [region("chat", "w", **SAID)]
    _refused([*result, *enough], code, where, complete=True)


def _refused(result: list[dict[str, Any]], code: str, where: str, *, complete: bool) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        check(SCHEMA, DATA, result, complete=complete)
    assert (caught.value.code, caught.value.where) == (code, where)
    assert "%(" not in caught.value.detail + caught.value.action


ITEMS = {
    "offers are no list": ({"offers": "x"}, "offer_wrong"),
    "an offer is a number": ({"offers": [1]}, "offer_wrong"),
    "an offer twice": ({"offers": ["a", {"value": "a"}]}, "offer_twice"),
    "an offer that is a picture": (
        {"offers": [{"value": "id#0", "html": "<img src='x.png'/>"}]},
        "offer_blank",
    ),
    "an offer without words": ({"offers": ["a", {"alias": "b"}]}, "offer_blank"),
    "too many offers": ({"offers": [str(at) for at in range(10_001)]}, "offers_too_many"),
    "no criteria": ({"rubric": []}, "criteria_wrong"),
    "a criterion without text": ({"rubric": [{"weight": 1}]}, "criteria_wrong"),
    "nothing adds": ({"rubric": [{"text": "x", "weight": -1}]}, "criteria_wrong"),
}


@pytest.mark.parametrize(("changed", "code"), ITEMS.values(), ids=ITEMS)
def test_an_item_is_refused_for_what_it_offers(changed: dict[str, Any], code: str) -> None:
    check_item(SCHEMA, DATA)
    with pytest.raises(AnswerInvalid) as caught:
        check_item(SCHEMA, {**DATA, **changed})
    assert caught.value.code == code


# `test_required_for.py` tests these.
ELSEWHERE = {"required_missing_turn", "required_missing_relation"}


def test_every_refusal_of_a_family_is_tested() -> None:
    tested = {code for _, code, _ in [*BAD.values(), *ON_SUBMIT.values()]} | {
        code for _, code in ITEMS.values()
    }
    assert set(FAMILIES) - ELSEWHERE <= tested


def test_a_hidden_question_is_asked_once_its_answer_is_there() -> None:
    chat = region("chat", "w", **SAID)
    grave = region("verdict", choices=[["Breach", "grave"]])
    values = check(SCHEMA, DATA, [chat, grave, region("count", number=3)], complete=True)
    assert values["count"] == 3


def test_the_stored_form_of_the_schema_is_the_schema() -> None:
    stored = json.loads(json.dumps(SCHEMA.to_json()))
    assert Schema.from_json(stored) == SCHEMA


def test_twenty_thousand_spans_take_ten_times_as_long_as_two_thousand() -> None:
    schema = parse_config(
        '<View><Text name="t" value="$t"/><Labels name="l" toName="t"><Label value="x"/></Labels>'
        '<Rating name="r" toName="t" perRegion="true"/></View>'
    )
    text = "word " * 200_000
    result = [
        {
            "id": f"s{at}",
            "from_name": "l",
            "to_name": "t",
            "type": "labels",
            "value": {"start": 50 * at, "end": 50 * at + 4, "text": "word", "labels": ["x"]},
        }
        for at in range(20_000)
    ]

    def seconds(many: int) -> float:
        began = time.process_time()
        assert len(check(schema, {"t": text}, result[:many], complete=True)["l"]) == many
        return time.process_time() - began

    few = min(seconds(2_000) for _ in range(3))
    assert min(seconds(20_000) for _ in range(2)) < 40 * few  # squared would be a hundred times


def test_a_taxonomy_of_ten_thousand_is_read_in_linear_time() -> None:
    leaves = "".join(f'<Choice value="{at}"/>' for at in range(100))
    tree = "".join(f'<Choice value="branch {at}">{leaves}</Choice>' for at in range(100))
    began = time.process_time()
    schema = parse_config(
        f'<View><Text name="t" value="$t"/><Taxonomy name="x" toName="t">{tree}</Taxonomy></View>'
    )
    answer = {
        "from_name": "x",
        "to_name": "t",
        "type": "taxonomy",
        "value": {"taxonomy": [["branch 7", "3"]]},
    }
    assert check(schema, {"t": BODY}, [answer], complete=True) == {"x": ["branch 7 / 3"]}
    assert time.process_time() - began < 1
    assert schema.questions[0].kind is Kind.CHOICES
