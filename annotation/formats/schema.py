"""What is asked of an expert: text fields, questions and the order in which a page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any


class Kind(StrEnum):
    """The kinds of question, by the shape of their judgement values: what statistics, disputes and gold read.

    How a question is asked and written is its `tag`: a Pairwise is a choice between left and right, a question about
    marked regions (`per_region`) is a set of spans that carry its answers, labelled cells of a table are spans over
    the cells counted row by row.
    """

    CHOICE = "choice"
    CHOICES = "choices"
    SPANS = "spans"
    RATING = "rating"
    NUMBER = "number"
    TEXT = "text"
    DATETIME = "datetime"
    RANKING = "ranking"
    RELATIONS = "relations"
    BOXES = "boxes"

    @property
    def compared(self) -> bool:
        """Whether answers of two people are compared: free text and areas of pictures are collected only."""
        return self not in (Kind.TEXT, Kind.BOXES)


_TAGS: Mapping[Kind, str] = {
    Kind.CHOICE: "choices",
    Kind.CHOICES: "choices",
    Kind.SPANS: "labels",
    Kind.RATING: "rating",
    Kind.NUMBER: "number",
    Kind.TEXT: "textarea",
}
"""The tag of questions stored before tags were."""

REGION_TYPES: Mapping[str, str] = {"relations": "relation", "chat": "chatmessage"}
"""The `type` of a result's region where it is not the tag's own name, as Label Studio names it."""


class FieldKind(StrEnum):
    """The kinds of what an item shows. `field_text` says over which text offsets count."""

    TEXT = "text"
    HTML = "html"
    DIALOGUE = "dialogue"
    CHAT = "chat"
    TABLE = "table"
    PAGES = "pages"
    IMAGE = "image"
    LIST = "list"


@dataclass(frozen=True)
class Field:
    """Something an item shows: `name` in the schema, `key` in the item's data.

    `granularity` is what a selection grows to: symbol, word, sentence or paragraph. `text_key` and `name_key` name the
    parts of a dialogue's turns.
    """

    name: str
    key: str
    kind: FieldKind = FieldKind.TEXT
    title: str = ""
    granularity: str = "symbol"
    text_key: str = "text"
    name_key: str = "author"


@dataclass(frozen=True)
class Condition:
    """When a question or a part of the page is shown.

    `on` is one of `choice`, `no_choice` (an answer to question `tag`, one of `values` or any), `region`, `no_region`
    (a selected region with a label of `tag`, one of `values`, or any). With `roles` the region must be a message of a
    chat that one of them says.
    """

    on: str
    tag: str = ""
    values: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The contract's form, as a layout's `when` holds it too."""
        found: dict[str, Any] = _plain(self)
        return found


@dataclass(frozen=True)
class Label:
    """One answer on offer. `key` is stable across versions and languages, `text` is what people see.

    `max_usage` bounds how many spans of one answer may carry the label; None is no bound. In a tree `parent` is the key
    of the label above, and `part` what a written path says for this one (the key, where it is empty).
    """

    key: str
    text: str
    hotkey: str | None = None
    colour: str | None = None
    selected: bool = False
    max_usage: int | None = None
    parent: str | None = None
    part: str = ""
    hint: str = ""


class LabelTree:
    """Labels of a tree: `by_path` from path to key, `paths` from key to path, `parents` those with others below.

    Linear in the labels, which stand below their parents' line. A flat list is a tree of one level.
    """

    def __init__(self, labels: Sequence[Label]) -> None:
        self.paths: dict[str, tuple[str, ...]] = {}
        for label in labels:
            above = self.paths.get(label.parent, ()) if label.parent is not None else ()
            self.paths[label.key] = (*above, label.part or label.key)
        self.by_path = {path: key for key, path in self.paths.items()}
        self.parents = {label.parent for label in labels if label.parent is not None}


@dataclass(frozen=True)
class Snippet:
    """A text that a key or a button writes."""

    text: str
    title: str = ""
    hotkey: str | None = None


@dataclass(frozen=True)
class Criterion:
    """A line of a rubric: `weight` of its points in the score, `most` points."""

    text: str
    weight: float = 1
    most: int = 1


