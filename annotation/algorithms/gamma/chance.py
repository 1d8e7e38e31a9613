"""One text, or several as one, against the same texts annotated at random.

    gamma = 1 - observed / expected

`observed` is the disorder of the best alignment, `expected` the mean disorder of texts annotated at random. Of several
texts both are means, weighted by the number of units an annotator marked. So many random texts are drawn that the mean
is known to `precision` of its size with probability .95 (Mathet et al. 2015, section 5.3): thirty at first, and then,
with c the standard deviation by the mean, (1.96 c / precision)^2 in all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.gamma.alignment import Alignment, best_alignment
from annotation.algorithms.gamma.clusters import TooLarge
from annotation.algorithms.gamma.labels import LabelDisorder, label_disorder
from annotation.algorithms.gamma.marks import Continuum, Weights, mean_units
from annotation.algorithms.gamma.sampling import Sampler, Sampling, sampler_of

FIRST_DRAWS = 30
MOST_DRAWS = 10_000
PRECISION = 0.02


@dataclass(frozen=True)
class Asked:
    """What to measure by: weights of the dissimilarity, how many labels there are, sampler, precision and seed."""

    weights: Weights
    labels: int
    sampling: Sampling = "statistical"
    precision: float = PRECISION
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.precision < 1:
            raise ValueError(f"a precision of {self.precision}")


@dataclass(frozen=True)
class Measured:
    """One text: its `alignment`, the disorders of its labels, and of each random text the disorder (draws,) and those
    of its labels (draws, 1 + labels). `units` is how many an annotator marked."""

    units: float
    alignment: Alignment
    labels: LabelDisorder
    drawn: Floats
    drawn_labels: Floats

    @property
    def expected(self) -> float:
        """The mean disorder of the random texts."""
        return float(self.drawn.mean())


def measure_texts(texts: Sequence[Continuum], asked: Asked) -> list[Measured | None]:
    """Measure texts of two annotators and one unit at least; None for a text that is too crowded to be aligned."""
    made = [_Text(text, asked, at) for at, text in enumerate(texts)]
    share = 1 / max(1, len(made))
    for one in made:
        one.draw(max(2, math.ceil(FIRST_DRAWS * share)))
    wanted = min(_draws_needed(made, asked.precision), math.ceil(MOST_DRAWS * share))
    for one in made:
        one.draw(wanted - len(one.drawn))
    return [one.measured() for one in made]


def reached(measured: Sequence[Measured]) -> float:
    """How precisely the mean disorder by chance is known: half its 95 % interval by its size."""
    spread = sum(one.units**2 * float(one.drawn.var()) / one.drawn.size for one in measured)
    mean = sum(one.units * one.expected for one in measured)
    return 1.96 * math.sqrt(spread) / mean if mean > 0 else 0.0


class _Text:
    """A text while random ones are drawn from it."""

    def __init__(self, text: Continuum, asked: Asked, at: int) -> None:
        self.asked = asked
        self.units = mean_units(text)
        self.crowded = False
        self.found = self._aligned(text)
        self.sampler: Sampler = sampler_of(text, asked.sampling)
        self.random = np.random.default_rng([asked.seed, at])
        self.drawn: list[float] = []
        self.drawn_labels: list[Floats] = []

    def draw(self, times: int) -> None:
        for _ in range(0 if self.crowded else times):
            made = self._aligned(self.sampler.draw(self.random))
            if made is None:
                return
            self.drawn.append(made[0].disorder)
            self.drawn_labels.append(made[1].disorder)

    def measured(self) -> Measured | None:
        if self.crowded or self.found is None:
            return None
        return Measured(self.units, *self.found, np.array(self.drawn), np.array(self.drawn_labels))

    def _aligned(self, text: Continuum) -> tuple[Alignment, LabelDisorder] | None:
        try:
            found = best_alignment(text, self.asked.weights)
        except TooLarge:
            self.crowded = True
            return None
        return found, label_disorder(text, found, self.asked.weights, self.asked.labels)


def _draws_needed(made: Sequence[_Text], precision: float) -> int:
    open_ = [one for one in made if not one.crowded]
    mean = sum(one.units * float(np.mean(one.drawn)) for one in open_)
    spread = sum(one.units**2 * float(np.var(one.drawn)) for one in open_)
    return math.ceil(spread / mean**2 * (1.96 / precision) ** 2) if mean > 0 else 0
