"""Parquet: `datasets` loads a release's folder with its features, and pyarrow reads what went in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from datasets import ClassLabel, Features, load_dataset
from pyarrow import parquet

from annotation.formats.messages import FormatError
from annotation.formats.release.format import View
from annotation.formats.release.parquet import Parquet, dataset_info, features
from annotation.formats.schema import Kind, Question
from tests.annotation.formats import family_scene
from tests.annotation.formats.release.scenes import HARD, any_rows, filed, place, row_of, schema_of, written

SCHEMA = schema_of(
    """<Choices name="verdict" toName="text"><Choice value="good"/><Choice value="bad"/></Choices>
    <Choices name="topics" toName="text" choice="multiple"><Choice value="tax"/><Choice value="law"/></Choices>
    <Labels name="span" toName="text"><Label value="Party"/></Labels>
    <Relations name="rel" toName="text"><Relation value="pays"/></Relations>
    <Rating name="stars" toName="text"/>"""
)
VIEW = View(SCHEMA, name="D", languages=("en",))
ROWS = [
    row_of(
        SCHEMA,
        {"text": HARD, "page": 3},
        {
            "rel": [[place("𠀀甲", "Party"), place("乙方", "Party"), "pays", "right"]],
            "verdict": "bad",
            "topics": ["law", "tax"],
            "span": [[0, 2, "Party"], place("乙方", "Party")],
            "stars": 4,
        },
    ),
    row_of(SCHEMA, {"text": "plain"}, {"verdict": "good"}, 1),
]


def _folder(folder: Path) -> Path:
    filed(Parquet(), VIEW, ROWS, folder)
    filed(Parquet(), VIEW, ROWS[:1], folder, "test")
    front = {
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": one, "path": f"data/{one}*.parquet"} for one in ("train", "test")],
            }
        ],
        "dataset_info": dataset_info(VIEW),
    }
    (folder / "gold").mkdir()
    (folder / "gold" / "train.jsonl").write_text("{}\n")
    (folder / "README.md").write_text(f"---\n{yaml.safe_dump(front, sort_keys=False)}---\n\n# D\n")
    return folder


def test_a_folder_loads_in_one_line(tmp_path: Path) -> None:
    loaded = load_dataset(str(_folder(tmp_path)), cache_dir=str(tmp_path / "cache"))
    assert set(loaded) == {"train", "test"}
    train = loaded["train"]
    assert isinstance(train.features["verdict"], ClassLabel)
    assert train.features["verdict"].names == ["good", "bad"]
    first, second = train[0], train[1]
    assert first["text"] == HARD
    assert first["verdict"] == 1
    assert train.features["topics"].feature.names == ["tax", "law"]
    assert first["topics"] == [1, 0]
    assert [one["text"] for one in first["span"]] == ["𠀀甲", "乙方"]
    assert first["stars"] == 4
    assert [(one["head"]["text"], one["label"], one["tail"]["text"]) for one in first["rel"]] == [
        ("𠀀甲", "pays", "乙方")
    ]
    assert first["soft"] == [
        {"question": "verdict", "value": "bad", "probability": 0.75},
        {"question": "verdict", "value": "other", "probability": 0.25},
    ]
    assert json.loads(first["more"]) == {"page": 3}
    assert second["span"] is None
    assert [one["annotator"] for one in first["annotations"]] == ["p1", "p2"]


def test_the_cards_features_are_those_of_the_files(tmp_path: Path) -> None:
    for view in (VIEW, View(family_scene.SCHEMA)):
        rows = ROWS if view is VIEW else any_rows(3)
        path = filed(Parquet(), view, rows, tmp_path / str(len(rows)))
        loaded = load_dataset(
            "parquet", data_files=str(path), cache_dir=str(tmp_path / "cache"), split="train"
        )
        assert loaded.features._to_yaml_list() == features(view)
        assert Features._from_yaml_list(features(view)) == loaded.features
        assert list(loaded.features) == parquet.read_schema(path).names


def test_every_family_comes_out_as_it_went_in(tmp_path: Path) -> None:
    rows = any_rows()
    view = View(family_scene.SCHEMA)
    table = parquet.read_table(filed(Parquet(), view, rows, tmp_path)).to_pylist()
    assert len(table) == len(rows)
    seen = set[str]()
    for row, found in zip(rows, table, strict=True):
        assert found["id"] == row.item
        assert found["text"] == row.data["text"]
        for question in view.schema.questions:
            value = row.labels.get(question.key)
            seen |= {question.kind} if value is not None else set()
            name = "label_chat" if question.key == "chat" else question.key  # the chat's own name is taken
            assert _read(question, found[name]) == value, question.key
    assert seen >= set(Kind) - {Kind.RATING, Kind.RELATIONS}, "the others are loaded above"


def _read(question: Question, found: Any) -> Any:
    """A cell as the judgement value that went in."""
    names = [label.key for label in question.labels] or ["left", "right"]
    readers: dict[Kind, Callable[[], Any]] = {
        Kind.BOXES: lambda: json.loads(found),
        Kind.SPANS: lambda: [_span(one) for one in found],
        Kind.RELATIONS: lambda: [
            [_span(one["head"]), _span(one["tail"]), one["label"], one["direction"]] for one in found
        ],
        Kind.CHOICE: lambda: names[found],
        Kind.CHOICES: lambda: found if question.key_of_data else [names[one] for one in found],
    }
    return None if found is None else readers.get(question.kind, lambda: found)()


def _span(found: dict[str, Any]) -> list[Any]:
    return [found["start"], found["end"], found["label"]]


def test_rows_are_grouped_and_bytes_are_equal(tmp_path: Path) -> None:
    many = [row_of(SCHEMA, {"text": f"t{at}"}, {"verdict": "good"}, at) for at in range(2001)]
    once, records = written(Parquet(), VIEW, many)
    assert records == 2001
    assert once == written(Parquet(), VIEW, many)[0]
    path = tmp_path / "a.parquet"
    path.write_bytes(once)
    assert parquet.ParquetFile(path).num_row_groups == 3
    empty = tmp_path / "b.parquet"
    empty.write_bytes(written(Parquet(), VIEW, [])[0])
    assert parquet.read_table(empty).num_rows == 0


def test_a_label_that_the_schema_no_longer_has_is_told() -> None:
    row = row_of(SCHEMA, {"text": "t"}, {"verdict": "good"})
    gone = View(schema_of('<Choices name="verdict" toName="text"><Choice value="bad"/></Choices>'))
    with pytest.raises(FormatError, match="“good” of item it_0"):
        written(Parquet(), gone, [row])
    known = View(gone.schema, labels={"verdict": ("good",)})
    assert written(Parquet(), known, [row])[1] == 1
