"""Label Studio's JSON: its SDK takes it, its converter reads it, and Assay's own importer gives back what went in."""

import json
from pathlib import Path
from typing import Any

from label_studio_sdk.converter.converter import Converter

from annotation.formats.answers import read_answer
from annotation.formats.label_studio_answer import read_kept
from annotation.formats.label_studio_import import tasks_of_json
from annotation.formats.labelling_config import parse_config
from annotation.formats.release.format import View
from annotation.formats.release.label_studio import LabelStudioJson
from annotation.formats.release.label_studio_min import LabelStudioMin
from tests.annotation.formats import family_scene
from tests.annotation.formats.release.scenes import HARD, any_rows, filed, place, row_of, written
from tests.support.label_studio import complaints

CONFIG = """<View><Text name="text" value="$text"/>
  <Choices name="verdict" toName="text"><Choice value="good"/><Choice value="bad"/></Choices>
  <Choices name="topics" toName="text" choice="multiple"><Choice value="a"/><Choice value="b"/></Choices>
  <Labels name="span" toName="text"><Label value="Party"/></Labels>
  <Rating name="stars" toName="text"/><TextArea name="why" toName="text"/>
  <Relations name="rel" toName="text"><Relation value="pays"/></Relations></View>"""
SCHEMA = parse_config(CONFIG)
ENDS = [place("𠀀甲", "Party"), place("乙方", "Party")]
SAID = {
    "verdict": "bad",
    "topics": ["a", "b"],
    "span": ENDS,
    "stars": 4,
    "why": ["so 😀"],
    "rel": [[*ENDS, "pays", "right"]],
}
ROWS = [row_of(SCHEMA, {"text": HARD}, SAID), row_of(SCHEMA, {"text": "plain"}, {"verdict": "good"}, 1)]


def test_the_sdk_takes_every_answer() -> None:
    tasks = json.loads(written(LabelStudioJson(), View(SCHEMA), ROWS)[0])
    results = [one["result"] for task in tasks for one in task["annotations"]]
    assert len(results) == 6, "the gold answer and two people's, of each item"
    for result in results:
        assert complaints(CONFIG, result) == []


def test_assays_importer_gives_back_what_went_in() -> None:
    for schema, rows in ((SCHEMA, ROWS), (family_scene.SCHEMA, any_rows())):
        brought = tasks_of_json(written(LabelStudioJson(), View(schema), rows)[0])
        assert len(brought) == len(rows)
        for row, task in zip(rows, brought, strict=True):
            assert task.data == row.data
            said = {one["created_username"]: one["result"] for one in task.annotations}
            for annotation in row.annotations:
                read = read_kept(schema, row.data, said[annotation.annotator], also=None)
                assert read.unread == 0
                assert read_answer(schema, row.data, read.result, complete=False).values == annotation.values
            if row.gold:
                gold = read_kept(schema, row.data, said["gold"], also=None)
                values = read_answer(schema, row.data, gold.result, complete=False).values
                assert values == row.labels


def test_soft_labels_and_how_it_was_settled_stand_in_meta() -> None:
    first, _ = json.loads(written(LabelStudioJson(), View(SCHEMA), ROWS)[0])
    meta = first["meta"]["assay"]
    assert meta["settled"]["verdict"] == "unanimous"
    assert meta["chance"]["verdict"] == 0.9
    assert meta["soft"]["verdict"] == [["bad", 0.75], ["other", 0.25]]


def test_json_min_is_what_label_studios_converter_makes_of_the_gold_answers(tmp_path: Path) -> None:
    tasks = json.loads(written(LabelStudioJson(), View(SCHEMA), ROWS)[0])
    gold = [{**task, "annotations": [_who(one) for one in task["annotations"][:1]]} for task in tasks]
    (tmp_path / "tasks.json").write_text(json.dumps(gold))
    untyped: Any = Converter
    converter = untyped(CONFIG, project_dir=str(tmp_path))
    converter.convert_to_json_min(str(tmp_path / "tasks.json"), str(tmp_path / "out"), is_dir=False)
    theirs = json.loads((tmp_path / "out/result.json").read_text())
    ours = json.loads(filed(LabelStudioMin(), View(SCHEMA), ROWS, tmp_path).read_text())
    assert len(ours) == len(theirs) == 2
    for one, other in zip(ours, theirs, strict=True):
        for key in ("id", "text", *SAID):
            if key != "rel":
                assert one.get(key) == other.get(key), key


def _who(annotation: dict[str, Any]) -> dict[str, Any]:
    return {**annotation, "completed_by": {"email": "gold"}}


def test_bytes_are_equal_and_no_rows_are_an_empty_list() -> None:
    for format_ in (LabelStudioJson(), LabelStudioMin()):
        view = View(family_scene.SCHEMA)
        assert written(format_, view, any_rows()) == written(format_, view, any_rows())
        assert json.loads(written(format_, view, [])[0]) == []