@dataclass(frozen=True)
class Question:
    """One question. The attributes after `when` belong to some tags only.

    `field` is what it is about, `also` further fields (a Pairwise has two). `per_region`: it is asked of each marked
    region; its judgement is then a set of spans, or texts. `when` are conditions that all must hold. `multiple`: a
    set is asked for where `kind` does not tell. `key_of_data` is the item's key of what is on offer or in force
    (criteria of a rubric to grade, labels beside those of the config, the text that a box is filled with). Of a
    taxonomy `most` bounds how many labels are chosen, and `leaves_only` lets nothing be chosen that has others below.
    With `filter` there is a box to search the labels: `filter_placeholder` stands in it, `filter_hotkey` leads there,
    and it searches from `filter_least` signs on.
    `required_for` of labels is "turns", each of which needs a mark; of relations the keys of labels, each region of
    which needs a relation to something else.
    """

    key: str
    kind: Kind
    field: str
    tag: str = ""
    also: tuple[str, ...] = ()
    title: str = ""
    required: bool = False
    required_message: str = ""
    required_for: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    per_region: bool = False
    when: tuple[Condition, ...] = ()
    multiple: bool = False
    most: int | None = None
    leaves_only: bool = False
    filter: bool = False
    filter_placeholder: str = ""
    filter_hotkey: str | None = None
    filter_least: int | None = None
    max_rating: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    only: str = ""
    earliest: str = ""
    latest: str = ""
    placeholder: str = ""
    rows: int = 3
    max_texts: int | None = None
    markdown: bool = False
    prefilled: str = ""
    snippets: tuple[Snippet, ...] = ()
    buckets: tuple[Label, ...] = ()
    roles: tuple[str, ...] = ()
    min_messages: int | None = None
    max_messages: int | None = None
    criteria: tuple[Criterion, ...] = ()
    key_of_data: str = ""

    def __post_init__(self) -> None:
        if not self.tag:
            object.__setattr__(self, "tag", _TAGS.get(self.kind, str(self.kind)))

    @cached_property
    def by_label(self) -> dict[str, Label]:
        """Labels by key."""
        return {label.key: label for label in self.labels}

    @cached_property
    def tree(self) -> LabelTree:
        """Labels by the paths that answers write."""
        return LabelTree(self.labels)

    @property
    def region_type(self) -> str:
        """The `type` of its regions in a result; of tags that mark something also the name of their labels."""
        return REGION_TYPES.get(self.tag, self.tag)

    @property
    def to_name(self) -> str:
        """The `to_name` of its regions in a result."""
        return ",".join((self.field, *self.also))

    def to_json(self) -> dict[str, Any]:
        """The contract's form: the common attributes always, the others where they say something."""
        found = {name: getattr(self, name) for name in _ALWAYS}
        found["kind"] = self.kind.value
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name not in found and value != each.default:
                found[each.name] = _plain(value)
        return found


_ALWAYS = ("key", "kind", "tag", "field", "title", "required", "required_message")


@dataclass(frozen=True)
class Schema:
    """The whole of what is asked.

    `layout` is a tree in page order: `{"node": "header", "text"}`, `{"node": "field", "name"}`, `{"node": "question",
    "key"}`, and `{"node": "view", "children", "row", "title", "when"}`, in which `row` says side by side, a `title`
    that it folds, and `when` (conditions) that it is shown only then. `notes` tells what of a config is left out:
    `{"code", "tag", "line"}`.
    """

    fields: tuple[Field, ...]
    questions: tuple[Question, ...]
    layout: tuple[Mapping[str, Any], ...]
    notes: tuple[Mapping[str, Any], ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Question]:
        """Questions by key."""
        return {question.key: question for question in self.questions}

    @property
    def for_workspace(self) -> bool:
        """Whether the workspace shows all that a config asks; notes say what else there is, for scripts to label."""
        return not outside_notes(self.notes)

    @cached_property
    def data_keys(self) -> dict[str, str]:
        """The item's data key of each field, by the field's name."""
        return {field.name: field.key for field in self.fields}

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by name."""
        return {field.name: field for field in self.fields}

    def to_json(self) -> dict[str, Any]:
        """The form stored in `LabelSchema.parsed` and given to the editor."""
        return {
            "fields": [_plain(field) for field in self.fields],
            "questions": [question.to_json() for question in self.questions],
            "layout": [dict(node) for node in self.layout],
            "notes": [dict(note) for note in self.notes],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Schema:
        """Read back what `to_json` wrote; raises KeyError or TypeError when it is something else."""
        return cls(
            fields=tuple(field_from(field) for field in stored["fields"]),
            questions=tuple(question_from(question) for question in stored["questions"]),
            layout=tuple(stored["layout"]),
            notes=tuple(stored.get("notes", ())),
        )


def outside_notes(notes: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Those of a schema's notes that tell of what the workspace cannot show."""
    return tuple(note for note in notes if str(note["code"]).startswith("outside_"))


def field_from(stored: Mapping[str, Any]) -> Field:
    """A field from its JSON form."""
    return Field(**{**stored, "kind": FieldKind(stored.get("kind", FieldKind.TEXT))})


_PARTS: Mapping[str, Any] = {
    "labels": Label,
    "buckets": Label,
    "snippets": Snippet,
    "criteria": Criterion,
}


def question_from(stored: Mapping[str, Any]) -> Question:
    """A question from its JSON form."""
    given = dict(stored)
    given["kind"] = Kind(given["kind"])
    for name, part in _PARTS.items():
        if name in given:
            given[name] = tuple(part(**one) for one in given[name])
    if "when" in given:
        given["when"] = conditions_from(given["when"])
    for name in ("also", "roles", "required_for"):
        if name in given:
            given[name] = tuple(given[name])
    return Question(**given)


def conditions_from(stored: Sequence[Mapping[str, Any]]) -> tuple[Condition, ...]:
    """Conditions from their JSON form."""
    return tuple(
        Condition(one["on"], one.get("tag", ""), tuple(one.get("values", ())), tuple(one.get("roles", ())))
        for one in stored
    )


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        # What says nothing is left out: a taxonomy has ten thousand labels.
        return {
            each.name: _plain(part)
            for each in fields(value)
            if (part := getattr(value, each.name)) != each.default or each.name == "kind"
        }
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.value if isinstance(value, StrEnum) else value
