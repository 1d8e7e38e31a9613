"""The sink of formats of tagged tokens: one record a text, and a count of what tags could not say."""

from __future__ import annotations

from collections.abc import Callable

from annotation.formats.release.format import Out, View
from annotation.formats.release.marked_texts import Marked, MarkedTexts
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.token_tags import Tagged, place, tokens_of

Tokens = list[tuple[int, int]]
Encode = Callable[[ReleaseRow, Marked, Tokens, Tagged], bytes]


class TaggedTexts:
    """An open file. `losses` counts spans that were `adjusted` to tokens, and those `left_out` under others."""

    def __init__(self, out: Out, view: View, encode: Encode) -> None:
        self.losses = {"adjusted": 0, "left_out": 0}
        self._out, self._texts, self._encode = out, MarkedTexts(view), encode

    def write(self, row: ReleaseRow) -> int:
        """One record, none where no span question is settled."""
        marked = self._texts.of(row)
        if marked is None:
            return 0
        tokens = tokens_of(marked.text)
        tagged = place(tokens, marked.spans)
        self.losses["adjusted"] += len(tagged.adjusted)
        self.losses["left_out"] += len(tagged.left_out)
        self._out.write(self._encode(row, marked, tokens, tagged))
        return 1

    def close(self) -> None:
        """Nothing stands after the last record."""
