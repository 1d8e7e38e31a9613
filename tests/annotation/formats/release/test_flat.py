"""CSV, classification, SQuAD and relations: loaded by csv, pandas and `datasets`, compared with what went in."""

import csv
import json
from io import StringIO
from pathlib import Path

import pandas
import pytest
from datasets import load_dataset
from hypothesis import given
from hypothesis import strategies as st

from annotation.formats.release.classification import Classification
from annotation.formats.release.csv_rows import Csv
from annotation.formats.release.format import View
from annotation.formats.release.relations import Relations
from annotation.formats.release.squad import Squad
from tests.annotation.formats import family_scene
from tests.annotation.formats.release.scenes import HARD, any_rows, filed, place, row_of, schema_of, written

CHOSEN = schema_of(
    """<Choices name="label" toName="text"><Choice value="good"/><Choice value="bad"/></Choices>
    <Choices name="topics" toName="text" choice="multiple"><Choice value="a"/><Choice value="b"/></Choices>
    <Number name="sum" toName="text"/>""",
    ("text", "premise"),
)
ROWS = [
    row_of(
        CHOSEN,
        {"text": HARD, "premise": "=1+1", "page": 7},
        {"label": "bad", "topics": ["a", "b"], "sum": 2.5},
        split="test",
    ),
    row_of(CHOSEN, {"text": 'a "quoted", text', "premise": "p"}, {"topics": ["b"]}, 1),
]


