"""What a project stores of truth inference beside the posterior: what one more label would bring, and drift."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from annotation.algorithms.truth import Fit, Labels
from annotation.algorithms.truth.labels import Codes, Floats

DRIFT_FROM = 20
"""Answers of a person, below which halves are not compared."""
_Z = 1.959964


def gain(fit: Fit) -> Floats:
    """By how much one more label of an average annotator lowers the expected error of each item's answer (N).

    The error is 1 - max_t p_t. A label v comes with probability sum_t p_t c_tv, c the crowd's mean confusion, and
    leaves the error 1 - max_t p_t c_tv / sum_t p_t c_tv: so the gain is sum_v max_t p_t c_tv - max_t p_t. With one
    class, or a crowd that says the same of all classes, it is 0.

    Howard, R. A. (1966). Information value theory. doi:10.1109/TSSC.1966.300074
    """
    p, crowd = fit.posterior, fit.crowd
    told = np.zeros(len(p))
    for said in range(p.shape[1]):
        told += (p * crowd[:, said]).max(axis=1, initial=0.0)
    return np.asarray(np.maximum(told - p.max(axis=1, initial=0.0), 0.0), dtype=np.float64)


@dataclass(frozen=True)
class Drift:
    """The share of right answers in the newer half of a person's minus that in the older one, with its interval."""

    value: float
    low: float
    high: float


def drift(fit: Fit, order: Codes) -> list[Drift | None]:
    """By annotator (W), how their newer answers compare with their older ones; None below DRIFT_FROM answers.

    `order` (L, beside the fit's labels) says which came first. A label is right with its class's probability. The
    interval is that of Agresti and Caffo for two shares, which has room also where all were right.

    Agresti, A., & Caffo, B. (2000). doi:10.1080/00031305.2000.10474560
    """
    labels = fit.labels
    right = fit.posterior[labels.item, labels.value]
    by_person = np.lexsort((order, labels.annotator))
    ends = np.searchsorted(labels.annotator[by_person], np.arange(len(labels.annotators) + 1))
    return [_of_halves(right[by_person[first:last]]) for first, last in pairwise(ends)]


def _of_halves(right: Floats) -> Drift | None:
    if len(right) < DRIFT_FROM:
        return None
    middle = len(right) // 2
    older, newer = right[:middle], right[middle:]
    shares = [(float(half.sum()) + 1) / (len(half) + 2) for half in (older, newer)]
    spread = sum(
        share * (1 - share) / (len(half) + 2) for share, half in zip(shares, (older, newer), strict=True)
    )
    centre, reach = shares[1] - shares[0], _Z * float(np.sqrt(spread))
    value = float(newer.mean() - older.mean())
    low, high = max(-1.0, centre - reach), min(1.0, centre + reach)
    return Drift(value, min(low, value), max(high, value))


def sorted_like(labels: Labels, item: Codes, annotator: Codes, value: Codes, column: Codes) -> Codes:
    """A column that stood beside rows of codes, in the order in which `Labels.from_codes` keeps these rows."""
    if len(column) != len(labels.item):
        raise ValueError("the columns differ in length")
    return np.asarray(column[np.lexsort((value, annotator, item))], dtype=np.int64)


def quartiles(numbers: Floats) -> tuple[float, float, float] | None:
    """Lower quartile, median, upper quartile; None without numbers."""
    if not len(numbers):
        return None
    low, middle, high = (float(one) for one in np.quantile(numbers, (0.25, 0.5, 0.75)))
    return low, middle, high
