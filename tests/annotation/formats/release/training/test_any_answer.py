"""Whatever several people answer: no format breaks, and what it writes is what its trainer takes."""

from random import Random
from typing import Any

import pytest
from trl.data_utils import is_conversational

from annotation.formats.answers import AnswerInvalid, read_answer
from annotation.formats.release.format import View
from annotation.formats.release.training_formats import TRAINING
from annotation.formats.schema import Schema
from tests.annotation.formats.any_answer import answer
from tests.annotation.formats.release.training.openai_rules import check_chat, check_preference
from tests.annotation.formats.release.training.scene import example_of, records, schema_of, settled
from tests.annotation.formats.release.training.stories import ANSWERS

ROUNDS = 40
SELDOM = frozenset({"chat_turns", "reasoning_steps"})
"""Turns that nobody marks are never drawn, and seldom all of the steps."""


def _messages(key: str) -> Any:
    def check(one: dict[str, Any]) -> None:
        assert is_conversational({key: one[key]})
        assert all(said["role"] and said["content"].strip() for said in one[key])

    return check


def _ends_asking(one: dict[str, Any]) -> None:
    _messages("prompt")(one)
    assert one["prompt"][-1]["role"] == "user"


def _pair(one: dict[str, Any]) -> None:
    _ends_asking(one)
    assert one["chosen"] != one["rejected"]


def _steps(one: dict[str, Any]) -> None:
    assert one["prompt"].strip()
    assert len(one["completions"]) == len(one["labels"]) > 0
    assert {type(label) for label in one["labels"]} == {bool}


def _speakers(one: dict[str, Any]) -> None:
    assert all(said["value"].strip() for said in one["conversations"])
    assert one["conversations"][-1]["from"] == "gpt"


def _drawn(schema: Schema, data: dict[str, Any], rng: Random) -> Any:
    """A sound answer: two marks may be drawn at one place."""
    while True:
        drawn = answer(schema, data, rng)
        try:
            read_answer(schema, data, drawn, complete=False)
        except AnswerInvalid:
            continue
        return drawn


CHECKS: dict[str, Any] = {
    "openai": check_chat,
    "openai_preference": check_preference,
    "trl_chat": _messages("messages"),
    "prompt_completion": _ends_asking,
    "dpo": _pair,
    "kto": _ends_asking,
    "reward": _messages("chosen"),
    "ranking": _ends_asking,
    "prm": _steps,
    "rubric": _ends_asking,
    "sharegpt": _speakers,
}


@pytest.mark.parametrize("template", [*sorted(ANSWERS), "rubric_grading"])
def test_any_answers_make_sound_records(template: str) -> None:
    schema, data, rng = schema_of(template), example_of(template), Random(template)
    fitting = [one for one in TRAINING if not one.misfit(View(schema))]
    made = dict.fromkeys((one.key for one in fitting), 0)
    for _ in range(ROUNDS):
        one = settled(schema, data, [_drawn(schema, data, rng) for _ in range(rng.randint(1, 3))])
        for format_ in fitting:
            for record in records(format_.key, schema, one):
                CHECKS[format_.key](record)
                made[format_.key] += 1
    assert template in SELDOM or all(made.values()), made
