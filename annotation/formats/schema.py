"""What is asked of an expert: text fields, questions and the order in which a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property
from typing import Any


class Kind(StrEnum):
    """The kinds of question, by the shape of their judgement values."""

    CHOICE = "choice"
    CHOICES = "choices"
    SPANS = "spans"
    RATING = "rating"
    NUMBER = "number"
    TEXT = "text"


REGION_TYPES: Mapping[Kind, str] = {
    Kind.CHOICE: "choices",
    Kind.CHOICES: "choices",
    Kind.SPANS: "labels",
    Kind.RATING: "rating",
    Kind.NUMBER: "number",
    Kind.TEXT: "textarea",
}
"""The `type` of a result's region, as Label Studio names it."""


@dataclass(frozen=True)
class Field:
    """A text of the item: `name` in the schema, `key` in the item's data."""

    name: str
    key: str


@dataclass(frozen=True)
class Label:
    """One answer on offer. `key` is stable across versions and languages, `text` is what people see.

    `max_usage` bounds how many spans of one answer may carry the label; None is no bound.
    """

    key: str
    text: str
    hotkey: str | None = None
    colour: str | None = None
    selected: bool = False
    max_usage: int | None = None


@dataclass(frozen=True)
class Question:
    """One question about one field. The attributes after `required_message` belong to some kinds only."""

    key: str
    kind: Kind
    field: str
    title: str = ""
    required: bool = False
    required_message: str = ""
    labels: tuple[Label, ...] = ()
    max_rating: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    placeholder: str = ""
    rows: int = 3
    max_texts: int | None = None

    @cached_property
    def by_label(self) -> dict[str, Label]:
        """Labels by key."""
        return {label.key: label for label in self.labels}

    def to_json(self) -> dict[str, Any]:
        """The contract's form: the common attributes and those of the question's kind."""
        names = ("key", "kind", "field", "title", "required", "required_message", *_OWN[self.kind])
        found = {name: getattr(self, name) for name in names}
        found["kind"] = self.kind.value
        if "labels" in found:
            found["labels"] = [_plain(label) for label in self.labels]
        return found


_OWN: Mapping[Kind, tuple[str, ...]] = {
    Kind.CHOICE: ("labels",),
    Kind.CHOICES: ("labels",),
    Kind.SPANS: ("labels",),
    Kind.RATING: ("max_rating",),
    Kind.NUMBER: ("minimum", "maximum", "step"),
    Kind.TEXT: ("placeholder", "rows", "max_texts"),
}


@dataclass(frozen=True)
class Schema:
    """The whole of what is asked; `layout` holds header, field and question nodes in page order."""

    fields: tuple[Field, ...]
    questions: tuple[Question, ...]
    layout: tuple[Mapping[str, str], ...]

    @cached_property
    def by_key(self) -> dict[str, Question]:
        """Questions by key."""
        return {question.key: question for question in self.questions}

    @cached_property
    def data_keys(self) -> dict[str, str]:
        """The item's data key of each field, by the field's name."""
        return {field.name: field.key for field in self.fields}

    def to_json(self) -> dict[str, Any]:
        """The form stored in `LabelSchema.parsed` and given to the editor."""
        return {
            "fields": [_plain(field) for field in self.fields],
            "questions": [question.to_json() for question in self.questions],
            "layout": [dict(node) for node in self.layout],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Schema:
        """Read back what `to_json` wrote; raises KeyError or TypeError when it is something else."""
        return cls(
            fields=tuple(Field(**field) for field in stored["fields"]),
            questions=tuple(_question(question) for question in stored["questions"]),
            layout=tuple(stored["layout"]),
        )


def _question(stored: Mapping[str, Any]) -> Question:
    given = dict(stored)
    given["kind"] = Kind(given["kind"])
    given["labels"] = tuple(Label(**label) for label in given.get("labels", ()))
    return Question(**given)


def _plain(record: Field | Label) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record)}
