"""Rows as a release has them, from templates of the gallery, and the files that formats make of them."""

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from datasets import Dataset, load_dataset

from annotation.algorithms.verdict import NO_MAJORITY, judge
from annotation.formats.answers import read_answer
from annotation.formats.labelling_config import parse_config
from annotation.formats.release.format import View
from annotation.formats.release.registry import FORMATS
from annotation.formats.release.rows import GoldAnswer, ReleasedAnnotation, ReleaseRow
from annotation.formats.schema import Schema

Said = Mapping[str, Any]
"""By question, the value of its region, or a list of values, each of which may have an `id` beside it."""

LIBRARY = Path(__file__).parents[5] / "annotation" / "templates_library"
DAY = "2026-11-20T10:00:00+00:00"


def schema_of(template: str) -> Schema:
    """A template's schema."""
    return parse_config((LIBRARY / f"{template}.xml").read_text("utf-8"))


def example_of(template: str, language: str = "en") -> dict[str, Any]:
    """A template's row to try it with."""
    rows: dict[str, dict[str, Any]] = json.loads(
        (LIBRARY / "examples" / f"{template}.json").read_text("utf-8")
    )
    return rows[language]


def row(
    schema: Schema, data: Mapping[str, Any], *answers: Said, how: str = "", item: str = "it-1"
) -> ReleaseRow:
    """An item that these experts answered, settled as Assay settles; `how` is said of the gold where it is given."""
    return settled(schema, data, [_result(schema, said) for said in answers], how=how, item=item)


def settled(
    schema: Schema, data: Mapping[str, Any], results: Sequence[Any], how: str = "", item: str = "it-1"
) -> ReleaseRow:
    """The same of whole results."""
    read = [read_answer(schema, data, one, complete=False) for one in results]
    gold = []
    for question in schema.questions:
        values = {str(at): one.values.get(question.key) for at, one in enumerate(read)}
        verdict = judge(question.kind, values, rule=NO_MAJORITY)
        winners = verdict.winners if verdict.how == "collected" else verdict.winners[:1]
        regions = [
            region for at in winners for region in read[int(at)].result if region["from_name"] == question.key
        ]
        gold.append(GoldAnswer(question.key, verdict.value, regions, how or verdict.how, DAY))
    said = [
        ReleasedAnnotation(f"expert-{at}", "law", DAY, 60.0, one.values, one.result, 1, 1)
        for at, one in enumerate(read)
    ]
    return ReleaseRow(item, data, schema.data_keys, gold, said, language="en", schema=schema)


def written(key: str, schema: Schema, *rows: ReleaseRow) -> tuple[bytes, list[int]]:
    """The file of a format, and how many records each row gave."""
    out = io.BytesIO()
    sink = FORMATS[key].open(out, View(schema))
    counts = [sink.write(one) for one in rows]
    sink.close()
    return out.getvalue(), counts


def records(key: str, schema: Schema, *rows: ReleaseRow) -> list[dict[str, Any]]:
    """The records of a format."""
    content, counts = written(key, schema, *rows)
    found = [json.loads(line) for line in content.split(b"\n")[:-1]]
    assert len(found) == sum(counts)
    return found


def loaded(folder: Path, key: str, schema: Schema, *rows: ReleaseRow) -> Dataset:
    """The file as `datasets` loads it."""
    path = folder / f"{key}.jsonl"
    path.write_bytes(written(key, schema, *rows)[0])
    return load_dataset("json", data_files=str(path), split="train", cache_dir=str(folder / "cache"))


def turns(
    data: Mapping[str, Any], key: str, text: str, labels: Sequence[str], tag: str
) -> list[dict[str, Any]]:
    """Marks on the turns of a dialogue or chat, in order; none where a label is empty."""
    found, at = [], 0
    for number, (turn, label) in enumerate(zip(data[key], labels, strict=True)):
        end = at + len(turn[text])
        if label:
            found.append({"id": f"turn-{number}", "start": at, "end": end, tag: [label]})
        at = end + 1
    return found


def _result(schema: Schema, said: Said) -> list[dict[str, Any]]:
    result = []
    for key, given in said.items():
        question = schema.by_key[key]
        for at, one in enumerate(given if isinstance(given, list) else [given]):
            value = {name: part for name, part in one.items() if name != "id"}
            names = {"from_name": key, "to_name": question.to_name, "type": question.region_type}
            result.append({"id": one.get("id", f"{key}-{at}"), **names, "value": value})
    return result
