"""Coefficients of many raters that differ in what they hold for chance: Fleiss, Brennan-Prediger, Randolph, Gwet.

Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th edition, chapters 3 to 5; Gwet, K. L. (2008).
doi:10.1348/000711006X126600. With r_ik the labels k of item i, r_i all of them, w_kl weights of agreement (1 for the
same), n items with a label, n' with two or more, q categories, and p_k = (1/n) sum_i r_ik / r_i:

    pa = (1/n') sum_i sum_k r_ik (sum_l w_kl r_il - 1) / (r_i (r_i - 1))          over items with two labels or more
    pe = sum_kl w_kl p_k p_l                              Fleiss (of two raters: Scott's pi)
    pe = sum_kl w_kl / q^2                                Brennan-Prediger; unweighted: Randolph's free-marginal kappa
    pe = sum_kl w_kl sum_k p_k (1 - p_k) / (q (q - 1))    Gwet's AC1 (unweighted) and AC2
    coefficient = (pa - pe) / (1 - pe)

The standard error is conditional on the raters; items of one document count together in it (`asymptotic`), and items
with one label count in p_k alone. Every category of the scale
counts in q, used or not. All labels the same: Fleiss has no value; the others are 1, with a caution, when the scale has
two categories or more, and have none when it has one. One item, no item with two labels: no value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from annotation.algorithms.asymptotic import error_of_mean
from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.estimate import few_items, with_interval
from annotation.algorithms.patterns import Label
from annotation.algorithms.scalars import as_json
from annotation.algorithms.statistic import Caution, Reason, Statistic
from annotation.algorithms.units import NARROW, Source, Units, mean_of_second
from annotation.algorithms.weights import Weights, unweighable, weight_matrix

Chance = Literal["fleiss", "brennan_prediger", "gwet"]

MOST_CATEGORIES = 1000


def fleiss_kappa(
    source: Source,
    *,
    weights: Weights = "identity",
    categories: Sequence[Label] = (),
    seed: int,
    confidence: float = 0.95,
) -> Statistic:
    """Fleiss' kappa, generalised to missing labels and weights.

    Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. doi:10.1037/h0031619
    """
    return _coefficient(source, "fleiss_kappa", "fleiss", weights, categories, seed, confidence)


def brennan_prediger(
    source: Source,
    *,
    weights: Weights = "identity",
    categories: Sequence[Label] = (),
    seed: int,
    confidence: float = 0.95,
) -> Statistic:
    """Brennan and Prediger's coefficient (Bennett's S), generalised to missing labels and weights.

    Brennan, R. L. and Prediger, D. J. (1981). doi:10.1177/001316448104100307
    """
    return _coefficient(source, "brennan_prediger", "brennan_prediger", weights, categories, seed, confidence)


def randolph_kappa(
    source: Source, *, categories: Sequence[Label] = (), seed: int, confidence: float = 0.95
) -> Statistic:
    """Randolph's free-marginal multirater kappa: Brennan-Prediger without weights.

    Randolph, J. J. (2005). Free-marginal multirater kappa. Joensuu Learning and Instruction Symposium.
    """
    found = brennan_prediger(source, categories=categories, seed=seed, confidence=confidence)
    return replace(found, kind="randolph_kappa")


def gwet_ac(
    source: Source,
    *,
    weights: Weights = "identity",
    categories: Sequence[Label] = (),
    seed: int,
    confidence: float = 0.95,
) -> Statistic:
    """Gwet's AC1 (weights `identity`) and AC2 (others)."""
    kind = "gwet_ac1" if isinstance(weights, str) and weights == "identity" else "gwet_ac2"
    return _coefficient(source, kind, "gwet", weights, categories, seed, confidence)


def _coefficient(
    source: Source,
    kind: str,
    chance: Chance,
    weights: Weights,
    categories: Sequence[Label],
    seed: int,
    confidence: float,
) -> Statistic:
    units = Units.of(source, categories)
    units = units.only(units.labels > 0).on_scale(categories)
    empty = _started(kind, units)
    q = len(units.categories)
    if empty.reason:
        return empty
    if q < 2:
        return replace(empty, reason=Reason.NO_VARIATION, observed=0.0)
    if q > MOST_CATEGORIES:
        return replace(empty, reason=Reason.TOO_LARGE)
    if reason := unweighable(weights, units.categories):
        return replace(empty, reason=reason)
    matrix = weight_matrix(weights, units.categories)
    units = units.in_own_order() if isinstance(weights, str) and weights == "identity" else units
    by_chance = _CHANCE[chance](matrix)
    units = units.with_unanimous()
    features = _features(units, matrix)
    totals = units.items @ features
    agreed, expected = _agreements(totals, by_chance)
    if 1 - expected <= 1e-15:
        return replace(empty, reason=Reason.NO_VARIATION, observed=1 - float(agreed), expected=0.0)
    value = float((agreed - expected) / (1 - expected))
    each = _linear(features, totals, matrix, chance)
    error = error_of_mean(each - value, units.items, units.group)
    found = replace(
        empty,
        value=value,
        observed=1 - float(agreed),
        expected=1 - float(expected),
        standard_error=error.value,
        details=error.known(value, confidence),
        warnings=(*empty.warnings, *_one_label(units)),
    )
    sums = _sums(units, features, each, by_chance)
    bounds = (min(-1.0, value), 1.0)
    reach = 1 / (1 - float(expected))
    return with_interval(found, sums, seed=seed, confidence=confidence, reach=reach, bounds=bounds)


