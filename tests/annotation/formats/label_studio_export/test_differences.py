"""Where we do not write what Label Studio's converter writes, and why."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.annotation.formats.label_studio_export.oracle import (
    PICTURE_CONFIG,
    TEXT_CONFIG,
    annotation,
    answer,
    ours,
    parsed,
    span,
    task,
    theirs,
)

EMOJI = "😀😀😀😀 Ann met Bob"
BOX = {"x": 1, "y": 1, "width": 0, "height": 2, "rotation": 5, "rectanglelabels": ["a"]}
REGION = {"from_name": "box", "to_name": "img", "type": "rectanglelabels", "value": BOX}
POINTS = """<View><Image name="img" value="$image"/><RectangleLabels name="box" toName="img"><Label value="a"/>
  </RectangleLabels><KeyPointLabels name="at" toName="img"><Label value="eye"/><Label value="ear"/>
  </KeyPointLabels></View>"""
FAILS = "it raises an exception, and the whole export fails"


@dataclass(frozen=True)
class Difference:
    """One: why it is justified, what they make of it (`FAILS`, or what to look for), and what is so in ours."""

    why: str
    name: str
    config: str
    tasks: list[dict[str, Any]]
    theirs: str
    ours: str


def tags(text: str, *spans: dict[str, Any]) -> list[dict[str, Any]]:
    return [task(1, {"text": text}, annotation(1, list(spans)))]


def picture(*regions: dict[str, Any]) -> list[dict[str, Any]]:
    return [task(1, {"image": "s3://b/1.png"}, annotation(1, list(regions)))]


SIZE = {"original_width": 100, "original_height": 100}
KEYPOINT = {
    "from_name": "at",
    "type": "keypointlabels",
    **SIZE,
    "value": {"x": 5, "y": 6, "keypointlabels": ["ear"]},
}
DIFFERENCES = [
    Difference(
        "a Chinese sentence is no word",
        "CONLL2003",
        TEXT_CONFIG,
        tags("张三在北京。", span(0, 2, "PER")),
        "张三在北京。 -X- _ B-PER\n",
        "张 -X- _ B-PER\n三 -X- _ I-PER\n在 -X- _ O\n北 -X- _ O\n京 -X- _ O\n。 -X- _ O\n",
    ),
    Difference(
        "offsets are UTF-16 units: behind an emoji the wrong token is tagged",
        "CONLL2003",
        TEXT_CONFIG,
        tags(EMOJI, span(17, 20, "PER", text="Bob"), span(9, 12, "ORG")),
        "Ann -X- _ O\nmet -X- _ B-ORG\nBob -X- _ O\n",
        "Ann -X- _ B-ORG\nmet -X- _ O\nBob -X- _ B-PER\n",
    ),
    Difference(
        "a text that is no string has no tokens",
        "CONLL2003",
        TEXT_CONFIG,
        [task(1, {"text": None}, annotation(1, []))],
        FAILS,
        "-DOCSTART- -X- O\n\n",
    ),
    Difference(
        "annotations without a time are the oldest",
        "JSON_MIN",
        TEXT_CONFIG,
        [task(1, {"text": "a"}, annotation(1, [], created_at=None), annotation(2, []))],
        FAILS,
        '"annotation_id": 2',
    ),
    Difference(
        "a result without its value says nothing",
        "CSV",
        TEXT_CONFIG,
        [
            task(
                1,
                {"text": "a"},
                annotation(1, [{"from_name": "tone", "type": "choices"}, answer("note", "text", [])]),
            )
        ],
        FAILS,
        '"a","{}"',
    ),
    Difference(
        "a very small number in a list is written as Python writes it: the same number",
        "CSV",
        TEXT_CONFIG,
        [task(1, {"text": "a", "n": [1e-7]}, annotation(1, []))],
        '"[1e-7]"',
        '"[1e-07]"',
    ),
    Difference(
        "a picture's file name is its address, since it does not lie in the folder",
        "COCO",
        PICTURE_CONFIG,
        [task(1, {"image": "https://example.org/a.png"}, annotation(1, []))],
        '"file_name":"images\\/',
        '"file_name": "https://example.org/a.png"',
    ),
    Difference(
        "no two categories share a number",
        "COCO",
        PICTURE_CONFIG.replace('"9"', '"3"'),
        picture({**REGION, **SIZE, "value": {**BOX, "width": 1, "rectanglelabels": ["new"]}}),
        '{"id":3,"name":"new"}',
        '{"id": 4, "name": "new"}',
    ),
    Difference(
        "a rectangle without width can be turned",
        "COCO",
        PICTURE_CONFIG,
        picture({**REGION, **SIZE}),
        FAILS,
        '"bbox": [',
    ),
    Difference(
        "a size that is null is no size",
        "COCO",
        PICTURE_CONFIG,
        picture({**REGION, "original_width": None, "original_height": 5}),
        FAILS,
        '"annotations": [\n]',
    ),
    Difference(
        "key points without model_index stand in the config's order",
        "COCO",
        POINTS,
        picture(KEYPOINT),
        FAILS,
        '"keypoints": [0, 0, 0, 5, 6, 2]',
    ),
]


@pytest.mark.parametrize("one", DIFFERENCES, ids=lambda one: one.why)
def test_a_difference(one: Difference) -> None:
    config = parsed(one.config)
    assert one.ours in ours(one.name, one.tasks, config)
    if one.theirs == FAILS:
        with pytest.raises((TypeError, KeyError, ValueError, ZeroDivisionError)):
            theirs(one.name, one.tasks, config)
    else:
        said = theirs(one.name, one.tasks, config)
        assert one.theirs in without_indents(said)
        assert one.ours not in said


def without_indents(said: str) -> str:
    return (
        json.dumps(json.loads(said), separators=(",", ":")).replace("/", "\\/")
        if said.startswith("{")
        else said
    )
