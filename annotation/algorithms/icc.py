"""Intraclass correlation: the six forms of Shrout and Fleiss, with intervals by F.

Shrout, P. E. and Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater reliability.
doi:10.1037/0033-2909.86.2.420; McGraw, K. O. and Wong, S. P. (1996). doi:10.1037/1082-989X.1.1.30. With n items of k
labels and the mean squares B between items, W within items, J between raters, E what is left:

    ICC(1,1) = (B - W) / (B + (k - 1) W)                        each item by raters of its own
    ICC(2,1) = (B - E) / (B + (k - 1) E + k (J - E) / n)        raters drawn from many; absolute agreement
    ICC(3,1) = (B - E) / (B + (k - 1) E)                        these raters only; consistency
    ICC(1,k) = (B - W) / B    ICC(2,k) = (B - E) / (B + (J - E) / n)    ICC(3,k) = (B - E) / B

are the reliability of one label and of the mean of k. No form has a place for missing labels: forms 2 and 3 leave out
items that some rater has not labelled, form 1 those with fewer labels than others, and a caution counts them. Items
that differ less than the labels of one do (the estimate of the whole variance is 0 or below): no value. All labels the
same, one item, one annotator, no shared items, no complete item, labels that are no numbers, two labels of one rater on
an item (forms 2 and 3): no value. No difference
within any item: 1, with the exact lower bound of the bootstrap.

F takes items to be independent. Where they belong to documents, whole documents are resampled (`bootstrap`; all mean
squares are functions of sums over items), and `p` is left out. So it is where form 2 has no degrees of freedom (its
formula divides by a square that is 0 for some reliabilities below 0), and where the reliability of one label at an end
is at the pole of Spearman and Brown's formula, -1 / (k - 1), or beyond: that of the mean has no finite end by F there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from annotation.algorithms.bootstrap import Floats, Sums, clustered
from annotation.algorithms.complete import Complete, complete, started
from annotation.algorithms.counts import Codes
from annotation.algorithms.distributions import f_below, f_quantile
from annotation.algorithms.estimate import with_interval
from annotation.algorithms.statistic import Reason, Statistic
from annotation.algorithms.study import Study
from annotation.algorithms.units import mean_of_second
from annotation.algorithms.weights import are_numbers, out_of_range

_LEAST_FREEDOM = 1e-2  # below, F has quantiles that no float holds

Form = Literal["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"]

FORMS: tuple[Form, ...] = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")


def icc(study: Study, *, form: Form = "2,1", seed: int, confidence: float = 0.95) -> Statistic:
    """The intraclass correlation of a `form`.

    `details` has the mean squares, `f` with its degrees of freedom, and `p` of no difference between items. Raises
    ValueError for an unknown form.
    """
    if form not in FORMS:
        raise ValueError(f"no form is called {form!r}; there are {', '.join(FORMS)}")
    model, mean = form[0], form.endswith("k")
    kind = f"icc_{model}{'k' if mean else ''}"
    if reason := _refused(study, model):
        return Statistic(kind=kind, reason=reason, inputs_hash=study.inputs_hash)
    table = complete(study, same_raters=model != "1")
    empty = started(kind, study, table)
    return empty if empty.reason else _estimated(empty, study, table, model, confidence, seed)


def _refused(study: Study, model: str) -> Reason | None:
    if not are_numbers(study.categories):
        return Reason.NOT_NUMBERS
    if model != "1" and study.repeating.size and len(study.raters) > 1:
        return Reason.REPEATED_LABELS
    return out_of_range(study.numbers)


def _estimated(
    empty: Statistic, study: Study, table: Complete, model: str, confidence: float, seed: int
) -> Statistic:
    mean = empty.kind.endswith("k")
    squares = _Squares.of(table.numbers)
    value = squares.icc(model, mean=mean)
    if value is None:
        return replace(empty, reason=Reason.ITEMS_ALIKE)
    group = None if study.group is None else study.group[table.items]
    found = replace(empty, value=value, details=squares.details(model, tested=group is None))
    error = squares.error(model)
    if not error > 1e-12 * squares.between:
        ones = clustered(np.ones((empty.items, 2)), _ones(empty.items), group, mean_of_second)
        return with_interval(found, ones, seed=seed, confidence=confidence, reach=2.0, bounds=(-1.0, 1.0))
    bounds = squares.bounds(model, confidence, mean=mean) if group is None else None
    if bounds is None or not bounds[0] <= value <= bounds[1]:
        sums = icc_sums(table.numbers, group, model, mean=mean)
        least = -math.inf if mean else min(-1.0, value)
        return with_interval(found, sums, seed=seed, confidence=confidence, reach=2.0, bounds=(least, 1.0))
    return replace(found, low=bounds[0], high=bounds[1], confidence=confidence, method="f")


def icc_sums(x: Floats, group: Codes | None, model: str, *, mean: bool) -> Sums:
    """A form as a function of sums over the items of a table (items, k), or over documents: 1, the labels, the square
    of their sum, and the sum of their squares."""
    x = (x - x.mean()) / (np.abs(x - x.mean()).max() or 1.0)
    x = x[:, _own_order(x)]
    rows = [np.ones(len(x)), x, x.sum(axis=1) ** 2, (x**2).sum(axis=1)]
    k = x.shape[1]

    def evaluate(sums: Floats) -> Floats:
        n, columns, of_sums, of_squares = sums[..., 0], sums[..., 1:-2], sums[..., -2], sums[..., -1]
        middle = columns.sum(axis=-1) ** 2 / (n * k)
        rows, raters = of_sums / k - middle, (columns**2).sum(axis=-1) / n - middle
        within = of_squares - of_sums / k
        b, w, j = rows / (n - 1), within / (n * (k - 1)), raters / (k - 1)
        e = w if model == "1" else (within - raters) / ((n - 1) * (k - 1))
        apart = (j - e) / n if model == "2" else np.zeros_like(b)
        whole = b + apart if mean else b + (k - 1) * e + k * apart
        known = (n > 1.5) & (whole > 1e-12 * (b + e + j))
        return np.asarray(np.where(known, (b - e) / np.where(known, whole, 1.0), np.nan), dtype=np.float64)

    return clustered(np.column_stack(rows), _ones(len(x)), group, evaluate)


def _own_order(x: Floats) -> Codes:
    """The raters of a table (items, k) in an order that does not depend on what they are called."""
    whole = x.sum(axis=1, keepdims=True)
    marks = [x.sum(axis=0), (x**2).sum(axis=0), (x**3).sum(axis=0), (x * whole**2).sum(axis=0)]
    return np.asarray(np.lexsort(np.round(marks, 9)), dtype=np.int64)


def _ones(items: int) -> Codes:
    return np.ones(items, dtype=np.int64)


@dataclass(frozen=True)
class _Squares:
    """Mean squares of `n` items with `k` labels each."""

    n: int
    k: int
    between: float
    within: float
    raters: float
    left: float

    @classmethod
    def of(cls, x: Floats) -> _Squares:
        n, k = x.shape
        rows, columns = x.mean(axis=1), x.mean(axis=0)
        left = x - rows[:, None] - columns + x.mean()
        return cls(
            n,
            k,
            between=float(k * rows.var() * n / (n - 1)),
            within=float(((x - rows[:, None]) ** 2).sum() / (n * (k - 1))),
            raters=float(n * columns.var() * k / (k - 1)),
            left=float((left**2).sum() / ((n - 1) * (k - 1))),
        )

    def error(self, model: str) -> float:
        return self.within if model == "1" else self.left + (self.raters if model == "2" else 0.0)

    def icc(self, model: str, *, mean: bool) -> float | None:
        """None where it is 0 by 0, or where the estimate of the whole variance is below 0: that is no reliability."""
        b, e = self.between, self.within if model == "1" else self.left
        if b + e <= 1e-12 * self.raters:  # all that differs are the annotators' levels
            return None
        apart = (self.raters - e) / self.n if model == "2" else 0.0
        whole = b + apart if mean else b + (self.k - 1) * e + self.k * apart
        return (b - e) / whole if whole > 1e-12 * (b + e + self.raters) else None

    def details(self, model: str, *, tested: bool) -> dict[str, float]:
        e, freedom = (
            (self.within, self.n * (self.k - 1)) if model == "1" else (self.left, (self.n - 1) * (self.k - 1))
        )
        known = {
            "mean_square_items": self.between,
            "mean_square_within": self.within,
            "mean_square_raters": self.raters,
            "mean_square_error": self.left,
            "df1": float(self.n - 1),
            "df2": float(freedom),
        }
        if e > 1e-12 * self.between:
            f = self.between / e
            known["f"] = f
            if tested:
                known["p"] = 1 - f_below(f, self.n - 1, freedom)
        return known

    def bounds(self, model: str, confidence: float, *, mean: bool) -> tuple[float, float] | None:
        """The interval by F; None where the degrees of freedom come out as 0, or an end of the `mean` is not finite."""
        single = self._bounds_of_one(model, (1 + confidence) / 2)
        if single is None or not mean:
            return single
        low, high = (self._of_mean(bound) for bound in single)
        return None if low is None or high is None else (low, high)

    def _bounds_of_one(self, model: str, share: float) -> tuple[float, float] | None:
        if model == "2":
            return self._bounds_of_agreement(share)
        e, freedom = (
            (self.within, self.n * (self.k - 1)) if model == "1" else (self.left, (self.n - 1) * (self.k - 1))
        )
        f = self.between / e
        low = f / f_quantile(share, self.n - 1, freedom)
        high = f * f_quantile(share, freedom, self.n - 1)
        return (low - 1) / (low + self.k - 1), (high - 1) / (high + self.k - 1)

    def _bounds_of_agreement(self, share: float) -> tuple[float, float] | None:
        n, k, b, j, e = self.n, self.k, self.between, self.raters, self.left
        rho = self.icc("2", mean=False) or 0.0
        f = j / e if e > 0 else math.inf
        if math.isinf(f):
            freedom = float(k - 1)
        else:
            rest = n * (1 + (k - 1) * rho) - k * rho
            below = (n - 1) * (k * rho * f) ** 2 + rest**2
            freedom = (k - 1) * (n - 1) * (k * rho * f + rest) ** 2 / below if below > 0 else 0.0
        if not freedom > _LEAST_FREEDOM:
            return None
        one, two = f_quantile(share, n - 1, freedom), f_quantile(share, freedom, n - 1)
        rest = k * j + (k * n - k - n) * e
        return n * (b - one * e) / (one * rest + n * b), n * (two * b - e) / (rest + n * two * b)

    def _of_mean(self, single: float) -> float | None:
        """The reliability of the mean of k labels from that of one (Spearman and Brown); None from the pole on."""
        below = 1 + single * (self.k - 1)
        return single * self.k / below if below > 1e-12 else None
