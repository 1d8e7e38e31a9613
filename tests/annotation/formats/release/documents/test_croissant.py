"""The Croissant document: `mlcroissant` finds nothing wrong with it and loads every record by it, offline."""

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import mlcroissant
import pytest

from annotation.formats.release.documents import facts as told
from annotation.formats.release.documents.croissant import croissant
from tests.annotation.formats.release.documents.scene import FACTS, ROWS, WITH_INFO, entry, lay, put, record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A release with everything."""
    lay(tmp_path, WITH_INFO)
    return tmp_path


def opened(folder: Path) -> Any:
    """The release as `mlcroissant` opens it."""
    return mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))


def test_it_is_valid_without_a_single_warning(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        issues = opened(folder).metadata.ctx.issues
    assert (set(issues.errors), set(issues.warnings)) == (set(), set())
    assert "not standard" not in caplog.text  # of the @context


def test_it_is_croissant_1_1(folder: Path) -> None:
    found = opened(folder).metadata
    assert found.ctx.is_v1_1()
    assert found.version == FACTS.version
    assert found.date_published.date().isoformat() == FACTS.last_day


def test_the_record_is_loaded_by_it(folder: Path) -> None:
    loaded = {one["gold/id"].decode(): one for one in opened(folder).records("gold")}
    rows = [row for split in ROWS for row in record(folder, split)]
    assert len(loaded) == len(rows) == sum(ROWS.values())
    for row in rows:
        found = loaded[row["id"]]
        assert found["gold/split"].decode() == row["split"]
        assert found["gold/data/text"].decode() == row["data"]["text"]
        assert found["gold/labels/verdict"].decode() == row["labels"]["verdict"]
        assert found["gold/labels/amount"] == row["labels"]["amount"]
        assert [one.decode() for one in found["gold/labels/问题.一"]] == row["labels"]["问题.一"]
        assert [[one.decode() for one in span] for span in found["gold/labels/spans_here"]] == [
            ["0", "6", "Party"]
        ]


def test_the_parquet_shards_are_loaded_by_it(folder: Path) -> None:
    loaded = {one["data/id"].decode(): one for one in opened(folder).records("data")}
    for row in [row for split in ROWS for row in record(folder, split)]:
        found = loaded[row["id"]]
        assert found["data/text"].decode() == row["data"]["text"]
        assert ["breach", "no breach"][found["data/verdict"]] == row["labels"]["verdict"]
        assert [one.decode() for one in found["data/topics"]] == row["labels"]["问题.一"]


def test_the_splits_are_told_by_it(folder: Path) -> None:
    rows = {one["splits/name"]: one["splits/rows"] for one in opened(folder).records("splits")}
    assert rows == ROWS


def test_a_changed_file_is_not_loaded(folder: Path) -> None:
    document = json.loads((folder / "croissant.json").read_text("utf-8"))
    for one in document["distribution"]:  # read the file itself, whose hash is known, rather than the set
        if one["@id"] == "gold-files":
            one["containedIn"] = {"@id": "gold/test.jsonl"}
    for one in document["recordSet"]:
        for field in one["field"]:
            if field.get("source", {}).get("fileSet") == {"@id": "gold-files"}:
                field["source"]["fileObject"] = {"@id": "gold/test.jsonl"}
                del field["source"]["fileSet"]
    document["distribution"] = [one for one in document["distribution"] if one["@id"] != "gold-files"]
    put(folder, "croissant.json", json.dumps(document).encode())
    assert len(list(opened(folder).records("gold"))) == ROWS["test"]
    content = (folder / "gold/test.jsonl").read_bytes()
    put(folder, "gold/test.jsonl", content.replace(b"breach", b"broken", 1))
    with pytest.raises(Exception, match=r"Download\(gold/test.jsonl\)"):
        list(opened(folder).records("gold"))


def test_every_file_is_listed_with_its_hash_but_pictures_are_a_set(folder: Path) -> None:
    document = json.loads((folder / "croissant.json").read_text("utf-8"))
    listed = {one["@id"]: one for one in document["distribution"]}
    for path in ("gold/train.jsonl", "data/train-00000-of-00002.parquet"):
        assert listed[path]["sha256"] == entry(folder, path).sha256
    assert "files/abc.png" not in listed
    assert listed["files-files"]["includes"] == "files/*"


def test_it_says_who_annotated_and_how(folder: Path) -> None:
    found = opened(folder).metadata
    assert found.annotations_per_item == "items with that many answers: 2: 10"
    assert "5 annotators, 1 adjudicators; nobody is named." in found.annotator_demographics
    assert "annotators by jurisdiction: CN: 3, others: 2" in found.annotator_demographics
    assert any("95 % interval 0.600 to 0.900" in one for one in found.data_annotation_analysis)
    assert (
        "amount: no alpha_interval (everybody always gave the same label)" in found.data_annotation_analysis
    )
    assert "a register (8 items, CC-BY-4.0)" in found.data_collection
    assert found.data_limitations == ["Only leases. Only of one town."]
    assert any("Only 10 items" in one for one in found.data_biases)


@pytest.mark.parametrize(
    "key",
    [
        'a "quoted" key',
        "a.b",
        "a\\b",
        "$[0]",
        "it's",
        "a/b c",
        "键 一",
        "😀",
        "a,b",
        "*",
        "a`b",
        "@id",
        "%20",
    ],
)
def test_a_question_of_any_name_is_loaded(tmp_path: Path, key: str) -> None:
    line = {"id": "i1", "split": "train", "labels": {key: "yes"}, "data": {key: "text of it"}}
    others = {"language": "", "source": "", "licence": "", "group": ""}
    put(tmp_path, "gold/train.jsonl", json.dumps({**line, **others}).encode() + b"\n")
    facts = replace(
        FACTS,
        questions=(told.Asked(key, "choice", settled={"single": 1}),),
        fields=(told.Shown(key, key, "text"),),
    )
    document = croissant(facts, [entry(tmp_path, "gold/train.jsonl", 1)])
    put(tmp_path, "croissant.json", json.dumps(document).encode())
    (found,) = opened(tmp_path).records("gold")
    assert b"yes" in found.values()
    assert b"text of it" in found.values()


def test_two_keys_that_look_alike_have_two_ids() -> None:
    facts = replace(FACTS, questions=(told.Asked("a b", "choice"), told.Asked("a_b", "choice")))
    (records,) = [one for one in croissant(facts, [lay_entry()])["recordSet"] if one["@id"] == "gold"]
    ids = [field["@id"] for field in records["field"]]
    assert len(ids) == len(set(ids))


def lay_entry() -> Any:
    """A file of the record that nobody reads."""
    from annotation.formats.manifest import FileEntry

    return FileEntry("gold/train.jsonl", "ab" * 32, 1, 1)
