"""Release files: golden bytes, shards that join, and Label Studio's own reader."""

import hashlib
import importlib
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.formats.manifest import FileEntry, ReleaseFacts, build_manifest, manifest_bytes, manifest_hash
from annotation.formats.release_files import WRITERS, join_shards, write_shard
from annotation.formats.release_rows import Dissent, GoldAnswer, ReleasedAnnotation, ReleaseRow

SPAN = {
    "id": "s1",
    "from_name": "span",
    "to_name": "text",
    "type": "labels",
    "value": {"start": 1, "end": 3, "text": "😀甲", "labels": ["Party"]},
}
CHOICE = {"from_name": "verdict", "to_name": "text", "type": "choices", "value": {"choices": ["breach"]}}
ROW = ReleaseRow(
    item="it_1",
    data={"body": "a😀甲\r\n"},
    fields={"text": "body"},
    gold=[
        GoldAnswer(
            question="verdict",
            value="breach",
            result=[CHOICE],
            how="adjudicated",
            settled_at="2026-11-20T10:00:00Z",
            rationale="Clause 2.1 says so.",
            clause="2.1",
            adjudicator="p9",
            dissent=[Dissent("p2", "none")],
        ),
        GoldAnswer("span", [[1, 3, "Party"]], [SPAN], "unanimous", "2026-11-20T09:00:00Z"),
    ],
    annotations=[
        ReleasedAnnotation(
            annotator="p1",
            credential_class="lawyer",
            submitted_at="2026-11-20T08:00:00Z",
            seconds=41.5,
            values={"verdict": "breach", "span": [[1, 3, "Party"]]},
            result=[CHOICE, SPAN],
            schema_version=1,
            guideline_version=2,
        )
    ],
    language="zh-hans",
    source="web",
    licence="CC-BY-4.0",
    group="doc",
)
ROWS = [ROW, replace(ROW, item="it_2", annotations=[]), replace(ROW, item="it_3", gold=[])]

GOLDEN_LINE = (
    '{"annotations":[{"annotator":"p1","credential_class":"lawyer","guideline_version":2,"result":['
    '{"from_name":"verdict","to_name":"text","type":"choices","value":{"choices":["breach"]}},'
    '{"from_name":"span","id":"s1","to_name":"text","type":"labels",'
    '"value":{"end":3,"labels":["Party"],"start":1,"text":"😀甲"}}],'
    '"schema_version":1,"seconds":41.5,"submitted_at":"2026-11-20T08:00:00Z",'
    '"values":{"span":[[1,3,"Party"]],"verdict":"breach"}}],'
    '"data":{"body":"a😀甲\\r\\n"},'
    '"gold":{"span":{"adjudicator":null,"adjudicator_class":null,"cites":[],"clause":"","decision":null,"dissent":[],"how":"unanimous","rationale":"","result":['
    '{"from_name":"span","id":"s1","to_name":"text","type":"labels",'
    '"value":{"end":3,"labels":["Party"],"start":1,"text":"😀甲"}}],'
    '"settled_at":"2026-11-20T09:00:00Z","value":[[1,3,"Party"]]},'
    '"verdict":{"adjudicator":"p9","adjudicator_class":null,"cites":[],"clause":"2.1","decision":null,"dissent":[{"annotator":"p2","value":"none"}],'
    '"how":"adjudicated","rationale":"Clause 2.1 says so.","result":['
    '{"from_name":"verdict","to_name":"text","type":"choices","value":{"choices":["breach"]}}],'
    '"settled_at":"2026-11-20T10:00:00Z","value":"breach"}},'
    '"group":"doc","id":"it_1","labels":{"span":[[1,3,"Party"]],"verdict":"breach"},'
    '"language":"zh-hans","licence":"CC-BY-4.0","source":"web"}\n'
)


def _written(name: str, rows: list[ReleaseRow]) -> bytes:
    shard, out = io.BytesIO(), io.BytesIO()
    count = write_shard(WRITERS[name], rows, shard, first=0).rows
    shard.seek(0)
    told = join_shards(WRITERS[name], [(shard, count)], out)
    assert told.sha256 == hashlib.sha256(out.getvalue()).hexdigest()
    assert (told.size, told.rows) == (len(out.getvalue()), len(rows))
    return out.getvalue()


