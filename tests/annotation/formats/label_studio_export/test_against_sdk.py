"""What we write is what Label Studio's converter writes, save for the differences that are named here."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.annotation.formats.label_studio_export.oracle import (
    PICTURE_CONFIG,
    TEXT_CONFIG,
    annotation,
    answer,
    loaded,
    ours,
    parsed,
    span,
    task,
    theirs,
)
from tests.annotation.shared_data import SHARED, shared

EXPORTS = [
    path for path in sorted((SHARED / "data/labelstudio/exports").glob("*.json")) if "PARSED" not in path.name
]
TAGS = {
    "labels": "Labels",
    "choices": "Choices",
    "taxonomy": "Taxonomy",
    "textarea": "TextArea",
    "rectanglelabels": "RectangleLabels",
    "polygonlabels": "PolygonLabels",
    "keypointlabels": "KeyPointLabels",
}
ANN = "Ann met Bob"
MADE_UP = [
    task(
        1, {"text": ANN}, annotation(1, [span(0, 3, "PER", text="Ann"), answer("tone", "choices", ["good"])])
    ),
    task(
        2,
        {"text": 'He said "no",\r\nthen\tleft.\n', "n": 1, "f": 0.5, "yes": True, "none": None},
        annotation(2, [answer("tone", "choices", ["good", "bad"]), answer("note", "text", ["a", "b/c"])]),
        annotation(3, [answer("tone", "choices", ["bad"])], was_cancelled=True),
        annotation(4, [answer("stars", "rating", 4)], completed_by={"email": "ann@example.org", "id": 3}),
        annotation(5, []),
    ),
    task(3, {"text": "张三在北京。", "deep": {"a": [1, {"b": "/x"}], "值": "😀"}, "list": ["x", 1]}),
    task(4, {"text": "=1+1"}, annotation(6, [], was_cancelled=True)),
    task(
        5,
        {"text": "-2", "tone": "of old"},
        annotation(7, [answer("tone", "choices", ["good"])], completed_by=None),
    ),
    task(
        6,
        {"text": "No labels here: 1,000 of them; can't we? (No.) I'm gonna go..."},
        annotation(
            8, [{"from_name": "gone", "type": "choices", "value": {"choices": ["x"]}}, {"type": "relation"}]
        ),
        annotation(9, None, history=[{"at": 1}], skipped=False),
        agreement=0.75,
    ),
    task(
        7,
        {"text": "Ann ran. Bob ran. Ann and Bob slept."},
        annotation(
            10,
            [
                span(26, 29, "ORG"),
                span(9, 12, "PER"),
                span(0, 7, "PER"),
                span(4, 7, "ORG"),
                answer("note", "text", ["one", "two"]) | {"id": "r9"},
                answer("note", "text", ["one"]) | {"id": "r26"},
            ],
        ),
    ),
    {"id": 8, "data": {"text": "says nothing of annotations"}},
]


def derived(tasks: list[dict[str, Any]]) -> dict[str, Any]:
    """A config that asks what the file answers; the files come without theirs."""
    config: dict[str, Any] = {}
    for one in tasks:
        key = next(iter(one.get("data", {})), "text")
        for region in (region for made in one.get("annotations") or [] for region in made["result"]):
            if (name := region.get("from_name")) and region["type"] in TAGS:
                labels = region["value"].get(region["type"], [])
                known = config.setdefault(
                    name,
                    {"type": TAGS[region["type"]], "to_name": ["x"], "labels": [], "labels_attrs": {}}
                    | {"inputs": [{"type": "Image", "value": key}]},
                )
                new = [label for label in labels if isinstance(label, str) and label not in known["labels"]]
                known["labels"] += new
                known["labels_attrs"] |= {
                    label: {"model_index": str(at)} for at, label in enumerate(known["labels"])
                }
    return config


def same(name: str, tasks: list[dict[str, Any]], config: dict[str, Any]) -> None:
    if name == "JSON_MIN":
        assert loaded(ours(name, tasks, config)) == loaded(theirs(name, tasks, config))
    else:
        assert ours(name, tasks, config) == theirs(name, tasks, config)


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", ["JSON_MIN", "CSV", "TSV"])
def test_files_of_label_studio(name: str, path: Path) -> None:
    found = json.loads(path.read_text(encoding="utf-8"))
    rows = found if isinstance(found, list) else [found]
    tasks = [
        {"id": at, **(row if "data" in row else {"data": row, "annotations": []})}
        for at, row in enumerate(rows)
    ]
    same(name, tasks, derived(tasks))
    same(name, tasks, {})


@pytest.mark.parametrize("name", ["JSON_MIN", "CSV", "TSV"])
def test_a_repeater(name: str) -> None:
    folder = shared("data/labelstudio/exports")
    config = json.loads(
        (folder / "sdk__test_export_json_min__label_config_repeater_PARSED.json").read_bytes()
    )
    same(name, json.loads((folder / "sdk__test_export_json_min__data_repeater.json").read_bytes()), config)


@pytest.mark.parametrize("name", ["JSON_MIN", "CSV", "TSV"])
def test_made_up_tasks(name: str) -> None:
    same(name, MADE_UP, parsed(TEXT_CONFIG))


def test_json_is_what_came_in() -> None:
    assert json.loads(ours("JSON", MADE_UP, {})) == json.loads(theirs("JSON", MADE_UP, {})) == MADE_UP
    assert json.loads(ours("JSON", [], {})) == []


def test_conll() -> None:
    config = parsed(TEXT_CONFIG)
    tasks = [one for one in MADE_UP if not re.search("[一-龥]", one["data"]["text"])]
    assert ours("CONLL2003", tasks, config) == theirs("CONLL2003", tasks, config)


@pytest.mark.parametrize(
    "path", [path for path in EXPORTS if "coco" in path.stem or "yolo" in path.stem], ids=str
)
def test_coco_of_files(path: Path) -> None:
    tasks = json.loads(path.read_text(encoding="utf-8"))
    config = derived(tasks)
    for one in config.values():  # one key, as in the configs that Label Studio offers COCO for
        one["inputs"] = [{"type": "Image", "value": "image"}]
    same_coco(tasks, config)


def same_coco(tasks: list[dict[str, Any]], config: dict[str, Any]) -> None:
    mine, other = (json.loads(write("COCO", tasks, config)) for write in (ours, theirs))
    for image in (*mine["images"], *other["images"]):
        image.pop("file_name")
    assert mine["images"] == other["images"]
    assert mine["categories"] == other["categories"]
    assert len(mine["annotations"]) == len(other["annotations"])
    for one, two in zip(mine["annotations"], other["annotations"], strict=True):
        assert flat(one) == pytest.approx(flat(two), abs=1e-9)
    assert mine["info"].keys() == other["info"].keys()


def flat(shape: dict[str, Any]) -> dict[str, Any]:
    rings = [number for ring in shape.get("segmentation", []) for number in ring]
    lists = {key: value for key, value in shape.items() if isinstance(value, list) and key != "segmentation"}
    numbers = {f"{key}{at}": number for key, value in lists.items() for at, number in enumerate(value)}
    rest = {key: value for key, value in shape.items() if not isinstance(value, list)}
    return rest | numbers | {f"ring{at}": number for at, number in enumerate(rings)}


def box(name: str, label: str, **value: Any) -> dict[str, Any]:
    kind = {"box": "rectanglelabels", "line": "polygonlabels"}[name]
    size = {"original_width": 640, "original_height": 480}
    return {
        "id": "r",
        "from_name": name,
        "to_name": "img",
        "type": kind,
        **size,
        "value": {kind: [label], **value},
    }


def test_coco_of_made_up_tasks() -> None:
    turned = box("box", "a", x=10, y=20, width=30, height=5, rotation=33.3)
    tasks = [
        task(
            1,
            {"image": "s3://b/1.png"},
            annotation(1, [turned, box("box", "new", x=1, y=1, width=2, height=2)]),
        ),
        task(2, {"image": "s3://b/2.png"}),
        task(
            3,
            {"image": "s3://b/3.png"},
            annotation(2, [box("line", "p", points=[[1, 2], [50, 4], [30, 60], [2, 40]])]),
            annotation(3, []),
            annotation(4, [box("box", "b", x=0, y=0, width=100, height=100, rotation=-90)]),
        ),
        task(
            4,
            {"image": "s3://b/4.png"},
            annotation(5, [{"from_name": "box", "value": {"rectanglelabels": ["a"]}}]),
        ),
    ]
    same_coco(tasks, parsed(PICTURE_CONFIG))
