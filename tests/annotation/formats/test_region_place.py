"""Where regions stand: boxes and spans on one document, stray parts of a value, and gold of several people."""

import json
from typing import Any

import pytest

from annotation.algorithms.contribution import pattern
from annotation.formats.answers import AnswerInvalid, check, compare, read_answer
from annotation.formats.label_studio_result import to_label_studio
from annotation.formats.labelling_config import parse_config
from annotation.formats.release.label_studio import task
from annotation.formats.release.rows import GoldAnswer, ReleaseRow
from annotation.formats.schema import Kind, Schema
from annotation.web.values import Values
from tests.annotation.formats import family_scene

PAGES = parse_config(
    """<View><Pdf name="pdf" value="$pdf"/><Text name="text" value="$text"/>
  <Labels name="span" toName="pdf"><Label value="A"/></Labels>
  <RectangleLabels name="box" toName="pdf"><Label value="B"/></RectangleLabels>
  <PolygonLabels name="shape" toName="pdf"><Label value="C"/></PolygonLabels>
  <Labels name="word" toName="text"><Label value="one"/><Label value="two"/></Labels>
  <Choices name="sure" toName="pdf" perRegion="true"><Choice value="yes"/><Choice value="no"/></Choices>
  <TextArea name="why" toName="pdf" perRegion="true"/>
  <Choices name="sound" toName="text" perRegion="true"><Choice value="yes"/></Choices>
  <Rating name="stars" toName="text"/>
  <Relations name="rel" toName="pdf"><Relation value="owns"/></Relations></View>"""
)
DATA: dict[str, Any] = {
    "text": "Hello 😀 you",
    "pdf": {**family_scene.DATA["pdf"]},
}
BOX: dict[str, Any] = {"x": 10, "y": 20, "width": 5, "height": 5, "rotation": 0}
CORNERS: dict[str, Any] = {"points": [[1, 2], [3, 4], [5, 1]], "closed": True}


def said(key: str, id_: str = "", /, beside: dict[str, Any] | None = None, **value: Any) -> dict[str, Any]:
    """A region of the schema."""
    question = PAGES.by_key[key]
    return {
        "id": id_ or key,
        "from_name": key,
        "to_name": question.to_name,
        "type": question.region_type,
        **(beside or {}),
        "value": value,
    }


SPAN = said("span", "s", start=0, end=3, text="One", labels=["A"])
DRAWN = said("box", "b", {"item_index": 1}, **BOX, rectanglelabels=["B"])
SHAPE = said("shape", "p", {"item_index": 0}, **CORNERS, polygonlabels=["C"])
ABOUT = [
    said("sure", "s", start=0, end=3, text="One", choices=["yes"]),
    said("sure", "b", {"item_index": 1}, **BOX, choices=["no"]),
    said("sure", "p", {"item_index": 0}, **CORNERS, choices=["yes"]),
]
RELATED = [
    said("rel", "r1", from_id="s", to_id="b", direction="right", labels=["owns"]),
    said("rel", "r2", from_id="b", to_id="p", direction="bi", labels=[]),
]


def test_questions_about_pages_that_are_drawn_on_are_collected() -> None:
    kinds = {key: PAGES.by_key[key].kind for key in ("sure", "why", "rel", "sound")}
    assert kinds == {"sure": Kind.BOXES, "why": Kind.TEXT, "rel": Kind.BOXES, "sound": Kind.SPANS}
    values = check(PAGES, DATA, [SPAN, DRAWN, SHAPE, *ABOUT, *RELATED], complete=True)
    assert sorted(values["sure"], key=repr) == [
        [0, 3, "yes"],
        [10, 20, 5, 5, 1, "no"],
        [[1, 2], [3, 4], [5, 1], 0, "yes"],
    ]
    words = Values(PAGES.to_json(), DATA)
    assert words.show("sure", values["sure"]) in ("yes × 2, no × 1", "no × 1, yes × 2")
    assert set(words.show("rel", values["rel"]).split(", ")) == {"owns → × 1", "↔ × 1"}


@pytest.mark.parametrize(
    "regions", [[said("word", "w", **BOX, labels=["one"])], [said("word", "w", **CORNERS, labels=["one"])]]
)
def test_a_box_is_no_place_in_a_text(regions: list[dict[str, Any]]) -> None:
    with pytest.raises(AnswerInvalid) as refused:
        check(PAGES, DATA, regions, complete=False)
    assert refused.value.code == "not_whole"


def test_an_answer_about_a_span_of_a_page_may_not_stand_in_a_box() -> None:
    moved = said("sure", "s", {"item_index": 0}, **BOX, choices=["yes"])
    with pytest.raises(AnswerInvalid):
        check(PAGES, DATA, [SPAN, moved], complete=False)


STRAY: list[tuple[list[dict[str, Any]], int, dict[str, Any]]] = [
    ([said("stars", rating=4, start="q", end=-1, x=[], junk={"a": 1})], 0, {"rating": 4}),
    ([said("stars", rating=4, start=1e308, end=1, width=2, points="p")], 0, {"rating": 4}),
    (
        [SPAN, DRAWN, said("rel", "r", from_id="s", to_id="b")],
        2,
        {"from_id": "s", "to_id": "b", "direction": "right", "labels": []},
    ),
    (
        [SPAN, DRAWN, said("rel", "r", from_id="s", to_id="b", labels=None)],
        2,
        {"from_id": "s", "to_id": "b", "direction": "right", "labels": []},
    ),
    (
        [said("span", "s", {"item_index": "x", "origin": "manual"}, start=0, end=3, labels=["A"], width=1)],
        0,
        {"start": 0, "end": 3, "labels": ["A"]},
    ),
    (
        [said("box", "b", {"meta": {}}, **BOX, rectanglelabels=["B"], start="q", end=None, labels=4)],
        0,
        {**BOX, "rectanglelabels": ["B"]},
    ),
    (
        [SPAN, said("why", "s", start=0, end=3, text=["so"], chatmessage=3, x=1)],
        1,
        {"start": 0, "end": 3, "text": ["so"]},
    ),
]


