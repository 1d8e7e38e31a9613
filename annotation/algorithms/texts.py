"""How alike the texts are that people wrote about an item. No agreement coefficient: chance is not taken into account.

    value = mean over items of (mean over pairs of the item's annotators of the similarity)

with the similarities of `text_similarity.py`: `text_exact` equal or not, `text_normalised` equal but for case, width,
spaces and punctuation, `text_edits` one minus the normalised Levenshtein distance, `text_ngrams` chrF1. Two people who
write about the same thing in the same language share much of it by chance, so that 0.5 may mean nothing; every answer
carries the caution `no_agreement_coefficient`. A label is a text or a tuple of texts (several fields of one question),
which are joined by a new line.

No value: NO_LABELS, ONE_ANNOTATOR, NO_SHARED_ITEMS; NO_TEXT when all texts are blank. A pair of which both are blank
is left out, a blank text and another one are unlike. One item has a value, a caution and a wide interval.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from itertools import combinations

import numpy as np

from annotation.algorithms import text_similarity
from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.estimate import few_items, with_interval
from annotation.algorithms.quotient import quotient
from annotation.algorithms.statistic import Caution, Reason, Statistic
from annotation.algorithms.study import Study

SIMILARITIES: dict[str, Callable[[str, str], float]] = {
    "text_exact": text_similarity.exact,
    "text_normalised": text_similarity.alike,
    "text_edits": text_similarity.edits,
    "text_ngrams": text_similarity.ngrams,
}
MOST_SIGNS = 4_000
"""Edits are counted in the first this many code points of a text."""


def text_similarity_of(study: Study, kind: str, *, seed: int, confidence: float = 0.95) -> Statistic:
    """The similarity of this name. Raises ValueError for an unknown one, TypeError for a label that is no text."""
    if kind not in SIMILARITIES:
        raise ValueError(f"no similarity of texts is called {kind!r}")
    texts = [_joined(label) for label in study.categories]
    by_item: dict[int, list[int]] = {}
    for item, value in zip(study.item.tolist(), study.value.tolist(), strict=True):
        by_item.setdefault(item, []).append(value)
    shared = {item: said for item, said in by_item.items() if len(said) > 1}
    means = {item: _mean(texts, said, SIMILARITIES[kind]) for item, said in shared.items()}
    known = {item: mean for item, mean in means.items() if mean is not None}
    found = Statistic(
        kind=kind,
        items=len(known),
        labels=sum(len(shared[item]) for item in known),
        chance_corrected=False,
        inputs_hash=study.inputs_hash,
    )
    if not known:
        return replace(found, reason=_reason(study, shared=bool(shared)))
    rows = _rows(study, known)
    kinds, counts = np.unique(rows, axis=0, return_counts=True)
    sums = Sums(kinds, counts.astype(np.int64), _weighed, grouped=study.group is not None)
    value = float(_weighed(sums.totals))
    warnings = (Caution("no_agreement_coefficient"), *few_items(len(known)))
    found = replace(found, value=value, observed=1 - value, warnings=warnings)
    return with_interval(found, sums, seed=seed, confidence=confidence, reach=1.0, bounds=(0.0, 1.0))


def text_exact(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """The share of equal texts."""
    return text_similarity_of(study, "text_exact", seed=seed, confidence=confidence)


def text_normalised(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """The share of texts that are equal but for case, width, spaces and punctuation."""
    return text_similarity_of(study, "text_normalised", seed=seed, confidence=confidence)


def text_edits(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """One minus the normalised Levenshtein distance."""
    return text_similarity_of(study, "text_edits", seed=seed, confidence=confidence)


def text_ngrams(study: Study, *, seed: int, confidence: float = 0.95) -> Statistic:
    """chrF1 over runs of one to six characters."""
    return text_similarity_of(study, "text_ngrams", seed=seed, confidence=confidence)


def _joined(label: Hashable) -> str:
    if isinstance(label, tuple) and all(isinstance(part, str) for part in label):
        return "\n".join(label)
    if not isinstance(label, str):
        raise TypeError(f"not a text: {label!r}")
    return label


def _mean(texts: list[str], said: list[int], similarity: Callable[[str, str], float]) -> float | None:
    """Over the pairs of an item; None when all of them are blank."""
    pairs = [(texts[one], texts[other]) for one, other in combinations(said, 2)]
    found = [
        similarity(one[:MOST_SIGNS], other[:MOST_SIGNS]) if one.strip() and other.strip() else 0.0
        for one, other in pairs
        if one.strip() or other.strip()
    ]
    return sum(found) / len(found) if found else None


def _rows(study: Study, known: dict[int, float]) -> Floats:
    """Items and the sum of their similarities, (documents, 2)."""
    rows: dict[int, list[float]] = {}
    for item, mean in known.items():
        row = rows.setdefault(item if study.group is None else int(study.group[item]), [0.0, 0.0])
        row[0] += 1
        row[1] += mean
    return np.array(list(rows.values()))


def _reason(study: Study, *, shared: bool) -> Reason:
    if not study.item.size:
        return Reason.NO_LABELS
    if shared:
        return Reason.NO_TEXT
    return Reason.ONE_ANNOTATOR if len(study.raters) == 1 else Reason.NO_SHARED_ITEMS


def _weighed(sums: Floats) -> Floats:
    return quotient(sums[..., 1], sums[..., 0])
