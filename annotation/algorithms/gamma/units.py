"""Gamma, gamma-cat and gamma-k of one text given as a list of units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotation.algorithms.gamma.alignment import best_alignment
from annotation.algorithms.gamma.chance import PRECISION, Asked, Measured, measure_texts
from annotation.algorithms.gamma.clusters import TooLarge
from annotation.algorithms.gamma.marks import Continuum, Marks, Weights
from annotation.algorithms.gamma.sampling import Sampling

Unit = tuple[str, str, float, float]
"""Annotator, category, start, end."""


@dataclass(frozen=True)
class Gamma:
    """Gamma with its terms, gamma-cat, and gamma-k by category; None where there is no value."""

    value: float | None
    observed: float
    expected: float
    cat: float | None
    by_category: dict[str, float | None]
    draws: int


def best_disorder(
    units: Iterable[Unit],
    *,
    alpha: float = 1.0,
    beta: float = 1.0,
    delta_empty: float = 1.0,
    annotators: Sequence[str] = (),
) -> float:
    """The disorder of the best alignment. `annotators` names those who may have marked nothing.

    Raises ValueError for fewer than two annotators, TooLarge for more units than can be aligned.
    """
    text, _ = _continuum(units, annotators)
    return best_alignment(text, Weights(alpha, beta, delta_empty)).disorder


def gamma_of_units(
    units: Iterable[Unit],
    *,
    alpha: float = 1.0,
    beta: float = 1.0,
    delta_empty: float = 1.0,
    sampler: Sampling = "statistical",
    precision: float = PRECISION,
    seed: int = 0,
    annotators: Sequence[str] = (),
) -> Gamma:
    """Gamma of one text. Raises as `best_disorder` does.

    No value where random texts never differ; no gamma-cat or gamma-k where there is one category, where no two units
    (of the category) are aligned, or their labels never differ by chance.
    """
    text, categories = _continuum(units, annotators)
    asked = Asked(Weights(alpha, beta, delta_empty), len(categories), sampler, precision, seed)
    if len(text) < 2 or not categories:
        raise ValueError("gamma needs two annotators and a unit")
    (found,) = measure_texts([text], asked)
    if found is None:
        raise TooLarge
    value = 1 - found.alignment.disorder / found.chance.expected if found.chance.expected > 0 else None
    one = len(categories) < 2
    return Gamma(
        value,
        found.alignment.disorder,
        found.chance.expected,
        None if one else label_value(found, 0),
        {name: None if one else label_value(found, 1 + at) for at, name in enumerate(categories)},
        len(found.chance.disorders),
    )


def label_value(found: Measured, at: int) -> float | None:
    """Gamma-cat (`at` 0) or gamma-k (1 + the label's code) of one text."""
    expected = float(found.chance.labels[at])
    if not found.labels.aligned[at] or not expected > 0:
        return None
    return 1 - float(found.labels.disorder[at]) / expected


def _continuum(units: Iterable[Unit], annotators: Sequence[str]) -> tuple[Continuum, list[str]]:
    given = set(units)
    names = sorted({*annotators, *(unit[0] for unit in given)}, key=str)
    categories = sorted({unit[1] for unit in given}, key=str)
    codes = {name: at for at, name in enumerate(categories)}
    by_name = {
        name: [(start, end, label) for who, label, start, end in given if who == name] for name in names
    }
    return tuple(Marks.of(by_name[name], codes) for name in names), categories
