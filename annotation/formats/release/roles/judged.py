"""Responses of which each alone is called good or bad."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotation.formats.field_text import field_text
from annotation.formats.release.roles.gold import gold_of, spans_of
from annotation.formats.release.roles.messages import ASSISTANT, Message, asks, brought
from annotation.formats.release.roles.names import RESPONSES, judges, named, verdict
from annotation.formats.release.roles.pairs import Corrected, Sides, pair_role, pairs
from annotation.formats.release.roles.prompt import (
    WORDED,
    Prompt,
    prompt_messages,
    prompt_of,
    system_field,
    system_message,
)
from annotation.formats.release.roles.reading import NO_VERDICT, UNCLEAR, Lacks, only
from annotation.formats.release.roles.turns import turns_of, verdicts
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Field, FieldKind, Kind, Question, Schema


@dataclass(frozen=True)
class JudgedTurns:
    """Marks on a chat call its messages good or bad."""

    question: Question
    field: Field
    system: Field | None
    schema: Schema


@dataclass(frozen=True)
class JudgedText:
    """A choice calls a text good or bad."""

    question: Question
    field: Field
    prompt: Prompt


@dataclass(frozen=True)
class Judged:
    """A response and whether it is good."""

    prompt: Sequence[Message]
    response: str
    good: bool


Judging = JudgedTurns | JudgedText | Sides | Corrected


def judge_role(schema: Schema) -> Judging | Lacks:
    """Which question calls a response good or bad; without one, which says that one is better than another.

    An order of many is none: the second is worse than one, and better than the others.
    """
    found = only([one for one in schema.questions if _judges(one, schema)], NO_VERDICT)
    if isinstance(found, Question):
        return _role(schema, found)
    if found.code == UNCLEAR:
        return found
    compared = pair_role(schema)
    return compared if isinstance(compared, Sides | Corrected) else Lacks(NO_VERDICT)


def judged(role: Judging, row: ReleaseRow) -> Iterator[Judged]:
    """The responses of an item with what is said of each; what is neither good nor bad is left out."""
    if isinstance(role, JudgedTurns):
        found = _turns(role, row)
    elif isinstance(role, JudgedText):
        found = _text(role, row)
    else:
        found = _apart(role, row)
    for one in found:
        if one.prompt and one.response.strip():
            yield one


def _judges(question: Question, schema: Schema) -> bool:
    field = schema.by_name[question.field]
    if not judges(question):
        return False
    if question.kind is Kind.SPANS:
        return field.kind is FieldKind.CHAT
    whole = question.kind is Kind.CHOICE and not question.per_region
    return whole and field.kind in WORDED and named(field, RESPONSES)


def _role(schema: Schema, question: Question) -> Judging | Lacks:
    field = schema.by_name[question.field]
    if field.kind is FieldKind.CHAT:
        return JudgedTurns(question, field, system_field(schema.fields), schema)
    prompt = prompt_of(schema, (field.name,))
    return prompt if isinstance(prompt, Lacks) else JudgedText(question, field, prompt)


def _turns(role: JudgedTurns, row: ReleaseRow) -> Iterator[Judged]:
    messages, before = brought(role.field, row.data), system_message(role.system, row)
    found = verdicts(turns_of(role.schema, role.field.name, row), spans_of(gold_of(row, role.question)))
    for at, good in enumerate(found):
        if good is not None and messages[at].role == ASSISTANT and asks(messages[:at]):
            yield Judged([*before, *messages[:at]], messages[at].content, good)


def _text(role: JudgedText, row: ReleaseRow) -> Iterator[Judged]:
    gold = gold_of(row, role.question)
    good = verdict(str(gold.value)) if gold is not None else None
    if good is not None:
        yield Judged(prompt_messages(role.prompt, row), field_text(role.field, row.data), good)


def _apart(role: Sides | Corrected, row: ReleaseRow) -> Iterator[Judged]:
    for pair in pairs(role, row):
        yield Judged(pair.prompt, pair.chosen, good=True)
        yield Judged(pair.prompt, pair.rejected, good=False)
