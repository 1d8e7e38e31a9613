"""Solutions of which every step is called right or wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotation.formats.dialogue import turn_texts
from annotation.formats.release.roles.gold import gold_of, spans_of
from annotation.formats.release.roles.names import judges
from annotation.formats.release.roles.prompt import Prompt, prompt_of, prompt_text
from annotation.formats.release.roles.reading import NO_PROMPT, NO_STEPS, Lacks, only
from annotation.formats.release.roles.turns import turns_of, verdicts
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Field, FieldKind, Kind, Question, Schema


@dataclass(frozen=True)
class Stepwise:
    """Marks on the turns of a dialogue, which are the steps."""

    question: Question
    field: Field
    prompt: Prompt
    schema: Schema


@dataclass(frozen=True)
class Steps:
    """A prompt, and the steps that follow with what is said of each."""

    prompt: str
    steps: list[str]
    right: list[bool]


def step_role(schema: Schema) -> Stepwise | Lacks:
    """Which question judges steps."""
    found = [
        one
        for one in schema.questions
        if one.kind is Kind.SPANS and schema.by_name[one.field].kind is FieldKind.DIALOGUE and judges(one)
    ]
    question = only(found, NO_STEPS)
    if isinstance(question, Lacks):
        return question
    prompt = prompt_of(schema, (question.field,))
    if isinstance(prompt, Lacks):
        return prompt
    if prompt.chat is not None:
        return Lacks(NO_PROMPT)
    return Stepwise(question, schema.by_name[question.field], prompt, schema)


def steps(role: Stepwise, row: ReleaseRow) -> Iterator[Steps]:
    """The solution, where each of its steps has words and is right or wrong; one that is neither spoils it."""
    prompt, spans = prompt_text(role.prompt, row), spans_of(gold_of(row, role.question))
    texts = turn_texts(row.data.get(role.field.key), role.field.text_key)
    right = [one for one in verdicts(turns_of(role.schema, role.field.name, row), spans) if one is not None]
    if prompt and texts and len(right) == len(texts) and all(text.strip() for text in texts):
        yield Steps(prompt, texts, right)
