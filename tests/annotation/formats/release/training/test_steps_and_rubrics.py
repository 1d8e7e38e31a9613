"""Stepwise supervision and rubric-graded answers."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from datasets import Value

from annotation.formats.release.rows import ReleaseRow
from tests.annotation.formats.release.training.scene import (
    example_of,
    loaded,
    records,
    row,
    schema_of,
    turns,
)
from tests.annotation.formats.release.training.stories import graded_story, story


def solution(*labels: str, **data: Any) -> ReleaseRow:
    given = {**example_of("reasoning_steps"), **data}
    return row(
        schema_of("reasoning_steps"),
        given,
        {"verdict": turns(given, "steps", "text", list(labels), "paragraphlabels")},
    )


def test_steps_have_a_label_each(tmp_path: Path) -> None:
    """TRL's stepwise supervision: a text, texts, and as many truth values."""
    one = solution("right", "wrong", "wrong", "right")
    found = loaded(tmp_path, "prm", one.asked, one)
    assert found.features["labels"].feature == Value("bool")
    assert found.features["prompt"] == Value("string")
    assert found[0] == {
        "id": "it-1",
        "prompt": one.data["question"],
        "completions": [step["text"] for step in one.data["steps"]],
        "labels": [True, False, False, True],
    }


@pytest.mark.parametrize(
    "labels",
    [("right", "neutral", "wrong", "wrong"), ("right", "right", "right", ""), ("", "", "", "")],
    ids=["neutral", "unjudged", "unanswered"],
)
def test_a_step_that_is_neither_spoils_the_solution(labels: tuple[str, ...]) -> None:
    assert records("prm", schema_of("reasoning_steps"), solution(*labels)) == []


def test_a_mark_over_two_steps_counts_for_both() -> None:
    given = {
        **example_of("reasoning_steps"),
        "steps": [{"author": "M", "text": text} for text in ("一", "二 😀")],
    }
    over = {"verdict": [{"start": 0, "end": 5, "paragraphlabels": ["right"]}]}
    schema = schema_of("reasoning_steps")
    assert records("prm", schema, row(schema, given, over))[0]["labels"] == [True, True]


def test_two_marks_that_disagree_spoil_it() -> None:
    given = {**example_of("reasoning_steps"), "steps": [{"author": "M", "text": "一"}]}
    marks = [{"id": label, "start": 0, "end": 1, "paragraphlabels": [label]} for label in ("right", "wrong")]
    schema = schema_of("reasoning_steps")
    assert records("prm", schema, row(schema, given, {"verdict": marks})) == []


def test_an_empty_step_spoils_it() -> None:
    steps = [{"author": "M", "text": "a"}, {"author": "M", "text": ""}]
    assert records("prm", schema_of("reasoning_steps"), solution("right", "", steps=steps)) == []


def test_a_graded_answer_has_its_criteria_points_and_reasons(tmp_path: Path) -> None:
    one = graded_story()
    found = loaded(tmp_path, "rubric", one.asked, one)[0]
    assert found["response"] == one.data["answer"]
    assert found["prompt"] == [{"role": "user", "content": one.data["task"]}]
    assert found["rationales"] == ["One word is jargon."]
    figures = [(each["weight"], each["most"], each["points"]) for each in found["criteria"]]
    assert figures == [(3.0, 4, 4.0), (2.0, 2, 2.0), (1.0, 2, 1.0), (-1.0, 1, 0.0)]
    reached = sum(weight * points for weight, _, points in figures)
    most = sum(weight * most for weight, most, _ in figures if weight > 0)
    assert found["score"] == pytest.approx(reached / most, abs=1e-6)


def test_criteria_of_the_item_count_too(tmp_path: Path) -> None:
    one = story("item_rubric_grading")
    found = loaded(tmp_path, "rubric", one.asked, one)[0]
    assert [each["criterion"] for each in found["criteria"]] == [each["text"] for each in one.data["rubric"]]
    assert found["rationales"] == []


def test_a_written_rubric_is_a_record_of_each_expert(tmp_path: Path) -> None:
    schema, data = schema_of("rubric_writing"), example_of("rubric_writing")
    lines = [{"text": "Names the cap", "weight": 3}, {"text": "行话 😀", "weight": -0.5}]
    one = row(schema, data, {"rubric": {"rubric": lines}}, {"rubric": {"rubric": lines[:1]}})
    found = list(loaded(tmp_path, "rubric", schema, one))
    assert found[0]["criteria"] == [
        {"criterion": "Names the cap", "weight": 3.0},
        {"criterion": "行话 😀", "weight": -0.5},
    ]
    assert [len(each["criteria"]) for each in found] == [2, 1]


def test_an_answer_that_nobody_graded_makes_no_record() -> None:
    schema = schema_of("rubric_grading")
    one = row(schema, example_of("rubric_grading"), {"why": {"text": ["?"]}})
    assert records("rubric", schema, one) == []
    empty = row(schema, {"task": "t", "answer": " "}, {})
    assert records("rubric", schema, empty) == []


def test_a_step_of_white_space_spoils_it() -> None:
    steps = [{"author": "M", "text": "a"}, {"author": "M", "text": "  "}]
    one = solution("right", "right", steps=steps)
    assert len(one.labels["verdict"]) == 2
    assert records("prm", one.asked, one) == []


def test_points_of_another_rubric_make_no_record() -> None:
    """The item was graded before the rubric was changed."""
    one, now = graded_story(), schema_of("rubric_grading")
    lines = tuple(replace(line, text=f"{line.text}!") for line in now.by_key["grades"].criteria)
    changed = replace(now, questions=tuple(replace(each, criteria=lines) for each in now.questions))
    assert records("rubric", changed, one) == []
