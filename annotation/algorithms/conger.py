"""Agreement of more than two raters by pairs of them: Conger's (Hubert's) kappa and Light's.

Conger, A. J. (1980). Integration and generalization of kappas for multiple raters. doi:10.1037/0033-2909.88.2.322
Hubert, L. (1977). Kappa revisited. doi:10.1037/0033-2909.84.2.289
Light, R. J. (1971). Measures of response agreement for qualitative data. doi:10.1037/h0031643

Conger: observed agreement as in `gwet`, chance by the raters' own margins: with p_gk the share of label k among the
labels of rater g, p_k their mean over r raters and s_kl their covariance (divisor r - 1),

    pe = sum_kl w_kl (p_k p_l - s_kl / r)                 for complete data the mean of Cohen's pe over pairs

Light: the mean of Cohen's kappa over the pairs of raters whose kappa has a value. Observed and expected disagreement
are means over the same pairs, so the value is not one less their quotient. The standard error is that of the mean of
what each item adds to first order (Gwet 2014, chapter 5, for Conger). Intervals: see `panel_kappas`.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from annotation.algorithms.asymptotic import error_of_mean
from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.estimate import few_items, with_interval
from annotation.algorithms.gwet import fleiss_kappa
from annotation.algorithms.kappa import cohen_kappa, influence, scott_pi
from annotation.algorithms.pairs import every_pair
from annotation.algorithms.panel_kappas import conger_sums, light_parts, light_sums, pair_totals
from annotation.algorithms.statistic import Caution, Reason, Statistic
from annotation.algorithms.study import Study
from annotation.algorithms.units import Units
from annotation.algorithms.weights import Weights, unweighable, weight_matrix

MOST_CATEGORIES = 1000

FEW_SHARED = 10
"""Two raters with fewer items in common say little of each other, and a caution counts such pairs."""


def conger_kappa(
    study: Study, *, weights: Weights = "identity", seed: int, confidence: float = 0.95
) -> Statistic:
    """Conger's exact kappa, with missing labels and weights.

    One rater, one item, no shared items, all labels the same, two labels of one rater on an item: no value.
    """
    empty = _started("conger_kappa", study)
    if empty.reason:
        return empty
    if len(study.categories) > MOST_CATEGORIES:
        return replace(empty, reason=Reason.TOO_LARGE)
    if reason := unweighable(weights, study.categories):
        return replace(empty, reason=reason)
    matrix = weight_matrix(weights, study.categories)
    margins = np.zeros((len(study.raters), len(study.categories)))
    np.add.at(margins, (study.rater, study.value), 1)
    given = margins.sum(axis=1)
    expected, by_item = _chance(study, margins / given[:, None], given, matrix)
    agreeing, pairable = _agreeing(study, matrix)
    agreed = float(agreeing.sum() / pairable.sum())
    if 1 - expected <= 1e-12:
        return replace(empty, reason=Reason.NO_VARIATION, observed=1 - agreed, expected=0.0)
    value = (agreed - expected) / (1 - expected)
    own = len(study.items) / pairable.sum() * (agreeing - expected * pairable) / (1 - expected)
    each = own - 2 * (1 - value) * (by_item - expected) / (1 - expected)
    found = replace(empty, value=value, observed=1 - agreed, expected=1 - expected)
    sums = conger_sums(study, matrix, each)
    return _estimated(found, study, each, sums, seed, confidence, 1 / (1 - expected))


def light_kappa(
    study: Study, *, weights: Weights = "identity", seed: int, confidence: float = 0.95
) -> Statistic:
    """Light's kappa: the mean of Cohen's kappas of all pairs of raters.

    Pairs without a value (too few shared items, or one label only) are left out, with a caution that counts them.
    One rater, no pair with a value, two labels of one rater on an item: no value.
    """
    empty = _started("light_kappa", study)
    if empty.reason:
        return empty
    apart = 1 - weight_matrix(weights, study.categories, ranks=True)
    each: Floats = np.zeros(len(study.items))
    totals, pairs, few = list[Floats](), 0, 0
    for _, _, shared in every_pair(study):
        pairs += 1
        drawn = influence(shared, apart) if len(shared.first) > 1 else np.array([np.nan])
        if np.isnan(drawn).any() or shared.item is None:
            continue
        totals.append(pair_totals(shared.first, shared.second, apart))
        few += len(drawn) < FEW_SHARED
        each[shared.item] += (drawn - drawn.mean()) * (len(study.items) / len(drawn))
    if not totals:
        return replace(empty, reason=Reason.NO_VARIATION)
    empty = replace(empty, warnings=(*empty.warnings, *_of_pairs(pairs, len(totals), few)))
    of_pairs = np.array(totals)
    observed, expected = light_parts(of_pairs, apart)
    value = float((1 - observed / expected).mean())
    found = replace(
        empty,
        value=value,
        observed=float(observed.mean()),
        expected=float(expected.mean()),
        details={"pairs": float(len(totals))},
    )
    each = each / len(totals) + value
    sums = light_sums(study, apart, each, of_pairs)
    return _estimated(found, study, each, sums, seed, confidence, float((apart.max() / expected).mean()))


def _of_pairs(pairs: int, used: int, few: int) -> tuple[Caution, ...]:
    """The cautions that pairs of raters have no value, or have few items in common."""
    found = []
    if pairs > used:
        found.append(Caution("pairs_without_value", {"pairs": pairs - used, "all": pairs}))
    if few:
        found.append(Caution("little_overlap", {"pairs": few, "all": pairs, "wanted": FEW_SHARED}))
    return tuple(found)


def kappa_of_raters(
    study: Study, *, weights: Weights = "identity", seed: int, confidence: float = 0.95
) -> Statistic:
    """Cohen's kappa of a study's two raters; of more of them the mean over pairs, which is Light's.

    One rater, two labels of one rater on an item: no value.
    """
    if len(study.raters) == 2:
        return cohen_kappa(study, *study.raters, weights=weights, seed=seed, confidence=confidence)
    return light_kappa(study, weights=weights, seed=seed, confidence=confidence)


def pi_of_raters(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """Scott's pi of a study's two raters over what both labelled; of more of them Fleiss' kappa, which extends it.

    One rater: no value.
    """
    if len(study.raters) == 2:
        return scott_pi(study, *study.raters, seed=seed, confidence=confidence)
    return fleiss_kappa(study, seed=seed, confidence=confidence)


def _estimated(
    found: Statistic, study: Study, each: Floats, sums: Sums, seed: int, confidence: float, reach: float
) -> Statistic:
    value = float(found.value or 0.0)
    error = error_of_mean(each - value, np.ones(len(each), dtype=np.int64), study.group)
    known = found.details | error.known(value, confidence)
    found = replace(found, standard_error=error.value, details=known, inputs_hash=study.inputs_hash)
    bounds = (min(-1.0, value), 1.0)
    return with_interval(found, sums, seed=seed, confidence=confidence, reach=reach, bounds=bounds)


def _started(kind: str, study: Study) -> Statistic:
    times = np.bincount(study.item, minlength=len(study.items))
    items, labels = int((times > 1).sum()), int(times[times > 1].sum())
    reason = None
    if not len(study.items):
        reason = Reason.NO_LABELS
    elif len(study.raters) == 1:
        reason = Reason.ONE_ANNOTATOR
    elif study.repeating.size:
        reason = Reason.REPEATED_LABELS
    elif items < 2:
        reason = Reason.ONE_ITEM if items else Reason.NO_SHARED_ITEMS
    return Statistic(kind=kind, reason=reason, items=items, labels=labels, warnings=few_items(items))


def _chance(study: Study, shares: Floats, given: Floats, weights: Floats) -> tuple[float, Floats]:
    """Expected agreement, and what each item adds to it, to first order."""
    raters, n = len(given), len(study.items)
    mean = shares.mean(axis=0)
    spread = (shares.T @ shares - raters * np.outer(mean, mean)) / (raters - 1)
    expected = float((weights * (np.outer(mean, mean) - spread / raters)).sum())
    # Row g: how the sum over pairs of raters moves with rater g's margin.
    moves = (raters * mean - shares) @ weights
    level = (moves * shares).sum(axis=1)
    of_label = (moves[study.rater, study.value] - level[study.rater]) * n / given[study.rater]
    by_item = np.bincount(study.item, of_label, minlength=n) + level.sum()
    return expected, np.asarray(by_item / (raters * (raters - 1)), dtype=np.float64)


def _agreeing(study: Study, weights: Floats) -> tuple[Floats, Floats]:
    """Per item: its share of agreeing pairs (0 with one label), and whether it has two labels."""
    units = Units.of(replace(study, group=np.arange(len(study.items))))
    r = units.labels
    pairs = (units.table * (units.table @ weights.T - 1)).sum(axis=1)
    return np.divide(pairs, r * (r - 1), out=np.zeros_like(r), where=r > 1), (r > 1).astype(np.float64)
