"""Texts with their labels, for classification: JSON lines with `text` and `label`, or `labels` where several hold.

The first question about the whole item that is answered by labels decides; an item without an answer to it gives no
record. Answers to further such questions stand under their own keys, so do further texts of the item (a premise
beside a hypothesis, the two sides of a comparison), and `soft` holds the probabilities of labels where they are
known.
"""

from __future__ import annotations

from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.release.column_types import REAL, TEXT, ColumnType, Many, Struct
from annotation.formats.release.format import Lines, Out, View
from annotation.formats.release.loadable import Columns, Loadable
from annotation.formats.release.reading import WORDED, Names, chosen_questions, gold_of, words_of
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Field, Kind, Question

_OWN = ("id", "text", "label", "labels", "soft", "question")


class Classification(Loadable):
    """The `classification` format."""

    key = "classification"
    folder = "classification"
    ending = ".jsonl"

    def misfit(self, view: View) -> str:
        """It needs a question whose answers are labels, and a text."""
        if not chosen_questions(view.schema):
            return "release_no_choice"
        return "" if _texts(view) else "release_no_text"

    def columns(self, view: View) -> Columns:
        """Texts, labels and their probabilities."""
        return _Rows(view).columns()

    def open(self, out: Out, view: View) -> Lines:
        """An item a line."""
        return Lines(out, _Rows(view).lines)


class _Rows:
    def __init__(self, view: View) -> None:
        self._question, *others = chosen_questions(view.schema)
        self._text, *further = _texts(view)
        names = Names(_OWN)
        self._others = [(names.give(one.key, "label_"), one) for one in others]
        self._further = [(names.give(one.key, "data_"), one) for one in further]

    def columns(self) -> Columns:
        """The types of what `lines` writes."""
        label = _type(self._question)
        return {
            "id": TEXT,
            "text": TEXT,
            **{name: TEXT for name, _ in self._further},
            _name(self._question): label,
            **{name: _type(one) for name, one in self._others},
            "soft": Many(Struct({"value": label, "probability": REAL})),
        }

    def lines(self, row: ReleaseRow) -> list[bytes]:
        """The row's line, if its question is settled."""
        gold = gold_of(row, self._question.key)
        if gold is None or gold.value is None:
            return []
        record: dict[str, Any] = {
            "id": row.item,
            "text": words_of(self._text, row.data),
            **{name: words_of(one, row.data) for name, one in self._further},
            _name(self._question): gold.value,
            **{name: row.labels.get(one.key) for name, one in self._others},
        }
        if gold.soft is not None:
            record["soft"] = [
                {"value": value, "probability": share} for value, share in gold.soft.distribution
            ]
        return [canonical_json(record)]


def _name(question: Question) -> str:
    return "label" if question.kind is Kind.CHOICE else "labels"


def _type(question: Question) -> ColumnType:
    return TEXT if question.kind is Kind.CHOICE else Many(TEXT)


def _texts(view: View) -> list[Field]:
    """The texts, that which the question is about first."""
    asked = chosen_questions(view.schema)[0]
    first = view.schema.by_name.get(asked.field)
    texts = [one for one in view.schema.fields if one.kind in WORDED]
    return [one for one in texts if one == first] + [one for one in texts if one != first]
