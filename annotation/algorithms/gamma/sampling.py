"""Texts annotated at random: what alignments cost by chance.

Two ways, both from the text alone. `Statistical` (as pygamma-agreement has it) draws each annotator's units one after
the other: how many, the gaps before them and their lengths from normal distributions with the mean and deviation of the
text's, labels by their shares. `Shuffled` (Mathet et al. 2015, section 5.2) takes real annotators at random (one may
come twice) and shifts each round the text, any two by half a mean length at least from each other while there is room,
so that what stood at the same place no longer does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.gamma.marks import Continuum, Marks, mean_units

Sampling = Literal["statistical", "shuffle"]
_SHORTEST = 1e-6


class Sampler(Protocol):
    """Draws a text with as many annotators as the one it was made from."""

    def draw(self, random: np.random.Generator) -> Continuum:
        """A text annotated at random, of one unit at least."""


def sampler_of(text: Continuum, kind: Sampling) -> Sampler:
    """The sampler of this name for a text of one unit or more. Raises ValueError for an unknown name."""
    if kind == "statistical":
        return Statistical.of(text)
    if kind == "shuffle":
        return Shuffled.of(text)
    raise ValueError(f"no sampler is called {kind!r}")


@dataclass(frozen=True, eq=False)
class Statistical:
    """Means and deviations of the number of units, of gaps and of lengths; `shares` of the labels (labels,)."""

    annotators: int
    units: tuple[float, float]
    gap: tuple[float, float]
    length: tuple[float, float]
    shares: Floats

    @classmethod
    def of(cls, text: Continuum) -> Statistical:
        """The statistics of a text; its gaps are those before each unit, and one of none."""
        return cls.of_texts([text], len(text))

    @classmethod
    def of_texts(cls, texts: Sequence[Continuum], annotators: int) -> Statistical:
        """The statistics of several texts, for random ones of so many annotators."""
        marked = [marks for text in texts for marks in text]
        before = [np.diff(marks.start, prepend=0.0) for marks in marked]  # the first from the beginning
        for gaps, marks in zip(before, marked, strict=True):
            gaps[1:] -= marks.end[:-1] - marks.start[:-1]
        first = [gaps[:1][gaps[:1] > 0] for gaps in before]
        gaps = np.concatenate([[0.0], *(part[1:] for part in before), *first])
        lengths = np.concatenate([marks.end - marks.start for marks in marked])
        labels = np.bincount(np.concatenate([marks.label for marks in marked]))
        counts = np.array([len(marks) for marks in marked], dtype=np.float64)
        return cls(annotators, _moments(counts), _moments(gaps), _moments(lengths), labels / labels.sum())

    def draw(self, random: np.random.Generator) -> Continuum:
        """See `Sampler`."""
        drawn: list[Marks] = []
        for _ in range(self.annotators):
            units = abs(int(random.normal(*self.units)))
            drawn.append(self._annotator(units if any(map(len, drawn)) else max(1, units), random))
        return tuple(drawn)

    def _annotator(self, units: int, random: np.random.Generator) -> Marks:
        gaps = random.normal(*self.gap, size=units)
        lengths = np.maximum(np.abs(random.normal(*self.length, size=units)), _SHORTEST)
        end = np.cumsum(gaps + lengths)
        return Marks(end - lengths, end, random.choice(self.shares.size, size=units, p=self.shares))


@dataclass(frozen=True, eq=False)
class Shuffled:
    """The text, where its units lie (`low`, `high`), and how far shifts keep from each other."""

    text: Continuum
    low: float
    high: float
    apart: float

    @classmethod
    def of(cls, text: Continuum) -> Shuffled:
        """The text's bounds, and half the mean length of its units."""
        start = np.concatenate([marks.start for marks in text])
        end = np.concatenate([marks.end for marks in text])
        return cls(text, float(start.min()), float(end.max()), float((end - start).mean() / 2))

    def draw(self, random: np.random.Generator) -> Continuum:
        """See `Sampler`. Shifts are whole numbers, as places in a text are."""
        while True:
            free, drawn = [(self.low, self.high)], []
            for _ in self.text:
                shift = float(int(_uniform(free or [(self.low, self.high)], random)))
                free = [
                    part for open_ in free for part in _without(open_, shift - self.apart, shift + self.apart)
                ]
                drawn.append(self._shifted(self.text[int(random.integers(len(self.text)))], shift))
            if mean_units(tuple(drawn)) > 0:
                return tuple(drawn)

    def _shifted(self, marks: Marks, shift: float) -> Marks:
        back = np.where(marks.start + shift > self.high, self.high - self.low, 0.0)
        start, end = marks.start + shift - back, marks.end + shift - back
        order = np.lexsort((end, start))
        return Marks(start[order], end[order], marks.label[order])


def _moments(values: Floats) -> tuple[float, float]:
    return float(values.mean()), float(values.std())


def _uniform(parts: list[tuple[float, float]], random: np.random.Generator) -> float:
    """A place drawn evenly from the parts together."""
    widths = np.array([high - low for low, high in parts])
    low, high = parts[int(random.choice(len(parts), p=widths / widths.sum()))]
    return float(random.uniform(low, high))


def _without(part: tuple[float, float], low: float, high: float) -> list[tuple[float, float]]:
    """What is left of a part when what lies between `low` and `high` is taken out."""
    left = [(part[0], min(part[1], low)), (max(part[0], high), part[1])]
    return [(start, end) for start, end in left if start < end]
