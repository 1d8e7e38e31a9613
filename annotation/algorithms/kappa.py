"""Cohen's kappa: chance-corrected agreement of two named raters.

Cohen, J. (1960). A coefficient of agreement for nominal scales. doi:10.1177/001316446002000104
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.estimate import few_items, with_interval
from annotation.algorithms.statistic import Reason, Statistic
from annotation.algorithms.study import Study


def cohen_kappa(
    study: Study, first: Hashable, second: Hashable, *, seed: int, confidence: float = 0.95
) -> Statistic:
    """Kappa of two raters of a study, over the items both labelled.

    Raises KeyError for an unknown rater, ValueError when a rater has two labels on one item.
    """
    found = kappa_of_table(study.pair_table(first, second), seed=seed, confidence=confidence)
    return replace(found, inputs_hash=study.inputs_hash)


def kappa_of_table(table: NDArray[np.int64], *, seed: int, confidence: float = 0.95) -> Statistic:
    """Kappa of a square table of counts, first rater's labels x second rater's labels."""
    items = int(table.sum())
    empty = Statistic(kind="cohen_kappa", items=items, labels=2 * items, warnings=few_items(items))
    if items < 2:
        return replace(empty, reason=Reason.ONE_ITEM if items else Reason.NO_SHARED_ITEMS)
    sums = _sums(table)
    observed, expected = (float(part) for part in _disagreements(sums.totals))
    if expected == 0:
        return replace(empty, reason=Reason.NO_VARIATION, observed=observed, expected=expected)
    found = replace(empty, value=float(_kappa(sums.totals)), observed=observed, expected=expected)
    return with_interval(
        found, sums, seed=seed, confidence=confidence, reach=1 / expected, bounds=(-1.0, 1.0)
    )


def _sums(table: NDArray[np.int64]) -> Sums:
    """One kind of item per occupied cell: 1, agrees or not, and an indicator of each rater's label."""
    rows, columns = np.nonzero(table)
    labels = np.eye(len(table))
    features = np.column_stack([np.ones(len(rows)), rows == columns, labels[rows], labels[columns]])
    return Sums(features, table[rows, columns], _kappa)


def _disagreements(sums: Floats) -> tuple[Floats, Floats]:
    items, agreeing, margins = sums[..., 0], sums[..., 1], sums[..., 2:]
    width = margins.shape[-1] // 2
    by_chance = (margins[..., :width] * margins[..., width:]).sum(axis=-1)
    return 1 - agreeing / items, 1 - by_chance / items**2


def _kappa(sums: Floats) -> Floats:
    observed, expected = _disagreements(sums)
    ratio = np.divide(observed, expected, out=np.full_like(observed, np.nan), where=expected > 0)
    return np.asarray(1 - ratio, dtype=np.float64)
