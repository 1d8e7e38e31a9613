"""Agreement on relations between spans: precision, recall and F1 between annotators, not corrected for chance.

A label is a sorted tuple of relations ((start, end, label), (start, end, label), kind), the first span being where the
relation comes from. A relation matches one of the other annotator when both its spans do, in the same direction and
with the same kind. Precision, recall and F1 are those of `spans.py`, counted in relations. Without `all_spans` they are
given matched spans: of each annotator only the relations count of which the other has marked both spans, so that what
was missed or cut differently as a span does not count again. `details` has `coverage`, the share of relations that
count.

What the other has marked are the spans of `marked`, a study of spans of the same items and annotators, and the ends of
their relations. No value: NO_LABELS, ONE_ANNOTATOR, NO_SHARED_ITEMS as for spans; NO_RELATIONS when nobody marked one;
NO_OVERLAP when no relation joins two spans that another annotator has marked. One item has a value, a caution and a
wide interval.

Measured so in: Doddington, G. et al. (2004). The automatic content extraction (ACE) program (LREC 2004); F1 as
agreement: Hripcsak, G. & Rothschild, A. S. (2005), doi:10.1197/jamia.M1733.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import cast

from annotation.algorithms.span_items import Marked, Span, blank, pairable
from annotation.algorithms.span_overlap import near
from annotation.algorithms.spans import pooled
from annotation.algorithms.statistic import Reason, Statistic
from annotation.algorithms.study import Study

Relation = tuple[Span, Span, str]


@dataclass(frozen=True)
class Match:
    """When two relations are the same.

    `share` None asks for equal spans, else for spans that overlap by at least this share of what they cover together.
    `typed` compares the labels of spans, `directed` which span comes first, `kinds` the kinds of relations.
    """

    share: float | None = None
    typed: bool = True
    directed: bool = True
    kinds: bool = True

    def spans(self, one: Span, other: Span) -> bool:
        """Whether two spans are the same."""
        placed = one[:2] == other[:2] if self.share is None else near(one, other, self.share)
        return placed and (not self.typed or one[2] == other[2])

    def relations(self, one: Relation, other: Relation) -> bool:
        """Whether two relations are the same."""
        if self.kinds and one[2] != other[2]:
            return False
        straight = self.spans(one[0], other[0]) and self.spans(one[1], other[1])
        return straight or (
            not self.directed and self.spans(one[0], other[1]) and self.spans(one[1], other[0])
        )


def relation_f1(
    study: Study,
    *,
    seed: int,
    match: Match | None = None,
    kind: str | None = None,
    marked: Study | None = None,
    all_spans: bool = False,
    reference: Hashable | None = None,
    confidence: float = 0.95,
) -> Statistic:
    """F1 of relations, of one `kind` only when it is given; against `reference` or between every pair."""
    same = match or Match()
    items = pairable(study, kind)
    known = None if reference is None else study.raters.index(reference) if reference in study.raters else -1
    if known is not None:
        items = [one for one in items if known in one.raters]
    found = blank("relation_f1", study, items, kind, chance_corrected=False)
    if found.reason:
        lacking = found.reason == Reason.NO_SPANS
        return replace(found, reason=Reason.NO_RELATIONS) if lacking else found
    spans = {} if marked is None else _by_answer(marked)
    rows, of_all, counted = [], 0, 0
    for one in items:
        row, every = _features(one, study, same, spans, known, all_spans)
        rows.append(row)
        of_all, counted = of_all + every, counted + row[1] + row[3]
    if not counted:
        return replace(found, reason=Reason.NO_OVERLAP, warnings=())
    found = pooled(found, items, rows, seed, confidence)
    return replace(found, details={**found.details, "coverage": counted / of_all})


def _features(
    one: Marked,
    study: Study,
    same: Match,
    spans: Mapping[tuple[Hashable, Hashable], Sequence[Span]],
    reference: int | None,
    all_spans: bool,
) -> tuple[list[int], int]:
    """The four sums of `spans.pooled`, and how many relations there are before any is left out."""
    relations = cast("tuple[tuple[Relation, ...], ...]", one.spans)
    given = list(zip(one.raters, relations, strict=True))
    ends = {
        rater: [*spans.get((one.item, study.raters[rater]), ()), *(end for r in mine for end in r[:2])]
        for rater, mine in given
    }
    total, every = [0, 0, 0, 0], 0
    for (rater, mine), (other, theirs) in permutations(given, 2):
        if reference is not None and other != reference:
            continue
        for at, (these, those, has) in enumerate(((mine, theirs, ends[other]), (theirs, mine, ends[rater]))):
            kept = [one for one in these if all_spans or _both_marked(one, has, same)]
            total[2 * at] += sum(any(same.relations(one, two) for two in those) for one in kept)
            total[2 * at + 1] += len(kept)
            every += len(these)
    return total, every


def _both_marked(relation: Relation, marked: Sequence[Span], same: Match) -> bool:
    return all(any(same.spans(end, span) for span in marked) for end in relation[:2])


def _by_answer(marked: Study) -> dict[tuple[Hashable, Hashable], tuple[Span, ...]]:
    """What each annotator marked in each item."""
    return {
        (one.item, marked.raters[rater]): spans
        for one in pairable(marked)
        for rater, spans in zip(one.raters, one.spans, strict=True)
    }
