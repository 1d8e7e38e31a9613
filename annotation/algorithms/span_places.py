"""Texts as rows of places, tokens or characters: which of them annotators marked, and which spans a row makes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.counts import Codes
from annotation.algorithms.span_items import Span
from annotation.algorithms.span_overlap import on_tokens
from annotation.algorithms.study import Study

Tokens = Mapping[Hashable, Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class TrueSpan:
    """A span with the mean `probability` of its places."""

    start: int
    end: int
    label: str
    probability: float


@dataclass(frozen=True)
class Text:
    """An item's answers: `places` are the tokens, or None for characters."""

    item: Hashable
    raters: tuple[int, ...]
    spans: tuple[tuple[Span, ...], ...]
    places: Sequence[tuple[int, int]] | None

    def marks(self, label: str) -> list[tuple[int, Codes]]:
        """Who marked which places, 0 or 1 each."""
        size = self._size()
        rows: list[tuple[int, Codes]] = []
        for rater, spans in zip(self.raters, self.spans, strict=True):
            marks = np.zeros(size, dtype=np.int64)
            for start, end, named in spans if self.places is None else on_tokens(spans, self.places):
                if named == label:
                    marks[start:end] = 1
            rows.append((rater, marks))
        return rows

    def runs(self, inside: Floats, label: str, more_than: float) -> list[TrueSpan]:
        """The runs of places that are inside, as spans."""
        edges = np.flatnonzero(np.diff(np.concatenate([[0], inside > more_than, [0]]).astype(np.int8)))
        found = []
        for low, high in pairwise(edges.tolist()):
            if inside[low] > more_than:
                start, end = (
                    (low, high) if self.places is None else (self.places[low][0], self.places[high - 1][1])
                )
                found.append(TrueSpan(start, end, label, float(inside[low:high].mean())))
        return found

    def _size(self) -> int:
        if self.places is not None:
            return len(self.places)
        return max((end for spans in self.spans for _, end, _ in spans), default=0)


def texts_of(study: Study, tokens: Tokens | None) -> list[Text]:
    """A study's items; `tokens` gives each item's as half-open (start, end) in order, else places are characters."""
    bounds = np.flatnonzero(np.diff(study.item, prepend=-1, append=-1)).tolist()
    found = []
    for low, high in pairwise(bounds):
        item = study.items[int(study.item[low])]
        said = [cast("tuple[Span, ...]", study.categories[value]) for value in study.value[low:high].tolist()]
        places = None if tokens is None else tokens[item]
        found.append(Text(item, tuple(study.rater[low:high].tolist()), tuple(said), places))
    return found
