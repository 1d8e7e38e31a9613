"""The story's files are what its source says, and every answer and decision in them is valid."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from annotation.formats.answers import check, compare
from annotation.formats.labelling_config import parse_config
from tests.data.story.build import outputs

FOLDER = Path(__file__).parents[1] / "data" / "story"


def load(name: str) -> Any:
    return json.loads((FOLDER / name).read_text("utf-8"))


def items() -> dict[str, dict[str, str]]:
    lines = (FOLDER / "items.jsonl").read_text("utf-8").splitlines()
    return {row["ref"]: row for row in map(json.loads, lines)}


SCHEMA = parse_config((FOLDER / "config.xml").read_text("utf-8"))


def test_the_committed_files_are_what_the_builder_writes() -> None:
    for path, content in outputs().items():
        assert path.read_text("utf-8") == content, f"run python -m tests.data.story.build: {path.name}"


def test_every_answer_is_complete_and_valid() -> None:
    answers, texts = load("answers.json"), items()
    assert len(texts) == 24
    assert set(answers) == set(texts)
    for ref, by in answers.items():
        assert sorted(by) == ["a", "b", "c"]
        for result in by.values():
            check(SCHEMA, texts[ref], result, complete=True)


def test_every_decision_answers_its_question_only_and_cites_a_clause() -> None:
    texts, expected = items(), load("expected.json")
    guideline = (FOLDER / "guideline.md").read_text("utf-8")
    for ref, by in load("decisions.json").items():
        for question, made in by.items():
            values = check(SCHEMA, texts[ref], made["result"], complete=False)
            assert set(values) <= {question}
            gold = expected[ref][question]["any_difference"]["gold"]
            assert compare(SCHEMA.by_key[question].kind, values.get(question), gold)
            assert made["rationale"]
            assert re.search(rf"^{re.escape(made['clause'])} ", guideline, re.M)


def test_the_counts_are_those_the_readme_gives() -> None:
    expected = load("expected.json")
    differ = [(ref, q, o) for ref, by in expected.items() for q, o in by.items() if "any_difference" in o]
    disputed = [(ref, q) for ref, q, o in differ if o["no_majority"]["how"] == "adjudicated"]
    decided = {(ref, q) for ref, by in load("decisions.json").items() for q in by}
    assert decided == {(ref, q) for ref, q, _ in differ}
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert f"{len(differ)} questions on {len({ref for ref, _, _ in differ})} items differ" in readme
    assert f"{len(disputed)} on {len({ref for ref, _ in disputed})} items under `no_majority`" in readme


def test_the_texts_hold_what_breaks_offsets() -> None:
    text = "".join(row["text"] for row in items().values())
    for hard in ("\r\n", "\u200d", "\U0001f3fd", "\U0001f1ee", "\U00020bb7", "\U00020000", "\u0301", "，３"):
        assert hard in text
    assert sum(row["_language"] == "en" for row in items().values()) == 12
