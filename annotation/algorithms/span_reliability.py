"""How an annotator marks spans, against what the others' marks say is there.

The model of `span_truth` learns of every annotator how often they find what is there and mark what is not. For each
answer the truth of its text is then inferred anew from the other answers to it alone, each weighed by what the model
has learned of whoever gave it. (That model is fitted once, with everybody's marks: so a person's own marks take no part
in what is there, but they do in how far the others are trusted.) With z = 1 where a place is inside with more than one
half, and m = 1 where the annotator marked it, over all places of all labels of all texts that somebody else answered
too,

    sensitivity = sum z m / sum z        of what is there, how much they marked
    precision   = sum z m / sum m        of what they marked, how much is there
    F1          = 2 sum z m / (sum z + sum m)

Texts are resampled for the intervals, those of one document together; the model is not fitted anew for it. With two
answers a text the truth is what the other one said, as far as the other one can be trusted: then these are agreement
rather than reliability, and pairs of people differ in both figures at once.

No value: NO_LABELS; ONE_ANNOTATOR when there is only one; of an annotator NO_SHARED_ITEMS who shares no text with
anybody, NO_SPANS where neither they nor the others marked anything; a precision has NO_SPANS where they marked nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.estimate import with_interval
from annotation.algorithms.quotient import quotient
from annotation.algorithms.span_chain import chains_of, smoothed
from annotation.algorithms.span_places import Text, Tokens, texts_of
from annotation.algorithms.span_truth import maximise
from annotation.algorithms.statistic import Reason, Statistic
from annotation.algorithms.study import Study

HIT, TRUE, MARKED = range(3)
KINDS = ("span_person_f1", "span_person_sensitivity", "span_person_precision")


@dataclass(frozen=True)
class SpanPerson:
    """One annotator's figures. `texts` counts the texts that somebody else answered too."""

    annotator: Hashable
    texts: int
    f1: Statistic
    sensitivity: Statistic
    precision: Statistic

    @property
    def figures(self) -> tuple[Statistic, ...]:
        """All three, F1 first."""
        return self.f1, self.sensitivity, self.precision


def span_reliability(
    study: Study, tokens: Tokens | None = None, *, seed: int, confidence: float = 0.95
) -> list[SpanPerson]:
    """Every annotator of a study of spans, in its order; [] where there is none.

    `tokens` gives each item's tokens as half-open (start, end) in order; without it places are characters.
    """
    texts = [text for text in texts_of(study, tokens) if len(text.raters) > 1]
    rows = np.zeros((len(texts), len(study.raters), 3))
    for label in sorted({span[2] for text in texts for spans in text.spans for span in spans}):
        rows += _rows_of(texts, label, len(study.raters))
    codes = {item: code for code, item in enumerate(study.items)}
    group = np.array([_group(study, codes, text) for text in texts], dtype=np.int64)
    read = np.zeros((len(texts), len(study.raters)), dtype=bool)
    for at, text in enumerate(texts):
        read[at, list(text.raters)] = True
    return [
        _person(name, study, rows[read[:, at], at], group[read[:, at]], seed, confidence)
        for at, name in enumerate(study.raters)
    ]


def not_computed(study: Study) -> list[SpanPerson]:
    """Every annotator where the figures could not be computed: each has the reason NOT_COMPUTED."""
    f1, sensitivity, precision = (Statistic(kind=kind, reason=Reason.NOT_COMPUTED) for kind in KINDS)
    return [SpanPerson(name, 0, f1, sensitivity, precision) for name in study.raters]


def _rows_of(texts: list[Text], label: str, annotators: int) -> Floats:
    """Of each text and annotator the sums (texts, annotators, 3) of one label."""
    marks = [text.marks(label) for text in texts]
    model = maximise(chains_of(marks, annotators))
    found = np.zeros((len(texts), annotators, 3))
    without = [
        (at, annotator, own, [other for other in answers if other[0] != annotator])
        for at, answers in enumerate(marks)
        for annotator, own in answers
    ]
    others = chains_of([rest for *_, rest in without], annotators)
    steps, _ = smoothed(others.lengths, others.evidence(model.logs), model.trans)
    inside = np.split((steps[:, :, 1].sum(axis=1) > 0.5).astype(np.int64), np.cumsum(others.lengths)[:-1])
    for (at, annotator, own, _), true in zip(without, inside, strict=True):
        found[at, annotator] = (int(true @ own), int(true.sum()), int(own.sum()))
    return found


def _group(study: Study, codes: Mapping[Hashable, int], text: Text) -> int:
    code = codes[text.item]
    return code if study.group is None else int(study.group[code])


def _person(
    name: Hashable, study: Study, rows: Floats, group: Floats, seed: int, confidence: float
) -> SpanPerson:
    added = np.zeros((len(np.unique(group)), 3))
    np.add.at(added, np.unique(group, return_inverse=True)[1], rows)
    kinds, counts = np.unique(added, axis=0, return_counts=True)
    whole = rows.sum(axis=0)
    nobody = _reason(study, len(rows))
    figures = []
    for kind, evaluate, part in (
        (KINDS[0], _f1, whole[TRUE] + whole[MARKED]),
        (KINDS[1], _sensitivity, whole[TRUE]),
        (KINDS[2], _precision, whole[MARKED]),
    ):
        blank = Statistic(kind=kind, items=len(rows), chance_corrected=False, inputs_hash=study.inputs_hash)
        if nobody or not part:
            figures.append(replace(blank, reason=nobody or Reason.NO_SPANS))
            continue
        sums = Sums(kinds, counts.astype(np.int64), evaluate, grouped=True)
        found = replace(blank, value=float(evaluate(sums.totals)))
        figures.append(
            with_interval(found, sums, seed=seed, confidence=confidence, reach=1.0, bounds=(0.0, 1.0))
        )
    return SpanPerson(name, len(rows), *figures)


def _reason(study: Study, texts: int) -> Reason | None:
    if len(study.raters) == 1:
        return Reason.ONE_ANNOTATOR
    return None if texts else Reason.NO_SHARED_ITEMS


def _f1(sums: Floats) -> Floats:
    return quotient(2 * sums[..., HIT], sums[..., TRUE] + sums[..., MARKED])


def _sensitivity(sums: Floats) -> Floats:
    return quotient(sums[..., HIT], sums[..., TRUE])


def _precision(sums: Floats) -> Floats:
    return quotient(sums[..., HIT], sums[..., MARKED])
