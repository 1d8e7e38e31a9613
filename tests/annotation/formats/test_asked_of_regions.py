"""What is asked of regions, and of the whole while one is selected: wanted only where a region fits."""

from typing import Any

import pytest

from annotation.formats.answers import AnswerInvalid, check, read_answer
from annotation.formats.labelling_config import parse_config

CHAT = [
    {"role": "user", "content": "Why?"},
    {"role": "assistant", "content": ""},
    {"role": "assistant", "content": "So."},
]
TURNS = """<View><Chat name="chat" value="$chat" editable="false"/>
  <Rating name="stars" toName="chat" perRegion="true" required="true" visibleWhen="region-selected" whenRole="{role}"/>
</View>"""
WHOLE = """<View><Text name="text" value="$text"/>
  <Labels name="mark" toName="text"><Label value="A"/><Label value="B"/></Labels>
  <TextArea name="why" toName="text" required="true" visibleWhen="region-selected"{of}/></View>"""


def _turn(start: int, end: int, id_: str = "chat:3") -> dict[str, Any]:
    value = {"start": start, "end": end, "rating": 4}
    return {"id": id_, "from_name": "stars", "to_name": "chat", "type": "rating", "value": value}


def _mark(label: str) -> dict[str, Any]:
    value = {"start": 0, "end": 1, "text": "x", "labels": [label]}
    return {"id": "m", "from_name": "mark", "to_name": "text", "type": "labels", "value": value}


def test_every_turn_of_the_role_that_has_words_wants_the_answer() -> None:
    schema = parse_config(TURNS.format(role="assistant"))
    assert check(schema, {"chat": CHAT}, [_turn(6, 9)], complete=True) == {"stars": [[6, 9, "4"]]}
    with pytest.raises(AnswerInvalid) as refused:
        check(schema, {"chat": CHAT}, [], complete=True)
    assert refused.value.code == "required_missing_region"


def test_nothing_is_wanted_of_a_role_that_says_nothing() -> None:
    schema = parse_config(TURNS.format(role="system"))
    assert check(schema, {"chat": CHAT}, [], complete=True) == {}


def test_the_whole_is_asked_only_when_a_region_fits() -> None:
    data = {"text": "x y"}
    schema = parse_config(WHOLE.format(of=' whenTagName="mark" whenLabelValue="A"'))
    for result in ([], [_mark("B")]):
        check(schema, data, result, complete=True)
    with pytest.raises(AnswerInvalid) as refused:
        check(schema, data, [_mark("A")], complete=True)
    assert refused.value.code == "required_missing"


def test_a_dialogue_in_which_nothing_can_be_selected_asks_nothing_of_the_whole() -> None:
    schema = parse_config(
        '<View><Chat name="chat" value="$chat" editable="false"/>'
        '<TextArea name="why" toName="chat" required="true" visibleWhen="region-selected"/></View>'
    )
    assert check(schema, {"chat": CHAT}, [], complete=True) == {}


def test_a_turn_that_ends_in_half_a_line_end_can_be_answered() -> None:
    schema = parse_config(TURNS.format(role="assistant"))
    data = {"chat": [{"role": "assistant", "content": "So.\r"}, {"role": "user", "content": "Hm."}]}
    assert check(schema, data, [_turn(0, 4, "chat:1")], complete=True) == {"stars": [[0, 4, "4"]]}


def test_a_condition_on_labels_holds_where_a_region_has_them() -> None:
    schema = parse_config(
        WHOLE.replace("region-selected", "choice-selected").format(
            of=' whenTagName="mark" whenChoiceValue="A"'
        )
    )
    data = {"text": "x y"}
    check(schema, data, [_mark("B")], complete=True)
    with pytest.raises(AnswerInvalid) as refused:
        check(schema, data, [_mark("A")], complete=True)
    assert refused.value.code == "required_missing"
    why = {"id": "w", "from_name": "why", "to_name": "text", "type": "textarea", "value": {"text": ["So."]}}
    check(schema, data, [_mark("A"), why], complete=True)


AREAS = """<View><Image name="scan" value="$scan"/>
  <Labels name="label" toName="scan" required="true"><Label value="Text"/><Label value="Seal" maxUsages="1"/></Labels>
  <Rectangle name="box" toName="scan"/>
  <TextArea name="reads" toName="scan" perRegion="true" visibleWhen="region-selected" whenLabelValue="Text"/></View>"""
SCAN = {"scan": {"asset": "as_1", "width": 640, "height": 480, "name": "i.png"}}


def _area(key: str, id_: str, x: int, **own: Any) -> dict[str, Any]:
    value = {"x": x, "y": 5, "width": 10, "height": 10, "rotation": 0, **own}
    kind = {"label": "labels", "box": "rectangle", "reads": "textarea"}[key]
    return {"id": id_, "from_name": key, "to_name": "scan", "type": kind, "value": value}


def test_a_label_stands_beside_the_area_that_it_is_put_on() -> None:
    schema = parse_config(AREAS)
    result = [
        _area("box", "a", 1),
        _area("label", "a", 1, labels=["Text"]),
        _area("reads", "a", 1, text=["Hi"]),
    ]
    read = read_answer(schema, SCAN, result, complete=True)
    assert read.result == result
    assert read.values["label"] == [[1, 5, 10, 10, "Text"]]


BAD_AREAS = {
    "no label": ([_area("box", "a", 1)], "required_missing_region"),
    "a label of no area": ([_area("label", "a", 1, labels=["Text"])], "region_unknown"),
    "a label elsewhere": ([_area("box", "a", 1), _area("label", "a", 2, labels=["Text"])], "region_moved"),
    "an unknown label": ([_area("box", "a", 1), _area("label", "a", 1, labels=["Ink"])], "unknown_label"),
    "a label too often": (
        [
            _area(key, id_, 1, **own)
            for id_ in "ab"
            for key, own in (("box", {}), ("label", {"labels": ["Seal"]}))
        ],
        "label_overused",
    ),
    "an answer that another label wants": (
        [_area("box", "a", 1), _area("label", "a", 1, labels=["Seal"]), _area("reads", "a", 1, text=["Hi"])],
        "question_hidden",
    ),
}


@pytest.mark.parametrize(("result", "code"), BAD_AREAS.values(), ids=BAD_AREAS)
def test_a_label_is_refused_that_fits_no_area(result: list[dict[str, Any]], code: str) -> None:
    with pytest.raises(AnswerInvalid) as refused:
        check(parse_config(AREAS), SCAN, result, complete=True)
    assert refused.value.code == code
