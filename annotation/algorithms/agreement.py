"""Percent agreement and Krippendorff's alpha for nominal labels, from patterns.

Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania. With n_uc
the number of times item u got label c, m_u the labels of item u, and items with one label left out:

    observed = 1/n sum_u sum_c n_uc (m_u - n_uc) / (m_u - 1)      n = sum_u m_u
    expected = sum_c n_c (n - n_c) / (n (n - 1))                  n_c = sum_u n_uc
    alpha    = 1 - observed / expected

Percent agreement is the share of agreeing pairs of labels on an item, averaged over items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.estimate import few_items, with_interval
from annotation.algorithms.patterns import Label, Pattern, Patterns
from annotation.algorithms.statistic import FEW_WITH_LABEL, Caution, Reason, Statistic


@dataclass(frozen=True)
class _Table:
    """Pairable patterns as arrays: `times` (patterns, categories) and `items` (patterns,)."""

    times: Floats
    items: NDArray[np.int64]

    @classmethod
    def of(cls, patterns: Patterns) -> _Table:
        rows = [(pattern, items) for pattern, items in patterns.sorted() if items and _length(pattern) > 1]
        column = {label: at for at, label in enumerate(patterns.categories)}
        times = np.zeros((len(rows), len(column)))
        for at, (pattern, _) in enumerate(rows):
            for label, count in pattern:
                times[at, column[label]] = count
        return cls(times, np.array([items for _, items in rows], dtype=np.int64))

    @property
    def lengths(self) -> Floats:
        return np.asarray(self.times.sum(axis=1), dtype=np.float64)

    @property
    def disagreeing(self) -> Floats:
        """Per pattern: sum_c n_c (m - n_c) / (m - 1)."""
        m = self.lengths
        return np.asarray((self.times * (m[:, None] - self.times)).sum(axis=1) / (m - 1), dtype=np.float64)


def percent_agreement(patterns: Patterns, *, seed: int, confidence: float = 0.95) -> Statistic:
    """The mean share of agreeing pairs per item. Not corrected for chance."""
    table = _Table.of(patterns)
    empty = _empty("percent", patterns, table)
    if empty.reason:
        return replace(empty, chance_corrected=False)
    agreeing = 1 - table.disagreeing / table.lengths
    sums = Sums(np.column_stack([np.ones_like(agreeing), agreeing]), table.items, _mean)
    value = float(_mean(sums.totals))
    found = replace(empty, value=value, observed=1 - value, chance_corrected=False)
    return with_interval(found, sums, seed=seed, confidence=confidence, reach=1.0, bounds=(0.0, 1.0))


def krippendorff_alpha(patterns: Patterns, *, seed: int, confidence: float = 0.95) -> Statistic:
    """Krippendorff's alpha for nominal labels, with missing labels and any number of raters.

    There is no value when no item has two labels, when only one has, or when all labels are the same.
    """
    table = _Table.of(patterns)
    empty = _empty("alpha", patterns, table)
    if empty.reason:
        return empty
    if empty.items == 1:
        return replace(empty, reason=Reason.ONE_ITEM)
    sums = Sums(np.column_stack([table.lengths, table.disagreeing, table.times]), table.items, _alpha)
    observed, expected = (float(part) for part in _disagreements(sums.totals))
    if expected == 0:
        return replace(empty, reason=Reason.NO_VARIATION, observed=observed, expected=expected)
    value = float(_alpha(sums.totals))
    found = replace(empty, value=value, observed=observed, expected=expected)
    return with_interval(
        found, sums, seed=seed, confidence=confidence, reach=1 / expected, bounds=(-1.0, 1.0)
    )


def label_alpha(patterns: Patterns, label: Label, *, seed: int, confidence: float = 0.95) -> Statistic:
    """Krippendorff's alpha of one label against all others together."""
    carrying = sum(
        items for pattern, items in patterns.counts.items() if _length(pattern) > 1 and label in dict(pattern)
    )
    found = krippendorff_alpha(patterns.collapsed(label), seed=seed, confidence=confidence)
    found = replace(found, kind="alpha_label", carrying=carrying)
    if not carrying and found.reason == Reason.NO_VARIATION:
        return replace(found, reason=Reason.LABEL_UNUSED)
    if found.value is not None and carrying < FEW_WITH_LABEL:
        few = Caution("few_items_with_label", {"label": label, "items": carrying})
        found = replace(found, warnings=(*found.warnings, few))
    return found


def per_label(
    patterns: Patterns, labels: Sequence[Label], *, seed: int, confidence: float = 0.95
) -> dict[Label, Statistic]:
    """`label_alpha` for every label of the schema, used or not."""
    return {label: label_alpha(patterns, label, seed=seed, confidence=confidence) for label in labels}


def _empty(kind: str, patterns: Patterns, table: _Table) -> Statistic:
    items = int(table.items.sum())
    labels = int(table.items @ table.lengths) if items else 0
    reason = None
    if not items:
        reason = Reason.NO_SHARED_ITEMS if any(patterns.counts.values()) else Reason.NO_LABELS
    return Statistic(kind=kind, reason=reason, items=items, labels=labels, warnings=few_items(items))


def _mean(sums: Floats) -> Floats:
    return np.asarray(sums[..., 1] / sums[..., 0], dtype=np.float64)


def _disagreements(sums: Floats) -> tuple[Floats, Floats]:
    n, disagreeing, by_label = sums[..., 0], sums[..., 1], sums[..., 2:]
    return disagreeing / n, (n * n - (by_label**2).sum(axis=-1)) / (n * (n - 1))


def _alpha(sums: Floats) -> Floats:
    observed, expected = _disagreements(sums)
    ratio = np.divide(observed, expected, out=np.full_like(observed, np.nan), where=expected > 0)
    return np.asarray(1 - ratio, dtype=np.float64)


def _length(pattern: Pattern) -> int:
    return sum(times for _, times in pattern)
