"""Cohen's kappa of two named raters, plain and weighted, and Scott's pi.

Cohen, J. (1960). A coefficient of agreement for nominal scales. doi:10.1177/001316446002000104
Cohen, J. (1968). Weighted kappa. doi:10.1037/h0026256
Fleiss, J. L., Cohen, J. and Everitt, B. S. (1969). Large sample standard errors of kappa and weighted kappa.
doi:10.1037/h0028106

With p_ij the shares of n shared items, r_i and c_j their margins, d_ij a disagreement in [0, 1], w_ij = 1 - d_ij:

    observed = sum_ij d_ij p_ij      expected = sum_ij d_ij r_i c_j      kappa = 1 - observed / expected
    w_i. = sum_j c_j w_ij            w_.j = sum_i r_i w_ij               pe = 1 - expected
    ASE^2  = (sum_ij p_ij (w_ij - (w_i. + w_.j) (1 - kappa))^2 - (kappa - pe (1 - kappa))^2) / (n expected^2)
    ASE0^2 = (sum_ij r_i c_j (w_ij - w_i. - w_.j)^2 - pe^2) / (n expected^2)        if kappa were 0
    z = kappa / ASE0

Where items belong to documents, those of one count together in the standard error (`asymptotic`), and there is no test
by ASE0, which takes items to be independent.

No shared items, one shared item, both raters with the same single label, two labels of one rater on an item: no value.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from itertools import combinations
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.asymptotic import asymptotic, error_of_mean
from annotation.algorithms.bootstrap import Floats, clustered
from annotation.algorithms.estimate import few_items, with_interval
from annotation.algorithms.gwet import fleiss_kappa
from annotation.algorithms.pairs import (
    Shared,
    every_pair,
    in_own_order,
    merged,
    only_of,
    repeat,
    shared_items,
    with_unanimous,
)
from annotation.algorithms.statistic import Reason, Statistic
from annotation.algorithms.study import Study
from annotation.algorithms.weights import Weights, weight_matrix


def cohen_kappa(
    study: Study,
    first: Hashable,
    second: Hashable,
    *,
    weights: Weights = "identity",
    seed: int,
    confidence: float = 0.95,
) -> Statistic:
    """Kappa of two raters of a study, over the items both labelled.

    `weights` is `identity`, `linear`, `quadratic` (by the ranks of the study's categories, used or not), or a matrix of
    weights of agreement; `weights.matrix_of_disagreement` makes one. Raises KeyError for an unknown rater, ValueError
    when the weights do not fit.
    """
    matrix = _matrix(weights, study.categories)
    if repeat(study, first, second):
        return _repeated(
            "cohen_kappa" if np.array_equal(matrix, np.eye(len(matrix))) else "weighted_kappa", study
        )
    shared = merged(shared_items(study, first, second), len(study.categories))
    found = _kappa(shared, matrix, seed, confidence)
    return replace(found, inputs_hash=study.inputs_hash)


def kappa_of_table(
    table: NDArray[np.int64], *, weights: Weights = "identity", seed: int, confidence: float = 0.95
) -> Statistic:
    """Kappa of a square table of counts, first rater's labels x second rater's labels in the order of the scale."""
    one, two = np.nonzero(table)
    shared = Shared(one, two, table[one, two].astype(np.int64), None)
    return _kappa(shared, _matrix(weights, range(len(table))), seed, confidence)


def scott_pi(
    study: Study, first: Hashable, second: Hashable, *, seed: int, confidence: float = 0.95
) -> Statistic:
    """Scott's pi of two raters over the items both labelled: chance by their margins together.

    Scott, W. A. (1955). Reliability of content analysis. doi:10.1086/266577. Standard error as Fleiss' kappa has it.
    Raises KeyError for an unknown rater.
    """
    if repeat(study, first, second):
        return _repeated("scott_pi", study)
    both = only_of(study, first, second)
    if len(study.item) and not len(both.item):
        nothing = Reason.NO_SHARED_ITEMS if first != second else Reason.ONE_ANNOTATOR
        return Statistic(kind="scott_pi", reason=nothing, inputs_hash=study.inputs_hash)
    found = fleiss_kappa(both, seed=seed, confidence=confidence)
    return replace(found, kind="scott_pi", inputs_hash=study.inputs_hash)


def kappa_of_pairs(
    study: Study, *, weights: Weights = "identity", seed: int, confidence: float = 0.95
) -> dict[tuple[Hashable, Hashable], Statistic]:
    """`cohen_kappa` of every two raters of a study, those without a shared item among them with their reason."""
    if study.repeating.size:
        return {
            (one, two): cohen_kappa(study, one, two, weights=weights, seed=seed, confidence=confidence)
            for one, two in combinations(study.raters, 2)
        }
    matrix = _matrix(weights, study.categories)
    found = {}
    for one, two, shared in every_pair(study):
        made = _kappa(merged(shared, len(study.categories)), matrix, seed, confidence)
        found[one, two] = replace(made, inputs_hash=study.inputs_hash)
    return found


def _repeated(kind: str, study: Study) -> Statistic:
    return Statistic(kind=kind, reason=Reason.REPEATED_LABELS, inputs_hash=study.inputs_hash)


def _matrix(weights: Weights, categories: Sequence[Hashable]) -> Floats:
    return weight_matrix(weights, categories, ranks=True)


def influence(shared: Shared, apart: Floats) -> Floats:
    """Per kind of shared item the value it adds to the mean that kappa is to first order; NaN where kappa has none."""
    n = shared.items.sum()
    rows, columns = _margins(shared, len(apart))
    by_row, by_column = apart @ (columns / n), (rows / n) @ apart
    expected = float(rows @ by_row) / n
    each = apart[shared.first, shared.second]
    observed = float(shared.items @ each) / n
    if expected <= 0:
        return np.full(len(each), np.nan)
    by_item = by_row[shared.first] + by_column[shared.second] - 2 * expected
    value = 1 - observed / expected
    return np.asarray(value - (each - observed - observed * by_item / expected) / expected, dtype=np.float64)


def _kappa(shared: Shared, weights: Floats, seed: int, confidence: float) -> Statistic:
    items = int(shared.items.sum())
    kind = "cohen_kappa" if np.array_equal(weights, np.eye(len(weights))) else "weighted_kappa"
    empty = Statistic(kind=kind, items=items, labels=2 * items, warnings=few_items(items))
    if items < 2:
        return replace(empty, reason=Reason.ONE_ITEM if items else Reason.NO_SHARED_ITEMS)
    apart = 1 - weights
    plain, sided = kind == "cohen_kappa", not np.array_equal(weights, weights.T)
    possible = with_unanimous(in_own_order(shared, len(apart), named=not plain, sided=sided))
    features, evaluate = _features(possible, apart)
    sums = clustered(features, possible.items, possible.group, evaluate)
    rows, columns = _margins(shared, len(apart))
    expected = float(rows @ apart @ columns) / items**2
    observed = float(shared.items @ apart[shared.first, shared.second]) / items
    if expected <= 0:
        return replace(empty, reason=Reason.NO_VARIATION, observed=observed, expected=expected)
    value = 1 - observed / expected
    each = influence(shared, apart)
    error, known = _error(shared, each - value, value, confidence)
    if shared.group is None:
        known |= _test(value, _null_error(rows / items, columns / items, weights, items))
    found = replace(
        empty, value=value, observed=observed, expected=expected, standard_error=error, details=known
    )
    bounds = (min(-1.0, value), 1.0)
    reach = float(apart.max()) / expected
    return with_interval(found, sums, seed=seed, confidence=confidence, reach=reach, bounds=bounds)


def _error(
    shared: Shared, apart: Floats, value: float, confidence: float
) -> tuple[float | None, dict[str, float]]:
    """ASE, or what documents make of it, with the interval and test that follow."""
    if shared.group is not None:
        found = error_of_mean(apart, shared.items, shared.group)
        return found.value, found.known(value, confidence)
    error = float(np.sqrt(shared.items @ apart**2)) / int(shared.items.sum())
    return error, asymptotic(value, error, confidence, top=math.inf)


def _features(shared: Shared, apart: Floats) -> tuple[Floats, Callable[[Floats], Floats]]:
    """Per kind of item: 1, its disagreement, and an indicator of each rater's label."""
    used = np.union1d(shared.first, shared.second)
    within = apart[np.ix_(used, used)]
    labels = np.eye(len(used))
    one, two = (labels[np.searchsorted(used, codes)] for codes in (shared.first, shared.second))
    each = apart[shared.first, shared.second]

    def evaluate(sums: Floats) -> Floats:
        n, margins = sums[..., 0], sums[..., 2:]
        rows, columns = margins[..., : len(used)], margins[..., len(used) :]
        expected = ((rows @ within) * columns).sum(axis=-1) / n**2
        ratio = np.divide(sums[..., 1] / n, expected, out=np.full_like(expected, np.nan), where=expected > 0)
        return np.asarray(1 - ratio, dtype=np.float64)

    return np.column_stack([np.ones(len(each)), each, one, two]), evaluate


def _margins(shared: Shared, width: int) -> tuple[Floats, Floats]:
    first, second = (
        np.bincount(codes, shared.items, minlength=width).astype(np.float64)
        for codes in (shared.first, shared.second)
    )
    return first, second


def _null_error(rows: Floats, columns: Floats, weights: Floats, items: int) -> float:
    by_row, by_column = weights @ columns, rows @ weights
    agreed = float(rows @ by_row)
    spread = float(rows @ (weights - by_row[:, None] - by_column) ** 2 @ columns) - agreed**2
    return float(np.sqrt(max(0.0, spread) / items)) / (1 - agreed)


def _test(value: float, error: float) -> dict[str, float]:
    if not error > 0:
        return {}
    z = value / error
    return {"null_standard_error": error, "z": z, "p_null": 2 * NormalDist().cdf(-abs(z))}
