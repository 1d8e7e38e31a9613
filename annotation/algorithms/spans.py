"""Agreement on spans: precision, recall and F1 between annotators. None of them is corrected for chance.

Of a pair one is the reference. Over all pairs of annotators of all items, pooled,

    precision = matched spans of the other / spans of the other
    recall    = matched spans of the reference / spans of the reference
    F1        = 2 precision recall / (precision + recall)

so that an item with many spans weighs more than one with few, and a pair that marked nothing on an item changes
nothing. Without a named reference each of a pair is the reference once: then precision, recall and F1 are one
number, which does not depend on the order of annotators (Hripcsak & Rothschild 2005, doi:10.1197/jamia.M1733).

Spans may nest and overlap. What matches:

- strict: the same start, end and label;
- relaxed: the same label, and at least one code point in common; or, with a share, an overlap of at least that share
  of what the two cover together (intersection over union; DeYoung et al. 2020, doi:10.18653/v1/2020.acl-main.408).
  A span may match several: a long one that covers three short ones is one matched span against three;
- characters, tokens: not spans are matched but the positions they cover. A position under two labels counts under each,
  and under one label once, however many spans of it there are.

The observed disagreement is 1 - F1. There is no value, and a reason, without answers (NO_LABELS), with a single
annotator (ONE_ANNOTATOR), when no item has two answers (NO_SHARED_ITEMS) and when nobody marked anything (NO_SPANS):
empty answers agree, and say nothing about spans. One item is measured, with a caution. Identical spans give 1.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import permutations

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.estimate import with_interval
from annotation.algorithms.quotient import quotient
from annotation.algorithms.span_items import Marked, Span, blank, pairable, sums_by_group
from annotation.algorithms.span_overlap import covered, matched, on_tokens, shared, size
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study

Answer = tuple[Hashable, Hashable, frozenset[Span]]
Tokens = Mapping[Hashable, Sequence[tuple[int, int]]]
Score = tuple[int, int, int, int]
Compare = Callable[[Hashable, Sequence[Span], Sequence[Span]], Score]


def span_f1(
    answers: Iterable[Answer], *, seed: int, label: str | None = None, confidence: float = 0.95
) -> Statistic:
    """`strict_f1` of (item, annotator, set of spans); an annotator's later answer on an item replaces the earlier."""
    return strict_f1(study_of_answers(answers), seed=seed, label=label, confidence=confidence)


def strict_f1(
    study: Study,
    *,
    seed: int,
    label: str | None = None,
    typed: bool = True,
    reference: Hashable | None = None,
    confidence: float = 0.95,
) -> Statistic:
    """F1 over spans that are equal; of one label only when `label` is given; labels not looked at unless `typed`."""
    compare = partial(_by_span, share=None, typed=typed)
    return _f1("span_f1", study, compare, label, reference, seed, confidence)


def relaxed_f1(
    study: Study,
    *,
    seed: int,
    share: float = 0.0,
    label: str | None = None,
    typed: bool = True,
    reference: Hashable | None = None,
    confidence: float = 0.95,
) -> Statistic:
    """F1 over spans that overlap, by at least `share` (0 to 1) of what the two cover together.

    Raises ValueError for another share.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share of {share}")
    compare = partial(_by_span, share=share, typed=typed)
    found = _f1("span_f1_relaxed", study, compare, label, reference, seed, confidence)
    return replace(found, details={**found.details, "share": share})


def character_f1(
    study: Study,
    *,
    seed: int,
    label: str | None = None,
    typed: bool = True,
    reference: Hashable | None = None,
    confidence: float = 0.95,
) -> Statistic:
    """F1 over the code points that spans cover."""
    compare = partial(_by_position, tokens=None, typed=typed)
    return _f1("span_f1_char", study, compare, label, reference, seed, confidence)


def token_f1(
    study: Study,
    tokens: Tokens,
    *,
    seed: int,
    label: str | None = None,
    typed: bool = True,
    reference: Hashable | None = None,
    confidence: float = 0.95,
) -> Statistic:
    """F1 over the tokens that spans cover in part or whole.

    `tokens` gives each item's tokens as half-open (start, end) in code points, disjoint and in order.
    """
    compare = partial(_by_position, tokens=tokens, typed=typed)
    return _f1("span_f1_token", study, compare, label, reference, seed, confidence)


def study_of_answers(answers: Iterable[Answer]) -> Study:
    """A study of (item, annotator, spans); an annotator's later answer on an item replaces the earlier one."""
    return Study.from_triples((item, rater, tuple(sorted(spans))) for item, rater, spans in answers)


