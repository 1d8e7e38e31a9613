"""Pairwise preferences: which of two options is better, and whether one rater's answers contradict each other.

An item is a pair of options, written as a tuple, and its label the option that is preferred; another label is a tie.
Every nominal measure takes `sides(study)`, where the label is the place in the pair. Of three options that a rater
compared with one another, the answers are circular (a over b, b over c, c over a) or transitive:

    consistency = transitive triples / triples compared without a tie, over all raters

Answers by chance are transitive in 3 of 4. Kendall, M. G. and Babington Smith, B. (1940). On the method of paired
comparisons. doi:10.1093/biomet/31.3-4.324. A pair that a rater answered both ways counts as a tie. No labels, or no
triple: no value. One rater has a value, and no interval (which a caution says): raters are resampled.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import numpy as np

from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.canonical import sort_key
from annotation.algorithms.estimate import few_items, with_interval
from annotation.algorithms.statistic import Caution, Reason, Statistic
from annotation.algorithms.study import Study

FIRST, SECOND, TIE = "first", "second", "tie"

MOST_OPTIONS = 3000
"""Beyond this many options a rater's table of comparisons is too large."""


def sides(study: Study) -> Study:
    """The same with labels `first`, `second` and `tie`. Raises ValueError for an item that is no pair of options."""
    scale = (FIRST, SECOND, TIE)
    item_pairs = [_pair(item) for item in study.items]
    value = np.full(len(study.value), 2, dtype=np.int64)
    for at, (item, said) in enumerate(zip(study.item.tolist(), study.value.tolist(), strict=True)):
        label = study.categories[said]
        if label in item_pairs[item]:
            value[at] = item_pairs[item].index(label)
    return replace(study, categories=scale, value=value)


def consistency(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """The share of transitive triples. `details` has the triples, the circular ones, and the share by chance.

    Raises ValueError for an item that is no pair of options.
    """
    empty = Statistic(
        kind="consistency",
        items=len(study.items),
        labels=len(study.item),
        chance_corrected=False,
        warnings=few_items(len(study.items)),
        inputs_hash=study.inputs_hash,
    )
    if not len(study.item):
        return replace(empty, reason=Reason.NO_LABELS)
    pairs = [_pair(item) for item in study.items]
    options = sorted({option for pair in pairs for option in pair}, key=sort_key)
    if len(options) > MOST_OPTIONS:
        return replace(empty, reason=Reason.TOO_LARGE)
    place = {option: at for at, option in enumerate(options)}
    rows = np.array([_triples(table) for table in _tables(study, pairs, place)])
    triples, circular = rows.sum(axis=0).tolist()
    if not triples:
        return replace(empty, reason=Reason.INCOMPLETE)
    details = {"triples": triples, "circular": circular, "by_chance": 0.75}
    found = replace(empty, value=1 - circular / triples, details=details)
    rows = rows[rows[:, 0] > 0]
    if len(rows) == 1:
        return replace(found, warnings=(*found.warnings, Caution("one_rater_no_interval")))
    sums = Sums(rows, np.ones(len(rows), dtype=np.int64), _transitive)
    return with_interval(found, sums, seed=seed, confidence=confidence, reach=1.0, bounds=(0.0, 1.0))


def _transitive(sums: Floats) -> Floats:
    return np.asarray(1 - sums[..., 1] / sums[..., 0], dtype=np.float64)


def _pair(item: Hashable) -> tuple[Hashable, Hashable]:
    if not isinstance(item, tuple) or len(item) != 2 or item[0] == item[1]:
        raise ValueError(f"item {item!r} is no pair of options")
    return item


def _tables(study: Study, pairs: list[tuple[Hashable, Hashable]], place: dict[Hashable, int]) -> list[Floats]:
    """Per rater: 1 where the row's option was preferred to the column's, and never the other way."""
    found = [np.zeros((len(place), len(place))) for _ in study.raters]
    codes = zip(study.item.tolist(), study.rater.tolist(), study.value.tolist(), strict=True)
    for item, rater, value in codes:
        one, two = pairs[item]
        said = study.categories[value]
        if said in (one, two):
            found[rater][place[said], place[two if said == one else one]] = 1
    return [table * (1 - table.T) for table in found]


def _triples(table: Floats) -> tuple[float, float]:
    """How many triples are compared, and how many of them are circular."""
    compared = table + table.T
    return (
        round(float((compared @ compared * compared).sum()) / 6),
        round(float((table @ table * table.T).sum()) / 3),
    )
