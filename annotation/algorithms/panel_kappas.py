"""Kappas of a panel (Conger's, Light's) as functions of sums over items, so that they can be resampled.

Conger's takes each rater's margin and the share of agreeing pairs, Light's for each pair of raters how many items they
share, how far they disagree on them, and both margins there. Where that would be too many sums (`Panel.fits`), an item
stands for the value it adds to first order. An item of a label that was never agreed on, which nobody saw but could be,
has as many labels of each rater as items have on average, all of them that label.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.counts import Codes
from annotation.algorithms.panel import Panel
from annotation.algorithms.quotient import quotient
from annotation.algorithms.study import Study

_LEAST = 1.5  # shared items of a pair that has a kappa: two, but for rounding


def conger_sums(study: Study, weights: Floats, each: Floats) -> Sums:
    """The sums behind Conger's kappa; `each` (items,) is what an item adds to it."""
    panel = Panel.of(study)
    shape = panel.raters, panel.categories
    dense = panel.fits(2 + panel.raters * panel.categories)
    panel = panel.in_own_order(weights) if dense else panel
    table, margins = panel.table, panel.margins
    m = table.sum(axis=1)
    pairs = (table * (table @ weights.T - 1)).sum(axis=1)
    agreeing = np.divide(pairs, m * (m - 1), out=np.zeros_like(m), where=m > 1)
    unseen = np.zeros((len(panel.unseen), 2 + margins.size))
    unseen[:, :2] = (m > 1).mean()
    share = margins.sum(axis=1) / panel.items
    unseen[:, 2:].reshape(-1, *shape)[np.arange(len(unseen)), :, panel.unseen] = share

    def evaluate(sums: Floats) -> Floats:
        return _conger(sums[..., 0], sums[..., 1], sums[..., 2:].reshape(*sums.shape[:-1], *shape), weights)

    if not dense:
        totals = np.concatenate([[agreeing.sum(), (m > 1).sum()], margins.ravel()])
        return panel.to_first_order(each, totals, unseen, evaluate)
    features = np.zeros((panel.items, 2 + margins.size))
    features[:, 0], features[:, 1] = agreeing, m > 1
    np.add.at(features, (panel.item, 2 + panel.rater * panel.categories + panel.value), 1.0)
    return panel.sums(features, unseen, evaluate)


def _conger(agreeing: Floats, pairable: Floats, margins: Floats, weights: Floats) -> Floats:
    """From margins (..., raters, categories); raters who labelled nothing are left out."""
    given = margins.sum(axis=-1, keepdims=True)
    shares = np.divide(margins, given, out=np.zeros_like(margins), where=given > 0)
    raters = (given > 0).sum(axis=(-1, -2))
    total = shares.sum(axis=-2)
    apart_from_own = ((total @ weights) * total).sum(axis=-1) - ((shares @ weights) * shares).sum(
        axis=(-1, -2)
    )
    expected = quotient(apart_from_own, raters * (raters - 1.0))
    disagreed = 1 - quotient(agreeing, pairable)
    return 1 - quotient(disagreed, np.where(1 - expected > 1e-12, 1 - expected, 0.0))


def light_sums(study: Study, apart_by: Floats, each: Floats, totals: Floats) -> Sums:
    """The sums behind Light's kappa; `each` (items,) is what an item adds to it.

    `apart_by` (categories, categories) is how far two labels are apart, `totals` (pairs, 2 + 2 categories) what
    `pair_totals` says of the pairs of raters that have a kappa.
    """
    panel = Panel.of(study)
    whole = len(panel.item) == panel.items * panel.raters
    pairs, width = len(totals), panel.raters * panel.categories
    if panel.fits(1 + pairs + width if whole else totals.size):
        panel = panel.in_own_order(1 - apart_by)
        return _light_whole(panel, apart_by) if whole else _light_of_pairs(panel, apart_by)
    unseen = _unanimous(panel, totals[:, 0])

    def evaluate(sums: Floats) -> Floats:
        return _light(sums.reshape(len(sums), *totals.shape), apart_by)

    return panel.to_first_order(each, totals.ravel(), unseen.reshape(len(unseen), totals.size), evaluate)


