"""Chinese medical texts with nested spans by one annotator: every offset and every text survives."""

import gzip
import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.annotation.shared_data import shared
from tests.stories.effort import Effort, Released, Work, spans
from tests.stories.founding import Founding
from tests.support.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.long, pytest.mark.timeout(900)]

NAMES = {
    "dis": "疾病", "sym": "临床表现", "dru": "药物", "equ": "医疗设备", "pro": "医疗程序",
    "bod": "身体", "ite": "医学检验项目", "mic": "微生物类", "dep": "科室",
}  # fmt: skip
LABELS = "\n".join(f'    <Label value="{name}" alias="{key}"/>' for key, name in NAMES.items())
CONFIG = f"""<View>
  <Labels name="entity" toName="text">
{LABELS}
  </Labels>
  <Text name="text" value="$text"/>
</View>"""
# Written for this test: the set has no character outside the BMP, where code points and UTF-16 units part.
ASTRAL = {
    "id": "astral",
    "text": "患者𠮷某\r\n诊断为👨‍👩‍👧家族性高胆固醇血症（𠀀型）。",
    "spans": [
        [2, 4, "bod"],
        [3, 8, "pro"],
        [9, 14, "ite"],
        [14, 23, "dis"],
        [17, 21, "ite"],
        [24, 26, "dis"],
    ],
}


@dataclass
class Told:
    """What the story left behind."""

    texts: dict[str, dict[str, Any]]
    released: Released


@pytest.fixture(scope="module")
def told(stack: Stack) -> Told:
    """The whole story, told once."""
    texts = {row["id"]: row for row in [*_published(), ASTRAL]}
    effort = Effort(
        stack,
        Founding(
            title="CMeEE",
            sector="healthcare",
            people={"an": "annotator"},
            config=CONFIG,
            guideline="# 1. 标注\n\n1.1 标出实体。",
            settings={"overlap": 1, "language": "zh-hans"},
            policy={
                "licence": "LicenseRef-Proprietary"
            },  # there is a statement of rights only: not for the public
        ),
    )
    effort.upload(
        "cmeee.jsonl",
        ({"text": row["text"], "ref": ref} for ref, row in texts.items()),
        source="CMeEE-V2",
        rights="Research use, as published.",
        deidentified_statement="教科书与文献文本，无患者信息。",
    )

    marked = {row["text"]: row["spans"] for row in texts.values()}  # a work has only what is shown

    def answer(work: Work) -> list[dict[str, Any]]:
        text = work["item"]["data"]["text"]
        return spans("entity", text, marked[text])

    assert sum(1 for _ in effort.label(effort.person("an"), answer)) == len(texts)
    effort.settle()
    return Told(texts, effort.release())


def _published() -> list[dict[str, Any]]:
    """The set with half-open spans: it counts a span's last character in ("SARS" is [5, 8] of its text)."""
    with gzip.open(shared("data/domain/healthcare/cmeee_v2_zh.jsonl.gz"), "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        {**row, "spans": [[start, last + 1, label] for start, last, label in row["spans"]]} for row in rows
    ]


def test_the_set_has_nested_spans(told: Told) -> None:
    assert len(told.texts) == 601
    assert sum(_has_nested(row["spans"]) for row in told.texts.values()) > 200


def _has_nested(marked: list[list[Any]]) -> bool:
    return any(
        one is not two and two[0] <= one[0] and one[1] <= two[1] and one[:2] != two[:2]
        for one in marked
        for two in marked
    )


def test_gold_jsonl_has_every_span_in_code_points(told: Told) -> None:
    assert {row["data"]["ref"] for row in told.released.rows} == set(told.texts)
    for row in told.released.rows:
        given = told.texts[row["data"]["ref"]]
        assert row["data"]["text"] == given["text"]
        assert sorted(row["labels"]["entity"] or []) == sorted(given["spans"])
        regions = [region["value"] for region in row["gold"]["entity"]["result"]]
        assert sorted((v["start"], v["end"], v["labels"][0]) for v in regions) == _tuples(given["spans"])
        for value in regions:
            assert value["text"] == given["text"][value["start"] : value["end"]]


def test_the_label_studio_file_has_every_span_in_utf16_units(told: Told) -> None:
    for task in told.released.tasks:
        given = told.texts[task["data"]["ref"]]
        assert task["data"]["text"] == given["text"]
        units = given["text"].encode("utf-16-le")
        (gold,) = (annotation for annotation in task["annotations"] if annotation["ground_truth"])
        found = []
        for region in gold["result"]:
            value = region["value"]
            cut = units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le")
            assert cut == value["text"]
            start = len(units[: 2 * value["start"]].decode("utf-16-le"))
            found.append((start, start + len(cut), value["labels"][0]))
        assert sorted(found) == _tuples(given["spans"])


def _tuples(marked: list[list[Any]]) -> list[tuple[int, int, str]]:
    return sorted((start, end, label) for start, end, label in marked)


def test_the_manifest_counts_every_label(told: Told) -> None:
    counts = dict.fromkeys(NAMES, 0)
    for row in told.texts.values():
        for _, _, label in row["spans"]:
            counts[label] += 1
    assert told.released.manifest["counts"]["labels"]["entity"] == counts
    assert told.released.manifest["counts"]["settled"] == {"entity": {"single": 601}}
