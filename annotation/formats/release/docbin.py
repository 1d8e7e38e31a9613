"""A release as spaCy's DocBin (`.spacy`): tokens of the item's language, spans, entities, and categories.

Every marked span that begins and ends with a token stands in `doc.spans["sc"]`, nested ones too; those of them that
do not overlap are `doc.ents`, of those that do the one that begins first, and the longest. The tokens that a span
cuts are of unknown entity (`ent_iob` 0), so that training takes them for neither, and the span is listed in
`doc.user_data["cut"]`. `doc.cats` holds the chosen labels as 1.0, the others on offer as 0.0; with several such
questions as `question:label`. The tokeniser is that of a blank pipeline of the item's language, `xx` where spaCy
has none.
"""

from __future__ import annotations

from typing import Any

from annotation.formats.field_text import field_text
from annotation.formats.release.docbin_stream import DocBinStream
from annotation.formats.release.format import Out, View
from annotation.formats.release.marked_texts import MarkedTexts
from annotation.formats.release.reading import WORDED, chosen_questions, gold_of, names_of, span_questions
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.token_tags import Span
from annotation.formats.schema import Field, Question

_LONGEST = 1 << 31  # spaCy warns of memory beyond a million characters, which a parser would need


class DocBin:
    """The `docbin` format."""

    key = "docbin"
    folder = "docbin"
    ending = ".spacy"

    def misfit(self, view: View) -> str:
        """It needs marked text, or labels of a text."""
        return "" if span_questions(view.schema) or _categories(view) else "release_no_spans"

    def open(self, out: Out, view: View) -> Docs:
        """A document an item."""
        return Docs(out, view)


class Docs:
    """An open file. `losses` counts spans that `cut` a token, and those `nested` that are no entities."""

    def __init__(self, out: Out, view: View) -> None:
        self.losses = {"cut": 0, "nested": 0}
        self._view, self._bin = view, DocBinStream(out)
        self._marked = MarkedTexts(view) if span_questions(view.schema) else None
        self._field, self._asked = _text(view), _categories(view)
        self._pipelines: dict[str, Any] = {}

    def write(self, row: ReleaseRow) -> int:
        """One document, where a span or a label is settled."""
        marked = self._marked.of(row) if self._marked is not None else None
        gold = [(one, found) for one in self._asked if (found := gold_of(row, one.key)) is not None]
        if marked is None and not gold:
            return 0
        text = marked.text if marked is not None else field_text(self._field, row.data)
        doc = self._pipeline(row.language).make_doc(text)
        cut = self._mark(doc, marked.spans) if marked is not None else []
        for question, found in gold:
            doc.cats |= self._cats(question, found.value)
        doc.user_data = {"id": row.item, "language": doc.lang_, "cut": [list(one) for one in cut]}
        self._bin.add(doc, [label for _, _, label in marked.spans] if marked is not None else [])
        return 1

    def close(self) -> None:
        """Write what was taken in."""
        self._bin.finish()

    def _mark(self, doc: Any, spans: list[Span]) -> list[Span]:
        """Set a document's spans and entities; the spans that cut tokens."""
        fitting: list[Any] = []
        cut: list[Span] = []
        unknown: set[int] = set()
        for start, end, label in spans:
            span = doc.char_span(start, end, label=label)
            if span is not None:
                fitting.append(span)
                continue
            cut.append((start, end, label))
            around = doc.char_span(start, end, alignment_mode="expand")
            if around is not None:
                unknown.update(range(around.start, around.end))
        doc.spans["sc"] = fitting
        entities, free = [], 0
        for span in sorted(fitting, key=lambda one: (one.start, -one.end, one.label_)):
            if span.start >= free:
                entities.append(span)
                free = span.end
        unknown -= {at for span in entities for at in range(span.start, span.end)}
        missing = [doc[at : at + 1] for at in sorted(unknown)]
        doc.set_ents(entities, missing=missing)
        self.losses["cut"] += len(cut)
        self.losses["nested"] += len(fitting) - len(entities)
        return cut

    def _cats(self, question: Question, value: Any) -> dict[str, float]:
        chosen = [] if value is None else [value] if isinstance(value, str) else list(value)
        prefix = f"{question.key}:" if len(self._asked) > 1 else ""
        names = dict.fromkeys((*names_of(self._view, question), *chosen))
        return {prefix + name: float(name in chosen) for name in names}

    def _pipeline(self, language: str) -> Any:
        import spacy  # late: seconds to load, and web processes read the registry

        code = (language or next(iter(self._view.languages), "") or "xx").split("-")[0].lower()
        if code not in self._pipelines:
            try:
                pipeline = spacy.blank(code)
            except (ImportError, OSError):  # no such language, or a tokeniser that is not installed
                pipeline = spacy.blank("xx")
            pipeline.max_length = _LONGEST
            self._pipelines[code] = pipeline
        return self._pipelines[code]


def _text(view: View) -> Field:
    """The text of a document: the one that is marked, or that labels are chosen for."""
    asked = [*span_questions(view.schema), *_worded(view)]
    return view.schema.by_name[asked[0].field]


def _categories(view: View) -> list[Question]:
    """The questions about the document's text that are answered by labels."""
    found = _worded(view)
    return [one for one in found if one.field == _text(view).name]


def _worded(view: View) -> list[Question]:
    return [one for one in chosen_questions(view.schema) if view.schema.by_name[one.field].kind in WORDED]
