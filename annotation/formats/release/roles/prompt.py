"""The prompt: what the item shows beside the response that is written, compared or judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from annotation.formats.field_text import field_text
from annotation.formats.release.roles.messages import SYSTEM as SYSTEM_ROLE
from annotation.formats.release.roles.messages import USER, Message, asks, brought
from annotation.formats.release.roles.names import SYSTEM, named
from annotation.formats.release.roles.reading import NO_PROMPT, NOT_TEXT, UNCLEAR, Lacks
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Field, FieldKind, Schema

WORDED = frozenset({FieldKind.TEXT, FieldKind.HTML, FieldKind.DIALOGUE, FieldKind.PAGES})
"""Kinds of fields whose words can be said in a message."""
_BETWEEN = "\n\n"


@dataclass(frozen=True)
class Prompt:
    """A chat that goes on, or texts in page order. `system` says how to behave, before all else."""

    texts: tuple[Field, ...] = ()
    chat: Field | None = None
    system: Field | None = None


def prompt_of(schema: Schema, taken: Collection[str]) -> Prompt | Lacks:
    """The prompt among the fields that are not `taken` (names) for something else.

    All of the texts are the prompt, since the expert saw all of them; beside a chat they are notes to the expert.
    """
    rest = [field for field in schema.fields if field.name not in taken]
    system = system_field(rest)
    chats = [field for field in rest if field.kind is FieldKind.CHAT]
    if len(chats) > 1:
        return Lacks(UNCLEAR)
    if chats:
        return Prompt(chat=chats[0], system=system)
    if any(field.kind not in WORDED for field in rest):
        return Lacks(NOT_TEXT)
    texts = tuple(field for field in rest if field is not system)
    return Prompt(texts, system=system) if texts else Lacks(NO_PROMPT)


def system_field(fields: Iterable[Field]) -> Field | None:
    """The text that says how to behave, by its name."""
    return next((field for field in fields if field.kind is FieldKind.TEXT and named(field, SYSTEM)), None)


def prompt_text(prompt: Prompt, row: ReleaseRow) -> str:
    """The prompt's texts as one, verbatim, with an empty line between two; empty where there are none."""
    found = (field_text(field, row.data) for field in prompt.texts)
    return _BETWEEN.join(text for text in found if text.strip())


def prompt_messages(prompt: Prompt, row: ReleaseRow) -> list[Message]:
    """The prompt as messages; none where no answer comes next."""
    if prompt.chat is not None:
        asked = brought(prompt.chat, row.data)
    else:
        asked = [Message(USER, prompt_text(prompt, row))]
    return [*system_message(prompt.system, row), *asked] if asks(asked) else []


def system_message(field: Field | None, row: ReleaseRow) -> list[Message]:
    """The message that says how to behave, where the item has one."""
    words = field_text(field, row.data) if field is not None else ""
    return [Message(SYSTEM_ROLE, words)] if words.strip() else []
