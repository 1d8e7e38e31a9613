"""Extractive question answering in the shape of SQuAD 2.0.

The context is the first text in which pieces are marked. Where the item holds a question (another text; of several
the one whose key says `question` or `query`) the marked pieces answer it. Otherwise each label on offer is a
question of its own, as in CUAD. What nothing answers is `is_impossible`. `answer_start` counts code points, as
Python does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.field_text import field_text
from annotation.formats.release import marked_texts
from annotation.formats.release.column_types import TEXT, TRUTH, WHOLE, Many, Struct
from annotation.formats.release.format import Out, View
from annotation.formats.release.loadable import Columns, Loadable
from annotation.formats.release.marked_texts import Marked, MarkedTexts
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Field, FieldKind

_ANSWER = Struct({"text": TEXT, "answer_start": WHOLE})
_QUESTION = Struct({"id": TEXT, "question": TEXT, "answers": Many(_ANSWER), "is_impossible": TRUTH})
_NAMED = ("question", "query")
_HEAD, _END = b'{"data":[', b'\n],"version":"v2.0"}\n'


class Squad(Loadable):
    """The `squad` format."""

    key = "squad"
    folder = "squad"
    ending = ".json"
    within = "data"

    def misfit(self, view: View) -> str:
        """It needs marked text, and a question: of the item, or as a label."""
        if missing := marked_texts.misfit(view):
            return missing
        asked = MarkedTexts(view).questions
        return "" if _question_field(view) or any(one.labels for one in asked) else "release_no_question"

    def columns(self, view: View) -> Columns:
        """A paragraph, and what is asked of it."""
        return {"title": TEXT, "paragraphs": Many(Struct({"context": TEXT, "qas": Many(_QUESTION)}))}

    def open(self, out: Out, view: View) -> Paragraphs:
        """An item an entry of `data`."""
        return Paragraphs(out, view)


class Paragraphs:
    """An open file."""

    def __init__(self, out: Out, view: View) -> None:
        self._out, self._name, self._before = out, view.name, _HEAD + b"\n"
        self._texts, self._field = MarkedTexts(view), _question_field(view)

    def write(self, row: ReleaseRow) -> int:
        """One paragraph; as many records as it has questions."""
        marked = self._texts.of(row)
        if marked is None:
            return 0
        asked = list(self._asked(row, marked))
        entry = {"title": self._name, "paragraphs": [{"context": marked.text, "qas": asked}]}
        self._out.write(self._before + canonical_json(entry))
        self._before = b",\n"
        return len(asked)

    def close(self) -> None:
        """The list's end."""
        self._out.write((_HEAD if self._before != b",\n" else b"") + _END)

    def _asked(self, row: ReleaseRow, marked: Marked) -> Iterator[dict[str, Any]]:
        if self._field is not None:
            yield _qa(row.item, field_text(self._field, row.data), marked, None)
            return
        for question in self._texts.questions:
            for label in question.labels:
                yield _qa(f"{row.item}-{question.key}-{label.key}", label.text, marked, label.key)


def _qa(id_: str, question: str, marked: Marked, label: str | None) -> dict[str, Any]:
    answers = [
        {"text": marked.text[start:end], "answer_start": start}
        for start, end, said in marked.spans
        if label in (None, said)
    ]
    return {"id": id_, "question": question, "answers": answers, "is_impossible": not answers}


def _question_field(view: View) -> Field | None:
    context = MarkedTexts(view).questions[0].field
    others = [one for one in view.schema.fields if one.kind is FieldKind.TEXT and one.name != context]
    named = [one for one in others if any(word in f"{one.name} {one.key}".lower() for word in _NAMED)]
    return next(iter(named or others), None)
