"""Texts as tokens with BIO or BILOU tags, and as rows for token classification: JSON lines.

    {"id": "…", "text": "…", "tokens": ["Acme", …], "offsets": [[0, 4], …], "tags": ["B-Party", …],
     "adjusted": [{"start": 0, "end": 3, "label": "Party"}], "left_out": []}

Rows for token classification hold `tokens` and `ner_tags` and nothing else but `id`, the shape of `conll2003` on
Hugging Face, with the tags' names.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotation.algorithms.canonical import canonical_json
from annotation.formats.release import marked_texts
from annotation.formats.release.column_types import TEXT, WHOLE, Many, Struct
from annotation.formats.release.format import Out, View
from annotation.formats.release.loadable import Columns, Loadable
from annotation.formats.release.marked_texts import Marked
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.tagged_lines import TaggedTexts, Tokens
from annotation.formats.release.token_tags import Span, Tagged

_SPANS = Many(Struct({"start": WHOLE, "end": WHOLE, "label": TEXT}))


class Tags(Loadable):
    """The `bio` and `bilou` formats."""

    ending = ".jsonl"

    def __init__(self, key: str, *, bilou: bool = False) -> None:
        self.key = self.folder = key
        self._bilou = bilou

    def misfit(self, view: View) -> str:
        """It needs marked text."""
        return marked_texts.misfit(view)

    def columns(self, view: View) -> Columns:
        """Tokens and tags, and what tags could not say."""
        return {
            "id": TEXT,
            "text": TEXT,
            "tokens": Many(TEXT),
            "offsets": Many(Many(WHOLE)),
            "tags": Many(TEXT),
            "adjusted": _SPANS,
            "left_out": _SPANS,
        }

    def open(self, out: Out, view: View) -> TaggedTexts:
        """A text a line."""
        return TaggedTexts(out, view, self._line)

    def _line(self, row: ReleaseRow, marked: Marked, tokens: Tokens, tagged: Tagged) -> bytes:
        record = {
            "id": row.item,
            "text": marked.text,
            "tokens": [marked.text[start:end] for start, end in tokens],
            "offsets": tokens,
            "tags": tagged.tags(len(tokens), bilou=self._bilou),
            "adjusted": _named(tagged.adjusted),
            "left_out": _named(tagged.left_out),
        }
        return canonical_json(record) + b"\n"


class TokenRows(Loadable):
    """The `token_rows` format."""

    key = "token_rows"
    folder = "token_rows"
    ending = ".jsonl"

    def misfit(self, view: View) -> str:
        """It needs marked text."""
        return marked_texts.misfit(view)

    def columns(self, view: View) -> Columns:
        """Tokens and tags."""
        return {"id": TEXT, "tokens": Many(TEXT), "ner_tags": Many(TEXT)}

    def open(self, out: Out, view: View) -> TaggedTexts:
        """A text a line."""
        return TaggedTexts(out, view, _row)


def _named(spans: Iterable[Span]) -> list[dict[str, int | str]]:
    return [{"start": start, "end": end, "label": label} for start, end, label in spans]


def _row(row: ReleaseRow, marked: Marked, tokens: Tokens, tagged: Tagged) -> bytes:
    words = [marked.text[start:end] for start, end in tokens]
    return canonical_json({"id": row.item, "tokens": words, "ner_tags": tagged.tags(len(tokens))}) + b"\n"
