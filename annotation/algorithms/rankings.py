"""Agreement on rankings: Kendall's W and tau-b within items, and Krippendorff's alpha over rankings.

A label is a ranking of an item's options: a tuple of them, the first best, or a tuple of tuples where some are tied.

    W of an item         see `concordance`: its options ranked by its raters; over items the mean
    tau-b of two raters  (concordant - discordant) / sqrt((pairs - ties of one) (pairs - ties of the other))
    distance             pairs of options ordered the other way, and half those tied in one only, by all pairs

Kendall, M. G. (1945). The treatment of ties in ranking problems. doi:10.1093/biomet/33.3.239; Kemeny, J. G. and Snell,
J. L. (1962). Mathematical Models in the Social Sciences, chapter 2 (the distance). W by chance is 1 / raters and tau-b
is 0; alpha is corrected for chance, and needs the same options on every item.

W and tau-b take items whose raters ranked the same two options or more; others are left out, with a caution. Everything
tied by everybody has no W; by one, no tau-b with them. Labels that are no rankings, nobody, one rater, no shared item,
one item: no value. Identical rankings are 1.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np

from annotation.algorithms.agreement import alpha_by
from annotation.algorithms.bootstrap import Floats, clustered
from annotation.algorithms.canonical import sort_key
from annotation.algorithms.concordance import centred_ranks
from annotation.algorithms.distances import Between, Codes
from annotation.algorithms.estimate import few_items, with_interval
from annotation.algorithms.statistic import Caution, Reason, Statistic
from annotation.algorithms.study import Study
from annotation.algorithms.units import mean_of_second

Places = dict[Hashable, int]
"""The place of each option, 0 the best; tied options have the same."""


def ranking_w(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """The mean over items of Kendall's W of the rankings that an item got."""
    return _mean_over_items(study, "ranking_w", _w, (0.0, 1.0), seed, confidence)


def ranking_tau(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """The mean over items of the mean tau-b of every two rankings of an item."""
    return _mean_over_items(study, "ranking_tau", _tau, (-1.0, 1.0), seed, confidence)


def ranking_alpha(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """Krippendorff's alpha with the share of pairs of options that two rankings order differently as distance."""
    places = [places_of(label) for label in study.categories]
    if None in places or len({frozenset(place) for place in places if place is not None}) > 1:
        return Statistic(kind="alpha_ranking", reason=Reason.NOT_RANKINGS, inputs_hash=study.inputs_hash)
    found = alpha_by(study, between_rankings, kind="alpha_ranking", seed=seed, confidence=confidence)
    return replace(found, inputs_hash=study.inputs_hash)


def between_rankings(categories: Sequence[Hashable]) -> Between:
    """Distances of rankings of the same options, in [0, 1]. Raises ValueError when they are not."""
    places = [places_of(label) for label in categories]
    options = sorted({option for place in places for option in place or ()}, key=sort_key)
    if any(place is None or len(place) != len(options) for place in places):
        raise ValueError("the labels are not rankings of the same options")
    table = np.array([[(place or {})[option] for option in options] for place in places]).reshape(
        len(places), -1
    )
    one, two = np.triu_indices(len(options), 1)
    apart = np.sign(table[:, one] - table[:, two])
    # Two bits tell below, tied and above apart, so that their difference is the number of bits that differ.
    bits = np.packbits(np.concatenate([apart >= 0, apart > 0], axis=1), axis=1)
    pairs = max(1, len(one))

    def between(first: Codes, second: Codes) -> Floats:
        differ = np.bitwise_count(bits[first] ^ bits[second]).sum(axis=-1)
        return np.asarray(differ / (2 * pairs), dtype=np.float64)

    return between


def places_of(label: Hashable) -> Places | None:
    """The places of a ranking's options; None when the label is no ranking."""
    if not isinstance(label, tuple):
        return None
    tied = [part if isinstance(part, tuple) else (part,) for part in label]
    found = {option: place for place, part in enumerate(tied) for option in part}
    return found if len(found) == sum(map(len, tied)) else None


def _mean_over_items(
    study: Study,
    kind: str,
    of_item: Callable[[Floats], float],
    bounds: tuple[float, float],
    seed: int,
    confidence: float,
) -> Statistic:
    places = [places_of(label) for label in study.categories]
    empty = Statistic(kind=kind, chance_corrected=False, inputs_hash=study.inputs_hash)
    if None in places:
        return replace(empty, reason=Reason.NOT_RANKINGS)
    ends = np.flatnonzero(np.diff(study.item, prepend=-1, append=-1))
    values, items, labels, left_out = list[float](), list[int](), 0, 0
    for low, high in pairwise(ends.tolist()):
        if high - low < 2:
            continue
        table = _table([places[value] or {} for value in study.value[low:high].tolist()])
        value = np.nan if table is None else of_item(table)
        if np.isnan(value):
            left_out += 1
            continue
        values.append(value)
        items.append(int(study.item[low]))
        labels += high - low
    empty = replace(empty, items=len(values), labels=labels)
    if len(values) < 2:
        return replace(empty, reason=_reason(study, len(values), left_out))
    left = (Caution("incomplete_items", {"items": left_out, "used": len(values)}),) if left_out else ()
    found = replace(empty, value=float(np.mean(values)), warnings=(*few_items(len(values)), *left))
    features = np.column_stack([np.ones(len(values)), values])
    group = None if study.group is None else study.group[items]
    sums = clustered(features, np.ones(len(values), dtype=np.int64), group, mean_of_second)
    return with_interval(
        found, sums, seed=seed, confidence=confidence, reach=bounds[1] - bounds[0], bounds=bounds
    )


def _reason(study: Study, used: int, left_out: int) -> Reason:
    if not len(study.item):
        return Reason.NO_LABELS
    if len(study.raters) == 1:
        return Reason.ONE_ANNOTATOR
    if used or left_out == 1:
        return Reason.ONE_ITEM
    return Reason.INCOMPLETE if left_out else Reason.NO_SHARED_ITEMS


def _table(rankings: Sequence[Places]) -> Floats | None:
    """Places (raters, options); None unless all ranked the same two options or more."""
    options = list(rankings[0])
    if len(options) < 2 or any(ranking.keys() != rankings[0].keys() for ranking in rankings):
        return None
    return np.array([[ranking[option] for option in options] for ranking in rankings], dtype=np.float64)


def _w(table: Floats) -> float:
    ranks = np.stack([centred_ranks(row) for row in table])
    spread = len(table) * float((ranks**2).sum())
    return float((ranks.sum(axis=0) ** 2).sum()) / spread if spread > 0 else float("nan")


def _tau(table: Floats) -> float:
    one, two = np.triu_indices(table.shape[1], 1)
    order = np.sign(table[:, one] - table[:, two])
    untied = (order**2).sum(axis=1)
    found = [
        float(order[a] @ order[b]) / float(np.sqrt(untied[a] * untied[b]))
        for a, b in combinations(range(len(table)), 2)
        if untied[a] and untied[b]
    ]
    return float(np.mean(found)) if found else float("nan")