def test_csv_is_read_by_the_module_and_by_pandas(tmp_path: Path) -> None:
    path = filed(Csv(), View(CHOSEN), ROWS, tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        first, second = list(csv.DictReader(file))
    assert first["text"] == HARD
    assert first["premise"] == "=1+1", "training data are not changed for spreadsheets"
    assert (first["label"], first["label.how"], first["label.chance"]) == ("bad", "unanimous", "0.9")
    assert float(first["label.probability"]) == 0.75
    assert json.loads(first["topics"]) == ["a", "b"]
    assert json.loads(first["more"]) == {"page": 7}
    assert (first["sum"], first["split"], second["label"], second["label.how"]) == ("2.5", "test", "", "")
    frame = pandas.read_csv(path)
    assert list(frame["text"]) == [row.data["text"] for row in ROWS]
    assert list(frame["id"]) == ["it_0", "it_1"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_csv_keeps_any_text(text: str) -> None:
    content, _ = written(
        Csv(), View(CHOSEN), [row_of(CHOSEN, {"text": text, "premise": "p"}, {"label": "bad"})]
    )
    (row,) = csv.DictReader(StringIO(content.decode(), newline=""))
    assert row["text"] == text


def test_every_family_is_a_row_of_the_csv() -> None:
    rows = any_rows()
    content, records = written(Csv(), View(family_scene.SCHEMA), rows)
    read = list(csv.DictReader(StringIO(content.decode(), newline="")))
    assert records == len(read) == len(rows)
    for row, found in zip(rows, read, strict=True):
        for gold in row.gold:
            name = "label_chat" if gold.question == "chat" else gold.question
            said = found[name]
            assert said == gold.value if isinstance(gold.value, str) else json.loads(said) == gold.value


def test_classification_has_a_label_beside_its_text(tmp_path: Path) -> None:
    path = filed(Classification(), View(CHOSEN), ROWS, tmp_path)
    loaded = load_dataset("json", data_files=str(path), split="train", cache_dir=str(tmp_path / "c"))
    (only,) = loaded.to_list()
    assert only == {
        "id": "it_0",
        "text": HARD,
        "premise": "=1+1",
        "label": "bad",
        "topics": ["a", "b"],
        "soft": [{"value": "bad", "probability": 0.75}, {"value": "other", "probability": 0.25}],
    }


def test_several_labels_are_a_list(tmp_path: Path) -> None:
    schema = schema_of(
        '<Choices name="t" toName="text" choice="multiple"><Choice value="a"/><Choice value="b"/></Choices>'
    )
    rows = [row_of(schema, {"text": "x"}, {"t": ["a", "b"]}), row_of(schema, {"text": "y"}, {"t": []}, 1)]
    path = filed(Classification(), View(schema), rows, tmp_path)
    loaded = load_dataset("json", data_files=str(path), split="train", cache_dir=str(tmp_path / "c"))
    assert loaded["labels"] == [["a", "b"], []]


MARKED = '<Labels name="span" toName="text"><Label value="Party"/><Label value="Date" alias="day"/></Labels>'


def test_marked_pieces_answer_the_items_question(tmp_path: Path) -> None:
    schema = schema_of(MARKED, ("title", "question", "text"))
    data = {"title": "T", "question": "Who?", "text": HARD}
    rows = [
        row_of(schema, data, {"span": [place("𠀀甲", "Party"), place("乙方", "Party")]}),
        row_of(schema, {**data, "text": "none"}, {"span": []}, 1),
    ]
    path = filed(Squad(), View(schema, name="D"), rows, tmp_path)
    loaded = load_dataset(
        "json", data_files=str(path), field="data", split="train", cache_dir=str(tmp_path / "c")
    )
    first, second = (entry["paragraphs"][0] for entry in loaded)
    assert first["context"] == HARD
    (asked,) = first["qas"]
    assert (asked["id"], asked["question"], asked["is_impossible"]) == ("it_0", "Who?", False)
    for answer in asked["answers"]:
        start = answer["answer_start"]
        assert HARD[start : start + len(answer["text"])] == answer["text"]
    assert [answer["text"] for answer in asked["answers"]] == ["𠀀甲", "乙方"]
    assert second["qas"][0]["is_impossible"] is True
    assert json.loads(path.read_text())["version"] == "v2.0"


def test_each_label_is_a_question_where_the_item_asks_none() -> None:
    schema = schema_of(MARKED)
    content, records = written(
        Squad(), View(schema), [row_of(schema, {"text": HARD}, {"span": [place("乙方", "day")]})]
    )
    asked = json.loads(content)["data"][0]["paragraphs"][0]["qas"]
    assert records == 2
    assert [(one["question"], one["is_impossible"]) for one in asked] == [("Party", True), ("Date", False)]
    assert json.loads(written(Squad(), View(schema), [])[0])["data"] == []


def test_relations_join_entities(tmp_path: Path) -> None:
    schema = schema_of(MARKED + '<Relations name="rel" toName="text"><Relation value="pays"/></Relations>')
    head, tail, other = place("𠀀甲", "Party"), place("乙方", "Party"), place("Zür", "day")
    rows = [
        row_of(schema, {"text": HARD}, {"span": [head, tail, other], "rel": [[head, tail, "pays", "right"]]})
    ]
    path = filed(Relations(), View(schema), rows, tmp_path)
    (found,) = load_dataset(
        "json", data_files=str(path), split="train", cache_dir=str(tmp_path / "c")
    ).to_list()
    names = [one["text"] for one in found["entities"]]
    assert names == ["𠀀甲", "乙方", "Zür"]
    assert [(names[one["head"]], one["label"], names[one["tail"]]) for one in found["relations"]] == [
        ("𠀀甲", "pays", "乙方")
    ]
    for entity in found["entities"]:
        touched = found["tokens"][entity["token_start"] : entity["token_end"]]
        assert touched[0][0] <= entity["start"] < entity["end"] <= touched[-1][1]
    unsettled = row_of(schema, {"text": HARD}, {"span": [head]})
    assert written(Relations(), View(schema), [unsettled])[1] == 0


@pytest.mark.parametrize(
    ("format_", "inside", "code"),
    [
        (Classification(), '<Number name="n" toName="text"/>', "release_no_choice"),
        (Squad(), '<Number name="n" toName="text"/>', "release_no_spans"),
        (Relations(), MARKED, "release_no_relations"),
    ],
)
def test_what_does_not_fit_is_told(
    format_: Classification | Squad | Relations, inside: str, code: str
) -> None:
    assert format_.misfit(View(schema_of(inside))) == code
