"""Judgement values as words, by the project's questions."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.utils import formats
from django.utils.translation import gettext

from annotation.formats.field_text import field_text
from annotation.formats.field_words import field_words, quote
from annotation.formats.offered import labels_of
from annotation.formats.schema import Field, FieldKind, Kind, Label, Question, field_from, question_from
from annotation.web.moments import moment

_MOST = 200
"""So many regions are told; of more the first."""
_SIDES = ("left", "right")


class Values:
    """Puts the values of one item into words; `parsed` is `LabelSchema.parsed`, `data` the item's data."""

    def __init__(self, parsed: Mapping[str, Any], data: Mapping[str, Any]) -> None:
        self.fields: list[dict[str, str]] = parsed["fields"]
        self.keys: list[str] = [question["key"] for question in parsed["questions"]]
        self._data = data
        self._parsed = {question["key"]: question for question in parsed["questions"]}
        self._questions: dict[str, Question] = {}
        self._labels: dict[str, dict[str, Label]] = {}

    @cached_property
    def _fields(self) -> dict[str, Field]:
        return {field["name"]: field_from(field) for field in self.fields}

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {name: field_text(field, self._data) for name, field in self._fields.items()}

    def title(self, key: str) -> str:
        """A question's title, or what it asks for, or its key."""
        question = self._parsed.get(key, {})
        if question.get("title"):
            return str(question["title"])
        return gettext("Relations") if question.get("tag") == "relations" else key

    @property
    def texts(self) -> list[str]:
        """What each field of the item says in words."""
        return [field_words(field, self._data) for field in self._fields.values()]

    def excerpt(self, length: int = 240) -> str:
        """The beginning of what the item shows in words, for a line of a list."""
        return " · ".join(text for text in self.texts if text)[:length]

    def label(self, key: str, label: str) -> str:
        """The text of a question's label, or its key."""
        question = self._question(key)
        return self._label(question, label) if question else label

    def show(self, key: str, value: Any) -> str:
        """A value as a person reads it; a dash for a question without an answer."""
        question = self._question(key)
        if value is None or value == []:
            return "–"
        return self._words(question, value) if question else str(value)

    def _question(self, key: str) -> Question | None:
        if key not in self._questions and key in self._parsed:
            self._questions[key] = question_from(self._parsed[key])
        return self._questions.get(key)

    def _words(self, question: Question, value: Any) -> str:
        words = self._kinds.get(question.kind)
        return words(question, value) if words else " / ".join(str(one) for one in value)

    @cached_property
    def _kinds(self) -> Mapping[Kind, Callable[[Question, Any], str]]:
        return {
            Kind.CHOICE: self._label,
            Kind.CHOICES: lambda asked, value: ", ".join(self._label(asked, one) for one in value),
            Kind.SPANS: lambda asked, value: _lines([self._span(asked, one) for one in value[:_MOST]], value),
            Kind.RATING: lambda asked, value: (
                gettext("%(rating)s of %(most)s") % {"rating": value, "most": asked.max_rating}
            ),
            Kind.NUMBER: self._number,
            Kind.DATETIME: lambda _asked, value: moment(value),
            Kind.RANKING: self._ranking,
            Kind.RELATIONS: lambda asked, value: _lines(
                [self._relation(asked, one) for one in value[:_MOST]], value
            ),
            Kind.BOXES: self._areas,
        }

    def _number(self, question: Question, value: float) -> str:
        if question.tag == "grades":
            return gettext("%(share)s of the points") % {"share": f"{value:.0%}"}
        return formats.localize(value)

    def _label(self, question: Question, key: str) -> str:
        if question.tag == "pairwise" and key in _SIDES:
            return gettext("the left one") if key == _SIDES[0] else gettext("the right one")
        if question.key not in self._labels:
            offered = labels_of(question, self._data)
            self._labels[question.key] = {label.key: label for label in offered}
        label = self._labels[question.key].get(key)
        if label is None:
            return str(key)
        return f"{self._label(question, label.parent)} › {label.text}" if label.parent else label.text

    def _span(self, question: Question, span: list[Any]) -> str:
        start, end, label = span
        return gettext("%(label)s “%(text)s”") % {
            "label": self._label(question, label),
            "text": self._quote(question, start, end),
        }

    def _quote(self, question: Question, start: int, end: int) -> str:
        field = self._fields.get(question.field)
        if field is None:
            return ""
        if field.kind is FieldKind.TABLE:
            return quote(field, self._data, start, end)
        return self._texts[field.name][start:end]

    def _relation(self, question: Question, relation: list[Any]) -> str:
        one, other, label, way = relation
        ends = (self._quote(self._marking(question, end), end[0], end[1]) for end in (one, other))
        said = f" ({self._label(question, label)})" if label else ""
        return f" {_arrow(way)} ".join(f"“{words}”" for words in ends) + said

    def _marking(self, relations: Question, end: list[Any]) -> Question:
        """The question that made one end of a relation: it may mark another field than its relations name."""
        start, stop, label = end
        made = [
            asked
            for key in self.keys
            if (asked := self._question(key)) and asked.kind is Kind.SPANS and not asked.per_region
            if any(one.key == label for one in labels_of(asked, self._data))
        ]
        fits = [asked for asked in made if self._quote(asked, start, stop)]
        return (fits or made or [relations])[0]

    def _ranking(self, question: Question, value: list[Any]) -> str:
        if not question.buckets:
            return " > ".join(self._ranked(question, one) for one in value)
        titles = {bucket.key: bucket.text for bucket in question.buckets}
        return "\n".join(
            f"{titles.get(bucket[0], bucket[0])}: "
            + (" > ".join(self._ranked(question, one) for one in bucket[1:]) or "–")
            for bucket in value
        )

    def _ranked(self, question: Question, key: str) -> str:
        if question.labels:
            return self._label(question, key)
        field = self._fields.get(question.field)
        things = self._data.get(field.key) if field else None
        for thing in things if isinstance(things, list) else []:
            if isinstance(thing, Mapping) and str(thing.get("id")) == key:
                return str(thing.get("title") or key)
        return key

    def _areas(self, question: Question, value: list[Any]) -> str:
        """Areas by their labels: where they lie is seen on the picture."""
        counts = Counter(self._area(question, one) for one in value)
        return ", ".join(f"{words} × {count}" for words, count in counts.items())

    def _area(self, question: Question, said: list[Any]) -> str:
        """What is said of one area; of a relation its label and its way."""
        if question.tag == "relations":
            *_ends, label, way = said
            return f"{self._label(question, label)} {_arrow(way)}".strip()
        label = next((part for part in reversed(said) if isinstance(part, str)), "")
        return self._label(question, label) if label else gettext("area")


def _arrow(way: str) -> str:
    return "↔" if way == "bi" else "→"


def _lines(lines: list[str], value: list[Any]) -> str:
    return "\n".join([*lines, *(["…"] if len(value) > len(lines) else [])])
