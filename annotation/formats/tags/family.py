"""What a family of control tags is made of: how a config's tag is read, how its answers are checked and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.config_attributes import said, truth, unsupported
from annotation.formats.config_xml import Node
from annotation.formats.schema import Field, FieldKind, Kind, Question
from annotation.formats.shown import Shown

Note = Callable[[str, Node], None]
"""Remember that something of a tag is left out: a code of `messages_notes.NOTES`, and the tag."""


@dataclass(frozen=True)
class Control:
    """A control tag with what stands around it: the header before it, the fields that it is about."""

    node: Node
    title: str
    fields: tuple[Field, ...]
    note: Note

    @property
    def per_region(self) -> bool:
        """Whether it is asked of each marked region."""
        return truth(self.node, "perRegion")

    def question(self, kind: Kind, tag: str, *, title: str = "", **own: Any) -> Question:
        """A question with what all have in common; `title` is that among its labels."""
        return Question(
            key=self.node.attributes["name"],
            kind=self._kind(kind),
            tag=tag,
            field=self.fields[0].name,
            also=tuple(each.name for each in self.fields[1:]),
            title=self.title or title,
            required=truth(self.node, "required"),
            required_message=said(self.node, "requiredMessage"),
            per_region=self.per_region,
            multiple=own.pop("multiple", False) or (self.per_region and kind is Kind.CHOICES),
            **own,
        )

    def _kind(self, kind: Kind) -> Kind:
        """Answers about regions are spans that carry them; those about pictures, and texts, are collected only."""
        if not self.per_region or kind is Kind.TEXT:
            return kind
        return Kind.BOXES if self.fields[0].kind in DRAWN else Kind.SPANS

    def refuse(self, *attributes: str) -> None:
        """Refuse attributes that would ask for something else."""
        for attribute in attributes:
            if said(self.node, attribute).lower() not in ("", "false", "no", "none", "0"):
                raise unsupported(self.node, attribute)


@dataclass(frozen=True)
class Given:
    """A region of a result that answers a question: its `value`, where that stands, and the whole region."""

    place: Place
    value: Mapping[str, Any]
    region: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The region's id, empty when it has none."""
        return str(self.region.get("id", ""))


@dataclass(frozen=True)
class Mark:
    """A marked region: on which field, where (`[start, end]`, a cell and the next, a box), with which labels."""

    question: str
    field: str
    place: tuple[Any, ...]
    labels: tuple[str, ...]


class Marks:
    """What an answer marks, for the questions that are about its regions.

    `all` are the marks with their ids in the result's order, `by_id` those that can be named. `about` and `answers` say
    which region an answer to a question asked of regions is about, and what it says in words, by question and id.
    """

    def __init__(self, *, strict: bool = False) -> None:
        """With `strict` two marks with one id are refused: others name them by it."""
        self.strict = strict
        self.all: list[tuple[str, Mark]] = []
        self.by_id: dict[str, Mark] = {}
        self.about: dict[tuple[str, str], Mark] = {}
        self.answers: dict[tuple[str, str], set[str]] = {}

    def add(self, given: Given, mark: Mark) -> None:
        """Remember a mark."""
        id_ = given.id
        if id_:
            if id_ in self.by_id and self.strict:
                raise AnswerInvalid("id_twice", {"id": id_}, given.place)
            self.by_id[id_] = mark
        self.all.append((id_, mark))

    def tell(self, question: Question, given: Given, mark: Mark, said: Iterable[str]) -> None:
        """Remember what a region's answer says."""
        self.about[question.key, given.id] = mark
        self.answers[question.key, given.id] = set(said)


One = Callable[[Shown, Question, Place, Mapping[str, Any]], Any]
"""The value of one region."""
Writer = Callable[[Shown, Question, Any], list[dict[str, Any]]]
"""Region values that say a judgement value; `answers.check` turns them back."""
Own = Callable[[Mapping[str, Any]], dict[str, Any]]
"""The part of a checked value that is the answer, without what nobody reads."""


@dataclass(frozen=True)
class Family:
    """A control tag.

    `config` are its names in configs, in small letters. `every` reads all of its regions; without it there is one,
    which `one` reads. Asked of each region (`per_region`), `one` reads each. `about` are the kinds of fields it can be
    about, `several` says that it can be about more than one, `marks` that others can be about its regions.
    `own` is the answer's part of a value (else what stands there under the region's type). Without `write` no value
    can be turned back into regions.
    """

    tag: str
    config: tuple[str, ...]
    read: Callable[[Control], Question]
    write: Writer | None
    one: One | None = None
    every: Callable[[Shown, Question, Sequence[Given], Marks], Any] | None = None
    about: frozenset[FieldKind] = frozenset(FieldKind)
    per_region: bool = False
    marks: bool = False
    several: bool = False
    own: Own | None = None

    @property
    def only(self) -> One:
        """How one region is read; every family without `every`, and every one asked of regions, has it."""
        if self.one is None:
            raise LookupError(self.tag)
        return self.one

    def regions(self, shown: Shown, question: Question, value: Any) -> list[dict[str, Any]]:
        """Region values that say a judgement value; none where nothing can be written back."""
        return self.write(shown, question, value) if self.write is not None else []


def begins(question: Question) -> bool:
    """Whether something is chosen or written there before anybody answers."""
    written = question.tag == "textarea" and bool(question.prefilled or question.key_of_data)
    return written or any(label.selected for label in question.labels)


DRAWN = frozenset({FieldKind.IMAGE})
"""Fields whose regions are drawn, not marked in a text."""
MARKABLE = frozenset(
    {FieldKind.TEXT, FieldKind.HTML, FieldKind.DIALOGUE, FieldKind.CHAT, FieldKind.PAGES, FieldKind.TABLE}
)
"""Fields in which labels mark something."""
