"""Intervals for any smooth function of sums over items, whose coverage was tried by simulation.

The plain percentile bootstrap misleads when items are few: at a true alpha of .95 and 30 items its lower bound lies
above the truth in 20 to 60 % of samples, since most samples hold one disagreement or none. The interval here inverts a
test over tilted samples (`tilting`), which for a plain share is Clopper and Pearson's with the mid-p rule. Added to it:

- Kinds of item with a count of 0 are kinds that nobody saw but could be (an item on which all gave a rare label). Each
  stands for half an item (Jeffreys' prior) in the search of the end it pulls towards, and for none elsewhere. Without
  it the truth is out of reach when a rare label was never agreed on: coverage was 77 % on a scale of .85 and .15.
- The level is Student's: z is replaced by t sqrt(N / (N - 1)) with N - 1 degrees of freedom (Hesterberg 1999), for a
  sample of N resampled as it is has a spread that is too small.
- One lone item with a second label holds all there is: without it there is no value. It pulls as a second one like it
  would, and the other end rests on the kinds that nobody saw. Where nothing pulls towards an end, that end is the exact
  one of the next point.
- When every draw gives the same value, a bootstrap has nothing to say (ten unanimous items would give [1, 1]): an exact
  binomial bound takes over. With N items of the kinds seen, the share of kinds not seen is at most 1 - (a/2)^(1/N) at
  confidence 1 - a, and the value can have moved by at most that share times `reach`.

- Fewer than FEW_DOCUMENTS rows have too few different samples to resample: of two documents there are three. There an
  end is no nearer than that of Student's t with N - 1 degrees of freedom and the standard error to first order,

      SE^2 = N / (N - 1) sum_rows (d value / d row)^2

  (`asymptotic`, which has it for means). Simulated documents of five items: resampling covered .54 to .71 with two of
  them and .83 with three, this .90 to .95 and .85 to .88, and .91 with five. Where the error is 0 or has no value there
  is no interval.

What is resampled are the rows of `Sums`: items, or whole documents (`clustered`). `benchmarks/coverage.py` has the
table of what the interval covers; Efron's BCa, which was here before, covers as much but for rare labels and few items.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.distributions import t_quantile
from annotation.algorithms.sample import Sample, influence, standard_error, valued
from annotation.algorithms.statistic import FEW_DOCUMENTS
from annotation.algorithms.tilting import Tilted

Floats = NDArray[np.float64]

DRAWS = 1000
_UNSEEN = 0.5  # items that a kind nobody saw stands for
_SAME = 1e-12
_NOTHING, _DIGITS = 1e-14, 13  # what rounding may leave: of a column's greatest, and the last binary digits


@dataclass(frozen=True)
class Sums:
    """A statistic written as a function of sums over items.

    `features` has a row for each kind of item and a column for each sum, `counts` the number of items of
    each kind (0: a kind that nobody saw but could be), and `evaluate` turns an array (..., columns) of sums into
    values (...), with NaN where there is none. `grouped`: rows are documents, which may have several items.
    """

    features: Floats
    counts: NDArray[np.int64]
    evaluate: Callable[[Floats], Floats]
    grouped: bool = False

    @property
    def rows(self) -> int:
        """How many there are to resample."""
        return int(self.counts.sum())

    @property
    def totals(self) -> Floats:
        """The sums over all items."""
        return np.asarray(self.counts @ self.features, dtype=np.float64)

    def merged(self) -> Sums:
        """Kinds that are equal but for rounding as one, in an order that depends on nothing but the features."""
        if not len(self.counts):
            return self
        rounded = _rounded(self.features)
        # Sorted by one number for each row, the same for equal rows wherever they stand.
        key = np.zeros(len(self.counts))
        for column, factor in zip(rounded.T, _factors(self.features.shape[1]), strict=True):
            key += column * factor
        order = np.argsort(key, kind="stable")
        rows = rounded[order]
        first = np.flatnonzero(np.append(True, (rows[1:] != rows[:-1]).any(axis=1)))
        counts = np.add.reduceat(self.counts[order], first)
        return replace(self, features=self.features[order[first]], counts=counts)


def clustered(
    features: Floats,
    items: NDArray[np.int64],
    group: NDArray[np.int64] | None,
    evaluate: Callable[[Floats], Floats],
) -> Sums:
    """`evaluate` as a function of sums over items or, where `group` (kinds,) is given, over whole documents.

    `features` (kinds, columns), `items` (kinds,) how many items are of a kind. Items of one document share its author
    and its subject, so that fewer of them are independent than there are: they are resampled together (Davison and
    Hinkley 1997, Bootstrap Methods and their Application, section 3.8. doi:10.1017/CBO9780511802843). Kinds with 0
    items stay kinds that nobody saw.
    """
    if group is None:
        return Sums(features, items, evaluate)
    seen = items > 0
    codes, place = np.unique(group[seen], return_inverse=True)
    together = np.zeros((len(codes), features.shape[1]))
    np.add.at(together, place, features[seen] * items[seen, None])
    rows = np.concatenate([together, features[~seen]])
    counts = np.repeat([1, 0], [len(codes), len(rows) - len(codes)])
    return Sums(rows, counts, evaluate, grouped=True).merged()


@dataclass(frozen=True)
class Interval:
    """Bounds with how they were made; both are None when more than half of the draws were undefined, or where there is
    no standard error of few rows."""

    low: float | None
    high: float | None
    method: str | None
    draws: int
    undefined: int


def interval(
    sums: Sums,
    *,
    seed: int,
    reach: float,
    bounds: tuple[float, float],
    confidence: float = 0.95,
    draws: int = DRAWS,
) -> Interval:
    """An interval for `sums`, whose value on all items must be defined.

    `reach` is the most the value moves per unit share of items of an unseen kind; `bounds` are the least
    and greatest values the statistic can take. The same kinds in another order give the same interval.
    """
    sums = sums.merged()
    value = float(sums.evaluate(sums.totals))
    items, tail = sums.rows, (1 - confidence) / 2
    seen = Sample.drawn(sums.features, sums.counts, sums.evaluate, draws, seed)
    undefined = int(np.isnan(seen.values).sum())
    if undefined < draws and bool(np.nanmax(np.abs(seen.values - value)) <= _SAME):
        # Nothing but an item of another kind could move the value.
        moved = (1 - tail ** (1 / items)) * reach
        return Interval(
            max(value - moved, bounds[0]), min(value + moved, bounds[1]), "exact", draws, undefined
        )
    few = items < FEW_DOCUMENTS
    away = _students_reach(sums, tail) if few else 0.0
    if away is None or (undefined * 2 > draws and not few):
        return Interval(None, None, None, draws, undefined)
    low, high = max(value - away, bounds[0]), min(value + away, bounds[1])
    if undefined * 2 <= draws:
        side, moved = _students_level(tail, items), (1 - tail ** (1 / items)) * reach
        below, above = (
            _end(_with_unseen(seen, sums, towards, seed), value, towards, bound, (side, 2 * tail), moved)
            for towards, bound in zip((-1, 1), bounds, strict=True)
        )
        low, high = min(low, below), max(high, above)
    return Interval(low, high, "t" if few else "tilted", draws, undefined)


def _students_reach(sums: Sums, tail: float) -> float | None:
    """How far off the value Student's t puts the ends; None where there is no standard error."""
    error = standard_error(sums.features, sums.counts, sums.evaluate)
    return None if error is None else error * t_quantile(1 - tail, sums.rows - 1)


