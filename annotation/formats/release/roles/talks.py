"""Conversations that experts wrote: a response to what is shown, a prompt and its response, or a whole chat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotation.formats.release.roles.messages import ASSISTANT, USER, Message, brought, teaches
from annotation.formats.release.roles.names import NOTES, PROMPTS, RESPONSES, named
from annotation.formats.release.roles.prompt import (
    Prompt,
    prompt_messages,
    prompt_of,
    system_field,
    system_message,
)
from annotation.formats.release.roles.reading import NO_RESPONSE, Lacks, only
from annotation.formats.release.roles.writings import texts_of, writings
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Field, Question, Schema

Talk = list[Message]


@dataclass(frozen=True)
class Chatted:
    """A chat question goes on with the item's messages."""

    question: Question
    field: Field
    system: Field | None


@dataclass(frozen=True)
class Answered:
    """A text question answers a prompt: that of the item, or one that is written too (`asked`)."""

    question: Question
    prompt: Prompt
    asked: Question | None = None


Talking = Chatted | Answered


def talk_role(schema: Schema) -> Talking | Lacks:
    """Which question writes a conversation."""
    chats = [one for one in schema.questions if one.tag == "chat"]
    if chats:
        return _chatted(schema, only(chats, NO_RESPONSE))
    question = only(_responses(schema), NO_RESPONSE)
    if isinstance(question, Lacks):
        return question
    asked = [one for one in _written(schema) if named(one, PROMPTS)]
    if asked:
        own = only(asked, NO_RESPONSE)
        return own if isinstance(own, Lacks) else Answered(question, Prompt(), own)
    prompt = prompt_of(schema, ())
    return prompt if isinstance(prompt, Lacks) else Answered(question, prompt)


def talks(role: Talking, row: ReleaseRow) -> Iterator[Talk]:
    """The conversations of an item from which an assistant can learn."""
    found = _chats(role, row) if isinstance(role, Chatted) else _answers(role, row)
    return filter(teaches, found)


def _chatted(schema: Schema, question: Question | Lacks) -> Chatted | Lacks:
    if isinstance(question, Lacks):
        return question
    return Chatted(question, schema.by_name[question.field], system_field(schema.fields))


def _written(schema: Schema) -> list[Question]:
    return [one for one in schema.questions if one.tag == "textarea" and not one.per_region]


def _responses(schema: Schema) -> list[Question]:
    """The text questions called so; without one, the text that alone is required, unless it is a note or a prompt."""
    written = _written(schema)
    called = [one for one in written if named(one, RESPONSES)]
    required = [one for one in schema.questions if one.required]
    if called or len(required) != 1:
        return called
    return [one for one in written if one in required and not named(one, NOTES | PROMPTS)]


def _chats(role: Chatted, row: ReleaseRow) -> Iterator[Talk]:
    before = [*system_message(role.system, row), *brought(role.field, row.data)]
    for one in writings(row, (role.question,)):
        messages = (value["chatmessage"] for value in one[role.question.key])
        yield [*before, *(Message(said["role"], said["content"], written=True) for said in messages)]


def _answers(role: Answered, row: ReleaseRow) -> Iterator[Talk]:
    if role.asked is not None:
        yield from _pairs(role.asked, role.question, row)
        return
    prompt = prompt_messages(role.prompt, row)
    for one in writings(row, (role.question,)) if prompt else ():
        for text in texts_of(one[role.question.key]):
            yield [*prompt, Message(ASSISTANT, text, written=True)]


def _pairs(prompt: Question, response: Question, row: ReleaseRow) -> Iterator[Talk]:
    """A prompt and its response by the same hand; several texts of either do not tell which belong together."""
    for one in writings(row, (prompt, response)):
        asked, answered = texts_of(one[prompt.key]), texts_of(one[response.key])
        if len(asked) == len(answered) == 1:
            yield [Message(USER, asked[0], written=True), Message(ASSISTANT, answered[0], written=True)]