@pytest.mark.parametrize(("result", "at", "value"), STRAY)
def test_what_nobody_reads_is_not_stored_and_breaks_no_release(
    result: list[dict[str, Any]], at: int, value: dict[str, Any]
) -> None:
    stored = read_answer(PAGES, DATA, result, complete=False).result
    assert stored[at]["value"] == value
    assert set(stored[at]) <= {"id", "from_name", "to_name", "type", "value", "item_index"}
    assert to_label_studio(stored, PAGES, DATA)
    assert read_answer(PAGES, DATA, stored, complete=False).result == stored


def test_what_the_editor_writes_is_stored_as_it_came() -> None:
    sized = {"original_width": 612, "original_height": 792, "image_rotation": 0, "item_index": 1}
    result = [
        said("span", "s", start=0, end=3, text="One", page=0, labels=["A"]),
        said("box", "b", sized, **BOX, rectanglelabels=["B"]),
        SHAPE,
        *ABOUT[:1],
        said("sure", "b", sized, **BOX, choices=["no"]),
        *RELATED,
    ]
    assert read_answer(PAGES, DATA, result, complete=True).result == result
    assert json.loads(json.dumps(result)) == result


def test_one_span_more_may_be_added_to_twenty_thousand() -> None:
    data = {**DATA, "text": "x" * 20_001}
    spans = [said("word", f"w{at}", start=at, end=at + 1, labels=["one"]) for at in range(20_001)]
    assert len(read_answer(PAGES, data, spans, complete=True).result) == 20_001


def test_spans_of_a_text_beside_boxes_of_a_page_are_counted() -> None:
    value = check(PAGES, DATA, [said("word", "w", start=0, end=5, labels=["one"])], complete=False)["word"]
    assert pattern(Kind.SPANS, [(1, value), (2, value)])["all"] == [2, 2]


def _gold(schema: Schema, answers: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    gold = [GoldAnswer(key, None, result, "unanimous", "2026-11-21") for key, result in answers.items()]
    row = ReleaseRow("it_1", DATA, {"text": "text", "pdf": "pdf"}, gold, schema=schema)
    found: list[dict[str, Any]] = json.loads(json.dumps(task(row)))["annotations"][0]["result"]
    return found


HERE: dict[str, Any] = {"start": 0, "end": 5, "text": "Hello"}


def _sound(id_: str, **place: Any) -> dict[str, Any]:
    return said("sound", id_, **(place or HERE), choices=["yes"])


MARKS = [said("word", "a", **HERE, labels=["one"]), said("word", "b", **HERE, labels=["two"])]


@pytest.mark.parametrize(
    ("given", "id_"),
    [("a", "a"), ("b", "b"), ("elsewhere", "a")],
    ids=["about the first", "about the second", "by somebody else"],
)
def test_an_answer_about_a_region_keeps_the_mark_it_names(given: str, id_: str) -> None:
    found = _gold(PAGES, {"word": MARKS, "sound": [_sound(given)], "stars": [said("stars", "x", rating=4)]})
    assert [one["id"] for one in found] == ["a", "b", id_, "x"]


def test_an_id_that_names_a_mark_elsewhere_is_not_taken_for_it() -> None:
    other = said("word", "a", start=8, end=11, text="you", labels=["one"])
    found = _gold(PAGES, {"word": [other, MARKS[1]], "sound": [_sound("a")]})
    assert [one["id"] for one in found] == ["a", "b", "b"]
    alone = _gold(PAGES, {"word": [other], "sound": [_sound("a")]})
    assert len({one["id"] for one in alone}) == 2


def test_another_question_about_a_region_is_no_mark() -> None:
    choice = said("sound", "zzz", **HERE, choices=["yes"])
    found = _gold(PAGES, {"word": MARKS[:1], "sound": [choice]})
    assert {one["id"] for one in found} == {"a"}


def test_boxes_and_answers_about_them_meet_by_page_and_place() -> None:
    about = {**ABOUT[1], "id": "theirs"}
    found = _gold(PAGES, {"box": [{**DRAWN, "id": "other", "item_index": 0}, DRAWN], "sure": [about]})
    assert [one["id"] for one in found] == ["other", "b", "b"]


def test_relations_of_somebody_else_name_the_marks_of_the_gold() -> None:
    theirs = [{**SPAN, "id": "t1"}, {**DRAWN, "id": "t2"}]
    relation = said("rel", "r", from_id="t1", to_id="t2", direction="right", labels=["owns"])
    found = _gold(PAGES, {"span": [SPAN], "box": [DRAWN], "rel": [*theirs, relation]})
    assert found[-1]["from_id"] == "s"
    assert found[-1]["to_id"] == "b"
    assert len(found) == 3


def test_relations_with_a_polygon_at_an_end_are_compared_without_an_error() -> None:
    values = check(PAGES, DATA, [SPAN, DRAWN, SHAPE, *RELATED], complete=False)["rel"]
    assert compare(Kind.RELATIONS, values, list(reversed(values)))