def _with_unseen(seen: Sample, sums: Sums, towards: int, seed: int) -> Sample:
    """The sample with those kinds added that nobody saw and that pull the value `towards` an end."""
    if seen.pull.size == len(sums.counts):
        return seen
    weights = np.where(sums.counts > 0, sums.counts, _UNSEEN)
    helpful = (sums.counts > 0) | (influence(sums.features, weights, sums.evaluate) * towards > 0)
    if helpful.sum() == seen.pull.size:
        return seen
    return Sample.drawn(
        sums.features[helpful], weights[helpful], sums.evaluate, len(seen.values), seed, items=seen.items
    )


def _end(
    sample: Sample, value: float, towards: int, bound: float, levels: tuple[float, float], moved: float
) -> float:
    """An end of the interval; where no kind pulls on the value, seen or not, the exact one, `moved` away."""
    if not sample.pull.any():
        return max(bound, value - moved) if towards < 0 else min(bound, value + moved)
    far = (sample.values - value) * towards
    tilted = Tilted(
        shares=sample.shares,
        items=sample.items,
        influence=towards * sample.pull,
        along=towards * sample.along,
        # Seen from the end, it is the draws on the other side of the value that are as far out as the sample.
        beyond=np.where(np.isnan(far), np.nan, np.where(far > _SAME, 0.0, np.where(far < -_SAME, 1.0, 0.5))),
        inside=sample.keeping_from(bound, towards),
    )
    shares = tilted.end(*levels)
    found = float(valued(sample.evaluate, sample.items * (shares @ sample.features)))
    if np.isnan(found):
        found = bound if np.isfinite(bound) else float(towards * np.nanmax(towards * sample.values))
    elif (found - value) * towards <= _SAME:
        # So few rows that the value turns round on the way: the draws say how far it may lie.
        found = float(np.nanquantile(sample.values, levels[0] if towards < 0 else 1 - levels[0]))
    return min(max(found, value), bound) if towards > 0 else max(min(found, value), bound)


def _rounded(features: Floats) -> Floats:
    """To 40 binary digits each, and to 0 what is nothing beside the greatest of its column: sums over the same numbers
    in another order are then the same."""
    greatest = np.abs(features).max(axis=0)
    whole = np.where(np.abs(features) > _NOTHING * greatest, features, 0.0)
    bits = (whole.view(np.int64) + (1 << _DIGITS - 1)) & -(1 << _DIGITS)
    return bits.view(np.float64)


@cache
def _factors(columns: int) -> list[float]:
    return [float(factor) for factor in np.random.default_rng(0).random(columns)]


@cache
def _students_level(tail: float, items: int) -> float:
    return NormalDist().cdf(t_quantile(tail, items - 1) * math.sqrt(items / (items - 1)))
