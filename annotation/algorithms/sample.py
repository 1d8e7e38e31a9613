"""Kinds of items, samples drawn from them, and how each kind pulls on a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.drawing import draw_sums

Floats = NDArray[np.float64]
Evaluate = Callable[[Floats], Floats]

_SAME = 1e-9
_STEP = 1e-4  # of a row
_FEW = 20  # with as many items left out, a sample at the bound is as good as impossible


@dataclass(frozen=True, eq=False)
class Sample:
    """Kinds of items with their `features` (kinds, columns) and `shares` (kinds,), and draws of `items` from them.

    `pull` (kinds,) is the influence of each kind on the value, with mean 0 and, unless none has any, variance 1 over
    the items. `along` (draws,) is its sum over each draw, `values` (draws,) the value, NaN where there is none.
    """

    features: Floats
    shares: Floats
    items: int
    evaluate: Evaluate
    pull: Floats
    along: Floats
    values: Floats

    @classmethod
    def drawn(
        cls,
        features: Floats,
        weights: NDArray[np.int64] | Floats,
        evaluate: Evaluate,
        draws: int,
        seed: int,
        items: int | None = None,
    ) -> Sample:
        """`draws` samples of `items` (as many as the weights, where not given) from kinds weighing `weights`."""
        kept = weights > 0
        features, weights = features[kept], weights[kept]
        shares = weights / weights.sum()
        number = int(weights.sum()) if items is None else items
        pull = influence(features, weights, evaluate)
        random = np.random.default_rng(seed)
        rows = np.column_stack([features, pull])
        sums = draw_sums(rows, shares, number, pull, draws, random)
        return cls(features, shares, number, evaluate, pull, sums[:, -1], valued(evaluate, sums[:, :-1]))

    def keeping_from(self, bound: float, towards: int) -> NDArray[np.bool_]:
        """The kinds, of those that pull most the other way, without which the value is at `bound`.

        None where more than a few items would have to be left out.
        """
        pull = towards * self.pull
        lowest = np.argpartition(pull, _FEW)[:_FEW] if len(pull) > _FEW else np.arange(len(pull))
        order = lowest[np.argsort(pull[lowest], kind="stable")]
        order = order[: int(np.searchsorted(np.cumsum(self.shares[order] * self.items), _FEW))]
        out = np.cumsum((self.shares[:, None] * self.features)[order], axis=0) * self.items
        left = valued(self.evaluate, self.shares @ self.features * self.items - out)
        at = np.flatnonzero(np.abs(left - bound) < _SAME)
        inside = np.zeros(len(self.shares), dtype=bool)
        inside[order[: at[0] + 1 if at.size else 0]] = True
        return inside


def influence(features: Floats, weights: NDArray[np.int64] | Floats, evaluate: Evaluate) -> Floats:
    """How much an item more of each kind moves the value, by leaving one out (half a one of half), (kinds,).

    Centred over the items and scaled to a variance of 1. A kind without which there is no value (the one item that has
    a second label) is added once more instead.
    """
    totals = weights @ features
    step = np.minimum(1.0, weights)
    value = evaluate(totals)
    moved = (value - valued(evaluate, totals - features * step[:, None])) / step
    needed = np.isnan(moved)
    if needed.any():
        more = features[needed] * step[needed, None]
        moved[needed] = (valued(evaluate, totals + more) - value) / step[needed]
        moved = np.where(np.isnan(moved), 0.0, moved)
    shares = weights / weights.sum()
    moved = moved - shares @ moved
    spread = float(np.sqrt(shares @ moved**2))
    return np.asarray(moved / spread if spread > 0 else np.zeros_like(moved), dtype=np.float64)


def standard_error(features: Floats, counts: NDArray[np.int64], evaluate: Evaluate) -> float | None:
    """That of the value to first order: sqrt(N / (N - 1) sum_k c_k d_k^2) of N rows, c_k of a kind with slope d_k.

    The slope is of the value by the number of rows of the kind, from one a little more and a little fewer of it. None
    for a single row, and where it is 0 or has no value.
    """
    kept = counts > 0
    rows, weights = features[kept], counts[kept]
    number = int(weights.sum())
    if number < 2:
        return None
    totals, step = weights @ rows, rows * _STEP
    slope = (valued(evaluate, totals + step) - valued(evaluate, totals - step)) / (2 * _STEP)
    slope = slope - weights @ slope / number
    found = float(np.sqrt(number / (number - 1) * (weights @ slope**2)))
    return found if np.isfinite(found) and found > _SAME else None


def valued(evaluate: Evaluate, sums: Floats) -> Floats:
    """The values of sums, of which some may have none: NaN, without a word from numpy."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return evaluate(sums)