@dataclass(frozen=True)
class PairScore:
    """One annotator against another as the reference, over the `items` both answered; None without spans."""

    annotator: Hashable
    reference: Hashable
    items: int
    precision: float | None
    recall: float | None
    f1: float | None


def pair_scores(
    study: Study, *, label: str | None = None, share: float | None = None, typed: bool = True
) -> list[PairScore]:
    """Strict (or, with `share`, relaxed) scores of every ordered pair of annotators that share an item."""
    totals: dict[tuple[int, int], list[int]] = {}
    for one in pairable(study, label):
        for (rater, mine), (other, theirs) in permutations(zip(one.raters, one.spans, strict=True), 2):
            score = _by_span(one.item, mine, theirs, share=share, typed=typed)
            sums = totals.setdefault((rater, other), [0] * 5)
            for at, part in enumerate((1, *score)):
                sums[at] += part
    return [
        PairScore(
            study.raters[rater], study.raters[other], sums[0], *map(_defined, _scores(np.array(sums[1:])))
        )
        for (rater, other), sums in sorted(totals.items())
    ]


def _f1(
    kind: str,
    study: Study,
    compare: Compare,
    label: str | None,
    reference: Hashable | None,
    seed: int,
    confidence: float,
) -> Statistic:
    items = pairable(study, label)
    known = None if reference is None else study.raters.index(reference) if reference in study.raters else -1
    if known is not None:
        items = [one for one in items if known in one.raters]
    found = blank(kind, study, items, label, chance_corrected=False)
    if found.reason:
        return found
    return pooled(found, items, [_features(one, compare, known) for one in items], seed, confidence)


def pooled(
    found: Statistic, items: Sequence[Marked], rows: Sequence[Sequence[float]], seed: int, confidence: float
) -> Statistic:
    """`found` with precision, recall, F1 and its interval.

    `rows` has for each item, over pairs of annotators: matched and all of the annotator's, matched and all of the
    reference's.
    """
    sums = sums_by_group(items, rows, _value)
    precision, recall, value = (float(part) for part in _scores(sums.totals))
    details = {"precision": precision, "recall": recall}
    found = replace(
        found,
        value=value,
        observed=1 - value,
        details={key: part for key, part in details.items() if part == part},
    )
    return with_interval(found, sums, seed=seed, confidence=confidence, reach=1.0, bounds=(0.0, 1.0))


def _features(one: Marked, compare: Compare, reference: int | None) -> list[int]:
    """Of one item, over pairs: matched and all of the annotator's, matched and all of the reference's."""
    total = [0, 0, 0, 0]
    for (_, mine), (other, theirs) in permutations(zip(one.raters, one.spans, strict=True), 2):
        if reference is None or other == reference:
            for at, part in enumerate(compare(one.item, mine, theirs)):
                total[at] += part
    return total


def _by_span(
    item: Hashable, mine: Sequence[Span], theirs: Sequence[Span], *, share: float | None, typed: bool
) -> Score:
    return (
        matched(mine, theirs, share, typed=typed),
        len(mine),
        matched(theirs, mine, share, typed=typed),
        len(theirs),
    )


def _by_position(
    item: Hashable, mine: Sequence[Span], theirs: Sequence[Span], *, tokens: Tokens | None, typed: bool
) -> Score:
    if tokens is not None:
        mine, theirs = on_tokens(mine, tokens[item]), on_tokens(theirs, tokens[item])
    one, other = covered(mine, typed=typed), covered(theirs, typed=typed)
    both = shared(one, other)
    return both, size(one), both, size(other)


def _scores(sums: Floats) -> tuple[Floats, Floats, Floats]:
    """Precision, recall and F1 from sums (..., 4); NaN where there is none."""
    precision = quotient(sums[..., 0], sums[..., 1])
    recall = quotient(sums[..., 2], sums[..., 3])
    # Twice the weighted mean of the two in one fraction: 0 when one side marked nothing, NaN when both did.
    nothing = (sums[..., 0] == 0) | (sums[..., 2] == 0)
    f1 = quotient(2 * precision * recall, precision + recall)
    f1 = np.where(nothing, np.where(sums[..., 1] + sums[..., 3] > 0, 0.0, np.nan), f1)
    return precision, recall, f1


def _value(sums: Floats) -> Floats:
    return _scores(sums)[2]


def _defined(value: Floats) -> float | None:
    return None if np.isnan(value) else float(value)
