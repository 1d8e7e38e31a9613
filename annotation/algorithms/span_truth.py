"""The true spans of texts from several annotators' spans, without knowing any of them: weighted votes along a chain.

Each label by itself: a text is a row of places (tokens, or characters), each inside or outside of the label, and every
annotator marks some of them. With z the truth and c an annotator's mark at a place, z' and c' at the place before,

    P(z | z')           the truth's steps, one table
    P(c | c', z', z)    what the annotator does there, a table each

So the annotator's sensitivity (how often they begin where a span begins, and stay in it) and precision (how seldom they
begin elsewhere) weigh their vote, and a mark counts again only where it or the truth changes. Tables and truth are
found by expectation maximisation from the share of votes. The mean table of all annotators stands in for PRIOR answers
of each: an answer is the unit here, since what somebody does in one text goes together.

Dawid & Skene (1979), doi:10.2307/2346806, has one place and no chain; Nguyen, A. T. et al. (2017), Aggregating and
predicting sequence labels from crowd annotations (ACL), doi:10.18653/v1/P17-1028, has the chain of the truth;
Simpson, E. & Gurevych, I. (2019), A Bayesian approach for sequence tagging with crowds (EMNLP),
doi:10.18653/v1/D19-1101, adds the annotator's mark before, as here.

Spans of one label that touch come out as one. Results do not depend on the order of rows, and nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.span_chain import CELLS, Chains, chains_of, smoothed
from annotation.algorithms.span_places import Tokens, TrueSpan, texts_of
from annotation.algorithms.study import Study

PRIOR = 2.0
MOST_ROUNDS = 100
_CLOSE = 1e-3  # rounds end when no place's probability moves by more
_AT_FIRST = np.array(
    [[0.9, 0.1], [0.1, 0.9]]
)  # (truth, mark): what is assumed of a step seen at one place only
_LEAST = 1e-2


@dataclass(frozen=True)
class SpanAnnotator:
    """How one annotator did with one label, against what came out: shares of places, None where there are none.

    `sensitivity` is of the true places, `precision` of the marked ones; `starts` is how often they began a span at the
    very place where one begins. `answers` counts texts.
    """

    annotator: Hashable
    label: str
    answers: int
    sensitivity: float | None
    precision: float | None
    starts: float | None


@dataclass(frozen=True)
class SpanTruth:
    """The spans of each item in order, the annotators, and by label how many `rounds` it took."""

    spans: dict[Hashable, tuple[TrueSpan, ...]]
    annotators: list[SpanAnnotator] = field(default_factory=list)
    rounds: dict[str, int] = field(default_factory=dict)


def infer_spans(study: Study, tokens: Tokens | None = None, *, at_least: float = 0.5) -> SpanTruth:
    """The spans whose places are true with more than `at_least`, from all items and annotators of a study.

    `tokens` gives each item's tokens as half-open (start, end) in order; without it places are characters up to the
    last marked one. An item with a single answer is judged by how its annotator did elsewhere.
    """
    texts = texts_of(study, tokens)
    found: dict[Hashable, list[TrueSpan]] = {text.item: [] for text in texts}
    annotators: list[SpanAnnotator] = []
    rounds = {}
    for label in sorted({span[2] for text in texts for spans in text.spans for span in spans}):
        chains = chains_of([text.marks(label) for text in texts], len(study.raters))
        model = maximise(chains)
        rounds[label] = model.rounds
        for text, part in zip(texts, np.split(model.inside, np.cumsum(chains.lengths)[:-1]), strict=True):
            found[text.item] += text.runs(part, label, at_least)
        annotators += _annotators(study, chains, model.steps, label)
    return SpanTruth(
        {item: tuple(sorted(spans, key=_order)) for item, spans in found.items()}, annotators, rounds
    )


def majority_spans(study: Study, tokens: Tokens | None = None, *, more_than: float = 0.5) -> SpanTruth:
    """The spans whose places more than this share of an item's annotators marked; ties are outside."""
    texts = texts_of(study, tokens)
    found: dict[Hashable, list[TrueSpan]] = {text.item: [] for text in texts}
    for text in texts:
        for label in sorted({span[2] for spans in text.spans for span in spans}):
            votes = np.mean([marks for _, marks in text.marks(label)], axis=0)
            found[text.item] += text.runs(votes, label, more_than)
    return SpanTruth({item: tuple(sorted(spans, key=_order)) for item, spans in found.items()})


@dataclass(frozen=True, eq=False)
class Fitted:
    """One label's model: the probability of being inside (places,), that of steps (places, before, now), what each
    annotator does in logarithms (annotators, cells, before, now), the truth's steps, and the rounds it took.
    """

    inside: Floats
    steps: Floats
    logs: Floats
    trans: Floats
    rounds: int


def maximise(chains: Chains) -> Fitted:
    """Tables and truth of one label, by expectation maximisation from the share of votes."""
    inside = chains.votes()
    steps = chains.steps(inside)
    logs: Floats = np.zeros((chains.annotators, CELLS, 2, 2))
    trans: Floats = np.full((2, 2), 0.5)
    rounds = 0
    while rounds < MOST_ROUNDS:
        rounds += 1
        trans = steps.sum(axis=0) + _LEAST
        trans = trans / trans.sum(axis=1, keepdims=True)
        logs = np.log(_tables(chains.counts(steps), chains.answers))
        steps, _ = smoothed(chains.lengths, chains.evidence(logs), trans)
        last, inside = inside, steps[:, :, 1].sum(axis=1)
        if np.abs(inside - last).max(initial=0.0) < _CLOSE:
            break
    return Fitted(inside, steps, logs, trans, rounds)


def _tables(counts: Floats, answers: int) -> Floats:
    """P(mark | mark before, truth before, truth now) of each annotator, in the shape of `counts`."""
    grouped = counts.reshape(-1, 2, 2, 2, 2)  # annotator, mark before and now, truth before and now
    whole = grouped.sum(axis=0) + _AT_FIRST.T[None, :, None, :]
    grouped = grouped + PRIOR * whole / answers
    tables = grouped / grouped.sum(axis=2, keepdims=True)
    return np.asarray(tables.reshape(-1, CELLS, 2, 2), dtype=np.float64)


def _annotators(study: Study, chains: Chains, steps: Floats, label: str) -> list[SpanAnnotator]:
    counts = chains.counts(steps)
    marked, true = counts[:, 1::2].sum(axis=1), counts[..., 1].sum(axis=(1, 2))
    hit = marked[..., 1].sum(axis=1)
    begun = counts[:, 1, 0, 1], counts[:, 0, 0, 1] + counts[:, 1, 0, 1]
    texts = np.bincount(
        np.unique(np.stack([study.rater, study.item]), axis=1)[0], minlength=len(study.raters)
    )
    return [
        SpanAnnotator(
            name,
            label,
            int(texts[at]),
            _share(hit[at], true[at]),
            _share(hit[at], marked[at].sum()),
            _share(begun[0][at], begun[1][at]),
        )
        for at, name in enumerate(study.raters)
    ]


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 1e-9 else None


def _order(span: TrueSpan) -> tuple[int, int, str]:
    return span.start, span.end, span.label
