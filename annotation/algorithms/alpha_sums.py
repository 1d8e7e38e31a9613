"""Krippendorff's alpha as a function of sums over items, so that it can be resampled.

Exact where that fits into memory: for the squared difference of fixed numbers four sums are enough, for other fixed
distances the times of each category are, for Krippendorff's ordinal ones the coincidences of every two categories.
With many categories the expected disagreement, which is a mean over pairs of labels, is replaced by its Hajek
projection, a mean over labels: the terms left out are of the order of 1 / n. (van der Vaart, A. W. 1998. Asymptotic
Statistics, chapter 12. doi:10.1017/CBO9780511802256)
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.alpha import Parts
from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.distances import Between, ranked
from annotation.algorithms.quotient import quotient
from annotation.algorithms.units import NARROW

RANKED = 16
"""With up to this many categories the ordinal distances are made anew in every draw."""


def alpha_sums(parts: Parts, *, ordinal: bool) -> Sums:
    """The sums behind the alpha of `parts`."""
    width = len(parts.units.categories)
    if ordinal:
        return _ordinal(parts) if width <= RANKED else _projected(parts, *_ranks_moving(parts))
    if parts.positions is not None:
        return _squares(parts, parts.positions)
    if parts.between is not None and width <= NARROW:
        return _table(parts, parts.between)
    return _projected(parts, np.zeros(width), np.zeros(width))


def _squares(parts: Parts, x: Floats) -> Sums:
    first, second = parts.units.summed(x), parts.units.summed(x**2)
    features = np.column_stack([parts.labels, parts.observed, first, second])
    return parts.units.sums(features, _of_squares)


def _of_squares(sums: Floats) -> Floats:
    n, observed, first, second = np.moveaxis(sums, -1, 0)
    pairs = n * second - first**2
    # What rounding leaves of equal numbers is no variation.
    pairs = np.where(pairs > 1e-12 * n * second, pairs, 0.0)
    return 1 - quotient(observed / n, 2 * pairs / (n * (n - 1)))


def _table(parts: Parts, between: Between) -> Sums:
    used = np.flatnonzero(parts.units.totals)
    distance = between(used[:, None], used[None, :])
    features = np.column_stack([parts.labels, parts.observed, parts.units.table[:, used]])

    def evaluate(sums: Floats) -> Floats:
        n, times = sums[..., 0], sums[..., 2:]
        return 1 - quotient(sums[..., 1] / n, ((times @ distance) * times).sum(axis=-1) / (n * (n - 1)))

    return parts.units.sums(features, evaluate)


def _ordinal(parts: Parts) -> Sums:
    width = len(parts.units.categories)
    one, two = np.triu_indices(width, 1)
    table = parts.units.table
    together = table[:, one] * table[:, two] / (parts.labels[:, None] - 1)
    features = np.column_stack([parts.labels, together, table])

    def evaluate(sums: Floats) -> Floats:
        n, times = sums[..., 0], sums[..., 1 + len(one) :]
        x = ranked(times)
        observed = 2 * (sums[..., 1 : 1 + len(one)] * (x[..., one] - x[..., two]) ** 2).sum(axis=-1) / n
        middle = (times * x).sum(axis=-1, keepdims=True) / n[..., None]
        expected = 2 * (times * (x - middle) ** 2).sum(axis=-1) / (n - 1)
        return 1 - quotient(observed, np.where(expected > 1e-15, expected, 0.0))

    return parts.units.sums(features, evaluate)


def _projected(parts: Parts, observed_by: Floats, expected_by: Floats) -> Sums:
    """`observed_by` and `expected_by` (categories,): how both move with a category's share, beyond its own terms."""
    units = parts.units
    columns = [parts.labels, parts.observed + units.summed(observed_by)]
    columns.append(2 * parts.chance + units.summed(expected_by))
    share = units.totals / parts.n
    fixed = float(observed_by @ share), parts.expected * (parts.n - 1) / parts.n + float(expected_by @ share)

    def evaluate(sums: Floats) -> Floats:
        n = sums[..., 0]
        expected = (sums[..., 2] / n - fixed[1]) * n / (n - 1)
        return 1 - quotient(sums[..., 1] / n - fixed[0], np.where(expected > 1e-12 * fixed[1], expected, 0.0))

    return units.sums(np.column_stack(columns), evaluate)


def _ranks_moving(parts: Parts) -> tuple[Floats, Floats]:
    """How the observed and the expected ordinal disagreement follow a category's share through the positions."""
    units, x = parts.units, ranked(parts.units.totals)
    mean = units.summed(x) / parts.labels
    pull = units.items[units.unit] * units.times * (parts.labels / (parts.labels - 1))[units.unit]
    pull = pull * (x[units.code] - mean[units.unit])
    observed = np.bincount(units.code, pull, minlength=len(x)) / parts.n
    share = units.totals / parts.n
    expected = share * (x - float(share @ x))
    return _through_positions(observed), _through_positions(expected)


def _through_positions(pull: Floats) -> Floats:
    above = pull.sum() - np.cumsum(pull)
    return np.asarray(4 * (above + pull / 2), dtype=np.float64)
