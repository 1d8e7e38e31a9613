"""Pairs of responses to one prompt, of which one is better: chosen, ranked, or corrected by an expert."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from annotation.formats.field_text import field_text
from annotation.formats.release.roles.gold import gold_of, values_of
from annotation.formats.release.roles.messages import ASSISTANT, Message, asks, brought
from annotation.formats.release.roles.names import CORRECTIONS, RESPONSES, named
from annotation.formats.release.roles.prompt import (
    WORDED,
    Prompt,
    prompt_messages,
    prompt_of,
    system_field,
    system_message,
)
from annotation.formats.release.roles.ranked import Ranked, best_first, rankers
from annotation.formats.release.roles.reading import NO_PREFERENCE, Lacks, only
from annotation.formats.release.roles.turns import place_of, turns_of
from annotation.formats.release.roles.writings import texts_of
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Field, FieldKind, Question, Schema


@dataclass(frozen=True)
class Sides:
    """A Pairwise question between two fields: left, then right."""

    question: Question
    fields: tuple[Field, Field]
    prompt: Prompt


@dataclass(frozen=True)
class Corrected:
    """A text question asked of an assistant's messages says what they should have been."""

    question: Question
    field: Field
    system: Field | None
    schema: Schema


@dataclass(frozen=True)
class Pair:
    """Two responses to a prompt."""

    prompt: Sequence[Message]
    chosen: str
    rejected: str


Compared = Sides | Ranked | Corrected


def pair_role(schema: Schema) -> Compared | Lacks:
    """Which question says what is better."""
    ranked = [one for one in rankers(schema) if named(schema.by_name[one.field], RESPONSES)]
    found = [
        *filter(_compares, schema.questions),
        *ranked,
        *(one for one in schema.questions if _corrects(one, schema)),
    ]
    question = only(found, NO_PREFERENCE)
    if isinstance(question, Lacks):
        return question
    if question.tag == "textarea":
        return Corrected(question, schema.by_name[question.field], system_field(schema.fields), schema)
    prompt = prompt_of(schema, (question.field, *question.also))
    if isinstance(prompt, Lacks):
        return prompt
    if question.tag == "ranker":
        return Ranked(question, schema.by_name[question.field], prompt)
    first, second = (schema.by_name[name] for name in (question.field, *question.also))
    worded = first.kind in WORDED and second.kind in WORDED
    return Sides(question, (first, second), prompt) if worded else Lacks(NO_PREFERENCE)


def pairs(role: Compared, row: ReleaseRow) -> Iterator[Pair]:
    """The pairs of an item; two that say the same are none."""
    if isinstance(role, Corrected):
        found = _corrections(role, row)
    else:
        found = _sides(role, row) if isinstance(role, Sides) else _ranks(role, row)
    for one in found:
        if one.prompt and one.chosen.strip() and one.rejected.strip() and one.chosen != one.rejected:
            yield one


def _compares(question: Question) -> bool:
    return question.tag == "pairwise"


def _corrects(question: Question, schema: Schema) -> bool:
    return (
        question.tag == "textarea"
        and question.per_region
        and schema.by_name[question.field].kind is FieldKind.CHAT
        and not any(one.tag == "chat" for one in schema.questions)
        and named(question, CORRECTIONS)
    )


def _sides(role: Sides, row: ReleaseRow) -> Iterator[Pair]:
    gold = gold_of(row, role.question)
    if gold is None or gold.value not in ("left", "right"):
        return
    left, right = (field_text(field, row.data) for field in role.fields)
    chosen, rejected = (left, right) if gold.value == "left" else (right, left)
    yield Pair(prompt_messages(role.prompt, row), chosen, rejected)


def _ranks(role: Ranked, row: ReleaseRow) -> Iterator[Pair]:
    """Every pair of the order."""
    prompt = prompt_messages(role.prompt, row)
    for better, worse in combinations(best_first(role, row), 2):
        yield Pair(prompt, better, worse)


def _corrections(role: Corrected, row: ReleaseRow) -> Iterator[Pair]:
    gold = gold_of(row, role.question)
    if gold is None:
        return
    messages = brought(role.field, row.data)
    at = {
        (turn.start, turn.end): number
        for number, turn in enumerate(turns_of(role.schema, role.field.name, row))
    }
    before = system_message(role.system, row)
    for value in values_of(gold.result, role.question):
        number, texts = at.get(place_of(value)), texts_of([value])
        if number is None or len(texts) != 1 or messages[number].role != ASSISTANT:
            continue
        asked = messages[:number]
        yield Pair([*before, *asked] if asks(asked) else (), texts[0], messages[number].content)
