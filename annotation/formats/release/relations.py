"""Relations between marked spans: JSON lines with the text, its tokens, the entities and who stands to whom.

    {"id": "…", "text": "…", "tokens": [[0, 4], …],
     "entities": [{"start": 0, "end": 4, "label": "Drug", "text": "…", "token_start": 0, "token_end": 1}, …],
     "relations": [{"head": 0, "tail": 1, "label": "treats", "direction": "right"}, …]}

`head` and `tail` count entities. Offsets are code points; `token_start` and `token_end` (left out) are the tokens
that an entity touches. A direction of `bi` holds both ways; an empty label says that the two belong together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.field_text import field_text
from annotation.formats.release.column_types import TEXT, WHOLE, Many, Struct
from annotation.formats.release.format import Lines, Out, View
from annotation.formats.release.loadable import Columns, Loadable
from annotation.formats.release.reading import WORDED, gold_of, span_questions
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.token_tags import Span, tokens_of
from annotation.formats.schema import Kind, Question

_ENTITY = Struct(
    {"start": WHOLE, "end": WHOLE, "label": TEXT, "text": TEXT, "token_start": WHOLE, "token_end": WHOLE}
)
_RELATION = Struct({"head": WHOLE, "tail": WHOLE, "label": TEXT, "direction": TEXT})


class Relations(Loadable):
    """The `relations` format."""

    key = "relations"
    folder = "relations"
    ending = ".jsonl"

    def misfit(self, view: View) -> str:
        """It needs relations between pieces of one text."""
        return "" if _asked(view) else "release_no_relations"

    def columns(self, view: View) -> Columns:
        """The text, its tokens, entities and relations."""
        return {
            "id": TEXT,
            "text": TEXT,
            "tokens": Many(Many(WHOLE)),
            "entities": Many(_ENTITY),
            "relations": Many(_RELATION),
        }

    def open(self, out: Out, view: View) -> Lines:
        """An item a line."""
        return Lines(out, _Rows(view).lines)


class _Rows:
    def __init__(self, view: View) -> None:
        self._asked = _asked(view)
        self._field = view.schema.by_name[self._asked[0].field]
        self._marking = [one for one in span_questions(view.schema) if one.field == self._field.name]

    def lines(self, row: ReleaseRow) -> list[bytes]:
        """The row's line, if its relations are settled."""
        gold = [found for one in self._asked if (found := gold_of(row, one.key)) is not None]
        if not gold:
            return []
        said = [relation for one in gold for relation in one.value or ()]
        marked = [found.value or () for one in self._marking if (found := gold_of(row, one.key)) is not None]
        spans = {_span(one) for value in marked for one in value}
        spans |= {_span(end) for relation in said for end in relation[:2]}
        entities = sorted(spans)
        at = {span: number for number, span in enumerate(entities)}
        text = field_text(self._field, row.data)
        tokens = tokens_of(text)
        relations = [
            {"head": at[_span(head)], "tail": at[_span(tail)], "label": label, "direction": direction}
            for head, tail, label, direction in said
        ]
        record = {
            "id": row.item,
            "text": text,
            "tokens": tokens,
            "entities": [_entity(text, tokens, one) for one in entities],
            "relations": relations,
        }
        return [canonical_json(record)]


def _asked(view: View) -> list[Question]:
    """The relations of one text: those of the first that has any."""
    schema = view.schema
    found = [one for one in schema.questions if one.kind is Kind.RELATIONS]
    found = [one for one in found if schema.by_name[one.field].kind in WORDED]
    return [one for one in found if one.field == found[0].field]


def _span(given: Any) -> Span:
    start, end, label = given
    return start, end, label


def _entity(text: str, tokens: list[tuple[int, int]], span: Span) -> dict[str, Any]:
    start, end, label = span
    first = bisect_right(tokens, start, key=lambda token: token[1])
    last = bisect_left(tokens, end, key=lambda token: token[0])
    return {
        "start": start,
        "end": end,
        "label": label,
        "text": text[start:end],
        "token_start": first,
        "token_end": max(first, last),
    }