def test_a_json_line_is_these_bytes() -> None:
    assert _written("jsonl", [ROW]).decode() == GOLDEN_LINE


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_rows_give_the_same_bytes(name: str) -> None:
    assert _written(name, ROWS) == _written(name, ROWS)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("cut", [0, 1, 2, 3])
def test_shards_join_into_the_file_that_one_run_writes(name: str, cut: int) -> None:
    writer = WRITERS[name]
    shards = []
    for first, rows in ((0, ROWS[:cut]), (cut, ROWS[cut:])):
        out = io.BytesIO()
        told = write_shard(writer, rows, out, first=first)
        assert told.rows == len(rows)
        assert told.sha256 == hashlib.sha256(out.getvalue()).hexdigest()
        shards.append((io.BytesIO(out.getvalue()), told.rows))
    joined = io.BytesIO()
    told = join_shards(writer, shards, joined)
    assert joined.getvalue() == _written(name, ROWS)
    assert (told.rows, told.size) == (3, len(joined.getvalue()))


@pytest.mark.parametrize("name", WRITERS)
def test_a_release_without_rows_is_a_valid_file(name: str) -> None:
    content = _written(name, [])
    assert content == b"" if name == "jsonl" else json.loads(content) == []


def test_label_studio_counts_in_utf16_units_and_gold_comes_first() -> None:
    tasks = json.loads(_written("label_studio", ROWS))
    assert [task["id"] for task in tasks] == [1, 2, 3]
    gold, own = tasks[0]["annotations"]
    assert gold["ground_truth"]
    assert not own["ground_truth"]
    (span,) = [region for region in own["result"] if region["type"] == "labels"]
    units = tasks[0]["data"]["body"].encode("utf-16-le")
    start, end = span["value"]["start"], span["value"]["end"]
    assert units[2 * start : 2 * end].decode("utf-16-le") == span["value"]["text"]
    assert all(region["id"] for annotation in (gold, own) for region in annotation["result"])
    assert tasks[0]["meta"]["assay"]["item"] == "it_1"
    assert tasks[2]["annotations"][0]["ground_truth"] is False
    numbers = [annotation["id"] for task in tasks for annotation in task["annotations"]]
    assert len(set(numbers)) == len(numbers)


FACTS = ReleaseFacts(
    project="pr_1",
    sector="legal",
    items=3,
    annotations=1,
    annotators=1,
    labels={"verdict": {"breach": 2}},
    settled={"verdict": {"adjudicated": 2}},
    agreement={"verdict": {"alpha": 0.5}},
    schema_versions=[2, 1, 1],
    guideline_versions=[2],
    licences={"CC-BY-4.0": 3},
    languages={"zh-hans": 3},
    software="assay 0.1.0",
)
FILES = [FileEntry("label-studio.json", "b" * 64, 20, 3), FileEntry("gold.jsonl", "a" * 64, 10, 3)]


def test_a_manifest_names_every_file_in_a_fixed_order() -> None:
    manifest = build_manifest(FACTS, FILES)
    assert [entry["path"] for entry in manifest["files"]] == ["gold.jsonl", "label-studio.json"]
    assert manifest["schema_versions"] == [1, 2]
    assert manifest_bytes(manifest) == manifest_bytes(build_manifest(FACTS, FILES[::-1]))
    assert json.loads(manifest_bytes(manifest)) == manifest
    assert manifest_hash(manifest) == hashlib.sha256(manifest_bytes(manifest)).hexdigest()


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same path"):
        build_manifest(FACTS, [FILES[0], FILES[0]])


def test_label_studios_own_converter_reads_the_export(tmp_path: Path) -> None:
    converter = importlib.import_module("label_studio_sdk.converter")  # slow to import: only here
    (tmp_path / "tasks.json").write_bytes(_written("label_studio", ROWS))
    config = (
        '<View><Text name="text" value="$body"/><Choices name="verdict" toName="text"><Choice value="breach"/>'
        '<Choice value="none"/></Choices><Labels name="span" toName="text"><Label value="Party"/></Labels></View>'
    )
    reading = converter.Converter(config, str(tmp_path))
    reading.convert_to_json(str(tmp_path / "tasks.json"), str(tmp_path / "out"), is_dir=False)
    (found,) = (tmp_path / "out").glob("*.json")
    assert len(json.loads(found.read_text(encoding="utf-8"))) == 3
