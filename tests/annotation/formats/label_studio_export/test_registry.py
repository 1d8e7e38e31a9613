"""Which formats are offered, and that writing one holds no more than a part of it."""

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotation.formats.label_studio_export import FORMATS, UnknownFormat, export_format
from tests.annotation.formats.label_studio_export.oracle import (
    MADE,
    PICTURE_CONFIG,
    TEXT_CONFIG,
    annotation,
    answer,
    chunks,
    converter,
    parsed,
    span,
    task,
)
from tests.annotation.shared_data import SHARED

CONFIGS = sorted((SHARED / "data/labelstudio/configs").glob("*.xml"))
BOX = {"x": 1, "y": 2, "width": 3, "height": 4, "rectanglelabels": ["a"]}
REGION = {
    "from_name": "box",
    "type": "rectanglelabels",
    "original_width": 9,
    "original_height": 9,
    "value": BOX,
}


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_a_config_is_offered_what_label_studio_offers(path: Path) -> None:
    try:
        config = parsed(path.read_text(encoding="utf-8"))
        supported = set(converter(config).supported_formats)
    except ValueError:
        pytest.skip("no config")
    assert {one.name for one in FORMATS if one.applies(config)} == supported & {one.name for one in FORMATS}


def test_a_format_is_found_whatever_its_case() -> None:
    assert export_format("json_min").ending == "json"
    assert {one.name: one.link for one in FORMATS}[
        "JSON_MIN"
    ] == "https://labelstud.io/guide/export.html#JSON-MIN"


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UnknownFormat, match=r"'YOLO' is no export format\. Formats: JSON, JSON_MIN, CSV, "):
        export_format("YOLO")


def many(count: int) -> Iterator[dict[str, Any]]:
    for at in range(count):
        words = f"Ann met Bob {at} " * 20
        regions = [span(0, 3, "PER"), answer("tone", "choices", ["good"]), REGION]
        yield task(at, {"text": words, "image": f"s3://b/{at}.png"}, annotation(at, regions))


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_memory_does_not_grow_with_the_tasks(one: Any) -> None:
    config = parsed(PICTURE_CONFIG if one.name == "COCO" else TEXT_CONFIG)

    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            written = sum(len(part) for part in one.write(many(count), config, MADE))
            assert written > 10 * count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # what is imported and compiled on first use
    assert peak(12_000) < 12_000_000, "the tasks alone are 20 MB"


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_no_task_at_all(one: Any) -> None:
    written = b"".join(chunks(one.name, [], parsed(TEXT_CONFIG)))
    assert written
    if one.ending == "json":
        assert json.loads(written) == []


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
@pytest.mark.parametrize(
    "result", [[None, 1, "x"], [{"from_name": ["x"], "value": 5}], [{"from_name": "tone"}]], ids=str
)
def test_a_result_of_anything_is_no_error(one: Any, result: list[Any]) -> None:
    tasks = [
        task(1, {"text": 5}, annotation(1, result)),
        {"id": None, "data": None, "annotations": [annotation(2, [])]},
    ]
    for config in (parsed(TEXT_CONFIG), parsed(PICTURE_CONFIG), {}):
        assert chunks(one.name, tasks, config)
