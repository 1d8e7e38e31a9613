"""An item as its schema shows it: texts, turns, cells and labels, each worked out once for an answer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from annotation.formats import dialogue
from annotation.formats.answer_place import AnswerInvalid
from annotation.formats.field_text import field_text
from annotation.formats.grid import Grid
from annotation.formats.offered import labels_of, offers
from annotation.formats.schema import Field, FieldKind, Label, LabelTree, Question, Schema

TURNS = frozenset({FieldKind.DIALOGUE, FieldKind.CHAT})


@dataclass(frozen=True)
class Turn:
    """A turn of a dialogue or a message of a chat: its place in the field's text, and who says it."""

    start: int
    end: int
    role: str


class Shown:
    """One item's data under a schema. `complete` says whether an answer to it must be one that can be submitted."""

    def __init__(self, schema: Schema, data: Mapping[str, Any], *, complete: bool = True) -> None:
        self.schema = schema
        self.data = data
        self.complete = complete
        self._written: dict[str, list[tuple[str, str]]] = {}
        self._texts: dict[str, str] = {}
        self._grids: dict[str, Grid] = {}
        self._trees: dict[str, LabelTree] = {}
        self._labels: dict[str, dict[str, Label]] = {}
        self._turns: dict[str, list[Turn]] = {}
        self._edges: dict[str, set[int]] = {}

    def field(self, name: str) -> Field:
        """A field by its name."""
        return self.schema.by_name[name]

    def text(self, name: str) -> str:
        """The text of a field over which offsets count; refuses an item that lacks a plain text."""
        if name not in self._texts:
            field = self.field(name)
            if field.kind is FieldKind.TEXT and not isinstance(self.data.get(field.key), str):
                raise AnswerInvalid("text_missing", {"key": field.key}, f"data.{field.key}")
            self._texts[name] = field_text(field, self.data)
        return self._texts[name]

    def joined(self, name: str) -> str:
        """The text of a dialogue or chat with the messages that the answer adds."""
        written = [content for _, content in self._written.get(name, [])]
        before = [self.text(name)] if self.data.get(self.field(name).key) else []
        return dialogue.BETWEEN.join([*before, *written]) if written else self.text(name)

    def grid(self, name: str) -> Grid:
        """The cells of a table."""
        if name not in self._grids:
            self._grids[name] = Grid(self.data.get(self.field(name).key))
        return self._grids[name]

    def turns(self, name: str) -> list[Turn]:
        """The turns of a dialogue or chat, and after them the messages that the answer adds, each after a line feed."""
        if name not in self._turns:
            self._turns[name] = self._turns_of(self.field(name))
        return self._turns[name]

    def edges(self, name: str) -> Container[int]:
        """Where the turns of a dialogue or chat begin and end; nothing of another field."""
        if self.field(name).kind not in TURNS:
            return ()
        if name not in self._edges:
            self._edges[name] = {edge for turn in self.turns(name) for edge in (turn.start, turn.end)}
        return self._edges[name]

    def turn_at(self, name: str, offset: int) -> Turn | None:
        """The turn in which an offset lies."""
        turns = self.turns(name)
        at = bisect_right(turns, offset, key=lambda turn: turn.start) - 1
        return turns[at] if at >= 0 else None

    def add_written(self, name: str, messages: list[tuple[str, str]]) -> None:
        """Let the messages (role, words) that an answer writes be turns of a chat, after those of the item."""
        self._written[name] = messages
        self._turns.pop(name, None)
        self._edges.pop(name, None)

    def labels(self, question: Question) -> Mapping[str, Label]:
        """The labels on offer by key, those that come with the item too."""
        if not offers(question):
            return question.by_label
        if question.key not in self._labels:
            self._labels[question.key] = {label.key: label for label in labels_of(question, self.data)}
        return self._labels[question.key]

    def tree(self, question: Question) -> LabelTree:
        """The same by path."""
        if not offers(question):
            return question.tree
        if question.key not in self._trees:
            self._trees[question.key] = LabelTree(tuple(self.labels(question).values()))
        return self._trees[question.key]

    def nested(self, question: Question) -> bool:
        """Whether answers are written as paths."""
        return question.tag == "taxonomy" or bool(self.tree(question).parents)

    def page_count(self, name: str) -> int:
        """How many pages a document has."""
        found = self.data.get(self.field(name).key)
        pages = found.get("pages") if isinstance(found, Mapping) else None
        return len(pages) if isinstance(pages, list) else 0

    def ids(self, name: str) -> list[str]:
        """The ids of a list's items."""
        given = self.data.get(self.field(name).key)
        things = given if isinstance(given, list) else []
        return [str(thing["id"]) for thing in things if isinstance(thing, Mapping) and "id" in thing]

    def _turns_of(self, field: Field) -> list[Turn]:
        given = self.data.get(field.key)
        chat = field.kind is FieldKind.CHAT
        texts = dialogue.turn_texts(given, "content" if chat else field.text_key)
        who = "role" if chat else field.name_key
        roles = [
            str(turn.get(who, "")) if isinstance(turn, Mapping) else ""
            for turn in (given if isinstance(given, list) else [])
        ]
        for role, content in self._written.get(field.name, []):
            texts.append(content)
            roles.append(role)
        starts = dialogue.starts(texts)
        return [
            Turn(start, start + len(text), role)
            for start, text, role in zip(starts, texts, roles, strict=True)
        ]
