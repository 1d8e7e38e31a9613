"""One text, or several as one, against the same texts annotated at random.

    gamma = 1 - observed / expected

`observed` is the disorder of the best alignment, `expected` the mean disorder of texts annotated at random. Of several
texts both are means, weighted by the number of units an annotator marked; the statistical sampler then draws from the
statistics of all of them, because a text with a unit or two says little of what there is by chance, and texts with as
many annotators share what was drawn.

So many random texts are drawn that the mean is known to `precision` of its size with probability .95 (Mathet et al.
2015, section 5.3): thirty at first, and then, with c the standard deviation by the mean, (1.96 c / precision)^2 in all.
A random text that is too crowded to be aligned is drawn anew; when that is every second one, there is no value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.gamma.alignment import Alignment, best_alignment
from annotation.algorithms.gamma.clusters import TooLarge
from annotation.algorithms.gamma.labels import LabelDisorder, label_disorder
from annotation.algorithms.gamma.marks import Continuum, Weights, mean_units
from annotation.algorithms.gamma.sampling import Sampler, Sampling, Statistical, sampler_of

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


@dataclass(eq=False)
class Chance:
    """Random texts of one sampler: the disorder of each, and those of its labels; `crowded` counts those left out."""

    sampler: Sampler
    random: np.random.Generator
    disorders: list[float] = field(default_factory=list)
    of_labels: list[Floats] = field(default_factory=list)
    crowded: int = 0

    @property
    def expected(self) -> float:
        """The mean disorder."""
        return float(np.mean(self.disorders))

    @property
    def labels(self) -> Floats:
        """The mean disorders of all labels and of each, (1 + labels,)."""
        return np.asarray(np.mean(self.of_labels, axis=0), dtype=np.float64)

    @property
    def too_crowded(self) -> bool:
        """Whether every second random text cannot be aligned."""
        return self.crowded > len(self.disorders)

    def draw(self, times: int, asked: Asked) -> None:
        """Draw until there are so many more."""
        wanted = len(self.disorders) + times
        while len(self.disorders) < wanted and self.crowded <= FIRST_DRAWS + len(self.disorders):
            try:
                alignment, labels = _aligned(self.sampler.draw(self.random), asked)
            except TooLarge:
                self.crowded += 1
                continue
            self.disorders.append(alignment.disorder)
            self.of_labels.append(labels.disorder)


@dataclass(frozen=True)
class Measured:
    """One text: how many `units` an annotator marked, its `alignment`, the disorders of its `labels`, and `chance`."""

    units: float
    alignment: Alignment
    labels: LabelDisorder
    chance: Chance


def measure_texts(texts: Sequence[Continuum], asked: Asked) -> list[Measured | None]:
    """Measure texts of two annotators and one unit at least; None for a text that is too crowded to be aligned."""
    chances = _chances(texts, asked)
    found: list[Measured | None] = []
    for text, chance in zip(texts, chances, strict=True):
        try:
            found.append(Measured(mean_units(text), *_aligned(text, asked), chance))
        except TooLarge:
            found.append(None)
    kept = [one for one in found if one]
    drawn = _distinct(kept)
    for one in drawn:
        one.draw(max(2, math.ceil(FIRST_DRAWS / len(drawn))), asked)
    wanted = min(_draws_needed(kept, asked.precision), MOST_DRAWS // max(1, len(drawn)))
    for one in drawn:
        one.draw(wanted - len(one.disorders), asked)
    return [one if one and not one.chance.too_crowded else None for one in found]


def reached(measured: Sequence[Measured]) -> float:
    """How precisely the mean disorder by chance is known: half its 95 % interval by its size."""
    mean, spread = _mean_and_spread(measured)
    return 1.96 * math.sqrt(spread) / mean if mean > 0 else 0.0


def draws(measured: Sequence[Measured]) -> int:
    """How many random texts were drawn."""
    return sum(len(one.disorders) for one in _distinct(measured))


def _chances(texts: Sequence[Continuum], asked: Asked) -> list[Chance]:
    """For each text what random texts it is held against; texts may share them."""
    if len(texts) < 2 or asked.sampling != "statistical":
        return [
            Chance(sampler_of(text, asked.sampling), np.random.default_rng([asked.seed, at]))
            for at, text in enumerate(texts)
        ]
    shared = {
        raters: Chance(Statistical.of_texts(texts, raters), np.random.default_rng([asked.seed, raters]))
        for raters in sorted({len(text) for text in texts})
    }
    return [shared[len(text)] for text in texts]


def _distinct(measured: Sequence[Measured]) -> list[Chance]:
    return list({id(one.chance): one.chance for one in measured}.values())


def _aligned(text: Continuum, asked: Asked) -> tuple[Alignment, LabelDisorder]:
    found = best_alignment(text, asked.weights)
    return found, label_disorder(text, found, asked.weights, asked.labels)


def _mean_and_spread(measured: Sequence[Measured], draws: int | None = None) -> tuple[float, float]:
    """The sum of the texts' expected disorders, and its variance; as if of each kind so many had been drawn."""
    mean = spread = 0.0
    for chance in _distinct(measured):
        if not chance.too_crowded:
            units = sum(one.units for one in measured if one.chance is chance)
            mean += units * chance.expected
            spread += units**2 * float(np.var(chance.disorders)) / (draws or len(chance.disorders))
    return mean, spread


def _draws_needed(measured: Sequence[Measured], precision: float) -> int:
    mean, spread = _mean_and_spread(measured, draws=1)
    return math.ceil(spread / mean**2 * (1.96 / precision) ** 2) if mean > 0 else 0
