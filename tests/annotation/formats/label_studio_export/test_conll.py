"""Tokens and tags: Label Studio's own cases, Chinese, and offsets."""

import json
from typing import Any

import pytest

from annotation.formats.label_studio_export.conll import spans_of, tagged
from annotation.formats.label_studio_export.treebank import tokens_of
from tests.annotation.shared_data import SHARED

PATH = SHARED / "data/labelstudio/conll_tokenisation_cases.json"
CASES = json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else []


def lines(text: str, *values: dict[str, Any]) -> list[tuple[str, str]]:
    return [(text[start:end], tag) for start, end, tag in tagged(text, spans_of(text, list(values)))]


def by_place(told: Any) -> dict[int, str]:
    return {int(at): one for at, one in (told.items() if isinstance(told, dict) else enumerate(told))}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["test"])
def test_cases_of_label_studio(case: dict[str, Any]) -> None:
    found = lines(case["text"], *(case["spans"] or []))
    for at, part in enumerate(("tokens", "tags")):
        expected = by_place(case[part])
        assert {place: found[place][at] for place in expected} == expected


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("张三去了北京。", "张|三|去|了|北|京|。"),
        (
            "Q3营收同比增长12.5%，净利润3亿元（约$40m）",
            "Q3|营|收|同|比|增|长|12.5|%|，|净|利|润|3|亿|元|（|约|$|40m|）",
        ),
        ("𠮷野家の牛丼を食べる", "𠮷|野|家|の|牛|丼|を|食|べ|る"),
        ("葛\U000e0100城と😀", "葛\U000e0100|城|と|😀"),
        ("他说“好”。", "他|说|“|好|”|。"),
        ('她说"不"', '她|说|"|不|"'),
        ("한국어는 띄어 씁니다", "한국어는|띄어|씁니다"),
    ],
)
def test_chinese_and_japanese_characters_stand_alone(text: str, tokens: str) -> None:
    assert [text[start:end] for start, end in tokens_of(text)] == tokens.split("|")


def test_a_part_of_a_chinese_sentence_is_tagged() -> None:
    found = lines("张三在北京。", {"start": 3, "end": 5, "labels": ["地点"]})
    assert [tag for _, tag in found] == ["O", "O", "O", "B-地点", "I-地点", "O"]


EMOJI = "😀😀 Ann 𠮷 Bob"


@pytest.mark.parametrize(
    ("start", "end", "said", "tags"),
    [
        (5, 8, "Ann", "O B-X O O"),
        (5, 8, None, "O B-X O O"),
        (12, 15, "Bob", "O O O B-X"),
        (3, 6, "Ann", "O B-X O O"),  # code points: what the text says fits
        (9, 12, "Bob", "O O O B-X"),
        (9, 11, "𠮷", "O O B-X O"),
        (0, 99, None, "B-X I-X I-X I-X"),
    ],
)
def test_offsets_are_utf16_units_unless_the_text_says_otherwise(
    start: int, end: int, said: str | None, tags: str
) -> None:
    value = {"start": start, "end": end, "text": said, "labels": ["X"]}
    assert " ".join(tag for _, tag in lines(EMOJI, value)) == tags


@pytest.mark.parametrize(
    "value", [{"start": 0, "labels": ["X"]}, {"start": "0", "end": 3}, {"start": 0, "end": True}]
)
def test_one_place_that_is_none_leaves_all_untagged(value: dict[str, Any]) -> None:
    assert {tag for _, tag in lines("Ann met Bob", value, {"start": 0, "end": 3, "labels": ["X"]})} == {"O"}


def test_a_label_stays_on_its_line() -> None:
    assert lines("Ann", {"start": 0, "end": 3, "labels": ["a b\nc"]}) == [("Ann", "B-a b c")]