def pair_totals(one: Codes, two: Codes, apart_by: Floats) -> Floats:
    """Of two raters' labels of the items they share: how many, how far apart in all, and both margins."""
    q = len(apart_by)
    margins = (np.bincount(codes, minlength=q) for codes in (one, two))
    return np.concatenate([[len(one), apart_by[one, two].sum()], *margins])


def light_parts(sums: Floats, apart_by: Floats) -> tuple[Floats, Floats]:
    """Observed and expected disagreement of pairs of raters from (..., 2 + 2 categories) sums; NaN where none."""
    q = len(apart_by)
    n, first, second = sums[..., 0], sums[..., 2 : 2 + q], sums[..., 2 + q :]
    known = n > _LEAST
    expected = quotient(((first @ apart_by) * second).sum(axis=-1), np.where(known, n, 0.0) ** 2)
    return quotient(sums[..., 1], np.where(known, n, 0.0)), np.where(expected > 1e-12, expected, np.nan)


def _light(sums: Floats, apart_by: Floats) -> Floats:
    """The mean over those pairs (..., pairs, 2 + 2 categories) that have a kappa."""
    observed, expected = light_parts(sums, apart_by)
    kappas = 1 - observed / expected
    known = ~np.isnan(kappas)
    return quotient(np.where(known, kappas, 0.0).sum(axis=-1), known.sum(axis=-1).astype(np.float64))


def _light_of_pairs(panel: Panel, apart_by: Floats) -> Sums:
    """Each pair of raters has margins of its own, of the items that both labelled."""
    said = np.full((panel.raters, panel.items), -1, dtype=np.int64)
    said[panel.rater, panel.item] = panel.value
    q, labels = panel.categories, np.eye(panel.categories)
    found = []
    for one, two in combinations(said, 2):
        at = np.flatnonzero((one >= 0) & (two >= 0))
        first, second = one[at], two[at]
        if np.isnan(light_parts(pair_totals(first, second, apart_by), apart_by)[1]):
            continue
        rows = np.zeros((panel.items, 2 + 2 * q))
        rows[at] = np.column_stack([np.ones(len(at)), apart_by[first, second], labels[first], labels[second]])
        found.append(rows)
    features = np.stack(found, axis=1)
    unseen = _unanimous(panel, features[..., 0].sum(axis=0))
    size = features[0].size

    def evaluate(sums: Floats) -> Floats:
        return _light(sums.reshape(*sums.shape[:-1], *features.shape[1:]), apart_by)

    return panel.sums(features.reshape(-1, size), unseen.reshape(-1, size), evaluate)


def _light_whole(panel: Panel, apart_by: Floats) -> Sums:
    """Every rater labelled every item: each has one margin."""
    said = panel.value.reshape(panel.items, panel.raters)
    one, two = np.triu_indices(panel.raters, 1)
    labels = np.eye(panel.categories)
    margins = labels[said].reshape(panel.items, -1)
    features = np.column_stack([np.ones(panel.items), apart_by[said[:, one], said[:, two]], margins])
    unseen = np.zeros((len(panel.unseen), features.shape[1]))
    unseen[:, 0] = 1
    unseen[:, 1 + len(one) :] = np.tile(labels[panel.unseen], panel.raters)

    def evaluate(sums: Floats) -> Floats:
        n, apart_in_all = sums[..., :1], sums[..., 1 : 1 + len(one)]
        margin = sums[..., 1 + len(one) :].reshape(*sums.shape[:-1], panel.raters, panel.categories)
        pairs = [np.broadcast_to(n, apart_in_all.shape)[..., None], apart_in_all[..., None]]
        return _light(np.concatenate([*pairs, margin[..., one, :], margin[..., two, :]], axis=-1), apart_by)

    return panel.sums(features, unseen, evaluate)


def _unanimous(panel: Panel, shared: Floats) -> Floats:
    """Rows (labels, pairs, 2 + 2 categories) of items all of one label, for pairs that share (pairs,) items."""
    labels = np.eye(panel.categories)[panel.unseen]
    share = shared / panel.items
    both = np.concatenate([labels, labels], axis=1)[:, None, :] * share[None, :, None]
    head = np.zeros((len(labels), len(shared), 2))
    head[..., 0] = share
    return np.concatenate([head, both], axis=-1)
