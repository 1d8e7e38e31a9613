"""Agreement on spans: exact-match F1 between pairs of annotators.

Two spans match when start, end and label are equal. Over every pair of annotators of every item,

    F1 = 2 * matches / (spans of the one + spans of the other)

pooled, so that an item with many spans weighs more than one with few, and a pair that marked nothing on an
item changes nothing. F1 of two annotators does not depend on which of them is taken as the reference
(Hripcsak and Rothschild 2005, doi:10.1197/jamia.M1733). It is not corrected for chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from itertools import combinations

import numpy as np

from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.canonical import inputs_hash
from annotation.algorithms.estimate import few_items, with_interval
from annotation.algorithms.statistic import Reason, Statistic

Span = tuple[int, int, str]
Answer = tuple[Hashable, Hashable, frozenset[Span]]


def span_f1(
    answers: Iterable[Answer], *, seed: int, label: str | None = None, confidence: float = 0.95
) -> Statistic:
    """Exact-match F1 over (item, annotator, spans); of one label only when `label` is given.

    An annotator's later answer on an item replaces the earlier one. An empty set of spans is an answer.
    """
    by_item = _by_item(answers, label)
    pairable = {item: mine for item, mine in by_item.items() if len(mine) > 1}
    marked = sum(len(spans) for mine in pairable.values() for spans in mine.values())
    digest = inputs_hash(
        (item, rater, sorted(spans)) for item, mine in by_item.items() for rater, spans in mine.items()
    )
    empty = Statistic(
        kind="span_f1",
        items=len(pairable),
        labels=marked,
        chance_corrected=False,
        warnings=few_items(len(pairable)),
        inputs_hash=digest,
    )
    if not marked:
        return replace(empty, reason=_reason(by_item, pairable), warnings=())
    features = np.array([_features(list(mine.values())) for mine in pairable.values()], dtype=np.float64)
    kinds, counts = np.unique(features, axis=0, return_counts=True)
    sums = Sums(kinds, counts.astype(np.int64), _f1)
    value = float(_f1(sums.totals))
    found = replace(empty, value=value, observed=1 - value)
    return with_interval(found, sums, seed=seed, confidence=confidence, reach=1.0, bounds=(0.0, 1.0))


def _by_item(answers: Iterable[Answer], label: str | None) -> dict[Hashable, dict[Hashable, frozenset[Span]]]:
    by_item: dict[Hashable, dict[Hashable, frozenset[Span]]] = defaultdict(dict)
    for item, annotator, spans in answers:
        by_item[item][annotator] = frozenset(span for span in spans if label is None or span[2] == label)
    return by_item


def _reason(
    by_item: dict[Hashable, dict[Hashable, frozenset[Span]]],
    pairable: dict[Hashable, dict[Hashable, frozenset[Span]]],
) -> Reason:
    if not by_item:
        return Reason.NO_LABELS
    if pairable:
        return Reason.NO_SPANS
    annotators = {annotator for mine in by_item.values() for annotator in mine}
    return Reason.ONE_ANNOTATOR if len(annotators) == 1 else Reason.NO_SHARED_ITEMS


def _features(answers: list[frozenset[Span]]) -> tuple[int, int]:
    """Of one item: twice the matches, and the spans of both, summed over pairs of annotators."""
    matches = sum(len(one & two) for one, two in combinations(answers, 2))
    spans = sum(len(one) for one in answers) * (len(answers) - 1)
    return 2 * matches, spans


def _f1(sums: Floats) -> Floats:
    matched, spans = sums[..., 0], sums[..., 1]
    return np.divide(matched, spans, out=np.full_like(spans, np.nan), where=spans > 0)
