"""The marked text of a row: which text, and the gold spans on it."""

from __future__ import annotations

from dataclasses import dataclass

from annotation.formats.field_text import field_text
from annotation.formats.release.format import View
from annotation.formats.release.reading import gold_of, span_questions
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.token_tags import Span
from annotation.formats.schema import Field, Question


@dataclass(frozen=True)
class Marked:
    """A text and what is marked in it, in order."""

    text: str
    spans: list[Span]


class MarkedTexts:
    """Reads the first marked text of each row, with the spans of every question that marks it."""

    def __init__(self, view: View) -> None:
        self.questions: list[Question] = span_questions(view.schema)
        self._field: Field = view.schema.by_name[self.questions[0].field]

    def of(self, row: ReleaseRow) -> Marked | None:
        """The row's; None where none of the questions is settled. Settled without a span is a text without spans."""
        gold = [found for one in self.questions if (found := gold_of(row, one.key)) is not None]
        if not gold:
            return None
        spans = {(start, end, label) for one in gold for start, end, label in one.value or ()}
        return Marked(field_text(self._field, row.data), sorted(spans))


def misfit(view: View) -> str:
    """Why there is no marked text."""
    return "" if span_questions(view.schema) else "release_no_spans"