def _started(kind: str, units: Units) -> Statistic:
    pairable = units.pairable()
    items = int(pairable.items.sum())
    reason = None
    if not items:
        reason = units.nothing_shared
    elif items == 1:
        reason = Reason.ONE_ITEM
    labels = int(pairable.totals.sum())
    return Statistic(kind=kind, reason=reason, items=items, labels=labels, warnings=few_items(items))


def _features(units: Units, weights: Floats) -> Floats:
    """Per kind: 1, whether it has two labels, its share of agreeing pairs, and the share of each category."""
    table, r = units.table, units.labels
    pairs = (table * (table @ weights.T - 1)).sum(axis=1)
    agreeing = np.divide(pairs, r * (r - 1), out=np.zeros_like(r), where=r > 1)
    return np.column_stack([np.ones_like(r), r > 1, agreeing, table / r[:, None]])


def _agreements(sums: Floats, by_chance: Callable[[Floats], Floats]) -> tuple[Floats, Floats]:
    shares = sums[..., 3:] / sums[..., :1]
    agreed = np.divide(
        sums[..., 2], sums[..., 1], out=np.full_like(sums[..., 1], np.nan), where=sums[..., 1] > 0
    )
    return agreed, by_chance(shares)


def _fleiss_chance(weights: Floats) -> Callable[[Floats], Floats]:
    return lambda shares: np.asarray(((shares @ weights) * shares).sum(axis=-1), dtype=np.float64)


def _uniform_chance(weights: Floats) -> Callable[[Floats], Floats]:
    level = float(weights.sum()) / len(weights) ** 2
    return lambda shares: np.full(shares.shape[:-1], level)


def _gwet_chance(weights: Floats) -> Callable[[Floats], Floats]:
    q = len(weights)
    level = float(weights.sum()) / (q * (q - 1))
    return lambda shares: np.asarray(level * (shares * (1 - shares)).sum(axis=-1), dtype=np.float64)


_CHANCE: dict[Chance, Callable[[Floats], Callable[[Floats], Floats]]] = {
    "fleiss": _fleiss_chance,
    "brennan_prediger": _uniform_chance,
    "gwet": _gwet_chance,
}


def _linear(features: Floats, totals: Floats, weights: Floats, chance: Chance) -> Floats:
    """Per kind the value an item adds to the mean that the coefficient is to first order (Gwet's linear form)."""
    agreed, expected = (float(part) for part in _agreements(totals, _CHANCE[chance](weights)))
    value = (agreed - expected) / (1 - expected)
    shares, mean = features[:, 3:], totals[3:] / totals[0]
    if chance == "fleiss":
        by_item = shares @ ((weights + weights.T) @ mean / 2)
    elif chance == "gwet":
        by_item = shares @ (1 - mean) * (weights.sum() / (len(weights) * (len(weights) - 1)))
    else:
        by_item = np.full(len(features), expected)
    own = totals[0] / totals[1] * (features[:, 2] - expected * features[:, 1]) / (1 - expected)
    return np.asarray(own - 2 * (1 - value) * (by_item - expected) / (1 - expected), dtype=np.float64)


def _sums(units: Units, features: Floats, each: Floats, by_chance: Callable[[Floats], Floats]) -> Sums:
    if len(units.categories) > NARROW:
        return units.sums(np.column_stack([np.ones_like(each), each]), mean_of_second)

    def evaluate(sums: Floats) -> Floats:
        agreed, expected = _agreements(sums, by_chance)
        beyond = 1 - expected
        apart = np.divide(1 - agreed, beyond, out=np.full_like(beyond, np.nan), where=beyond > 1e-15)
        return np.asarray(1 - apart, dtype=np.float64)

    return units.sums(features, evaluate)


def _one_label(units: Units) -> tuple[Caution, ...]:
    used = np.flatnonzero(units.totals)
    if used.size != 1:
        return ()
    return (Caution("label_only", {"label": as_json(units.categories[int(used[0])])}),)
