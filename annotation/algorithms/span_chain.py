"""One label's marks along texts as a chain: what annotators marked, and the smoothed probability of what is true.

A text is a row of places (tokens or characters), each inside (1) or outside (0) of the label. The truth steps from
place to place by `trans` (before, now); an annotator's mark depends on their own at the place before and on both
truths. So a boundary that is set late or missed is one event, not one for every place after it: marks of neighbouring
places are not counted as if they were independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.counts import Codes

CELLS = 4
"""Marks before and now of one annotator: 0 and 0, 0 and 1, 1 and 0, 1 and 1."""


@dataclass(frozen=True, eq=False)
class Chains:
    """Texts one after the other.

    `lengths` (texts,) in places; for each mark (a place an annotator has read) the `place` it is at, counted through
    all texts, the `annotator` and the `cell`. `answers` counts pairs of a text and an annotator.
    """

    lengths: Codes
    place: Codes
    annotator: Codes
    cell: Codes
    annotators: int
    answers: int

    @property
    def places(self) -> int:
        """How many places there are."""
        return int(self.lengths.sum())

    def votes(self) -> Floats:
        """The share of those who read a place that marked it, (places,)."""
        read = np.bincount(self.place, minlength=self.places)
        marked = np.bincount(self.place, weights=self.cell % 2, minlength=self.places)
        return np.divide(marked, read, out=np.zeros(self.places), where=read > 0)

    def steps(self, inside: Floats) -> Floats:
        """Probabilities (places, before, now) as if places were independent; before a text is outside."""
        before = np.concatenate([[0.0], inside[:-1]])[: inside.size]
        begins = np.cumsum(self.lengths) - self.lengths
        before[begins[self.lengths > 0]] = 0.0
        was, now = np.stack([1 - before, before], 1), np.stack([1 - inside, inside], 1)
        return np.asarray(was[:, :, None] * now[:, None, :], dtype=np.float64)

    def counts(self, steps: Floats) -> Floats:
        """Expected counts (annotators, cells, before, now) of what each annotator did at which step of the truth."""
        rows = self.annotator * CELLS + self.cell
        size = self.annotators * CELLS
        found = [
            np.bincount(rows, weights=steps[self.place, was, now], minlength=size)
            for was in (0, 1)
            for now in (0, 1)
        ]
        table = np.stack(found, axis=1).reshape(self.annotators, CELLS, 2, 2)
        return np.asarray(table, dtype=np.float64)

    def evidence(self, logs: Floats) -> Floats:
        """The sum of `logs` (annotators, cells, before, now) over the marks of each place, (places, before, now)."""
        per_mark = logs[self.annotator, self.cell]
        found = [
            np.bincount(self.place, weights=per_mark[:, was, now], minlength=self.places)
            for was in (0, 1)
            for now in (0, 1)
        ]
        return np.asarray(np.stack(found, axis=1).reshape(-1, 2, 2), dtype=np.float64)


def chains_of(texts: Sequence[Sequence[tuple[int, Codes]]], annotators: int) -> Chains:
    """From each text's (annotator, marks of 0 and 1 by place); all marks of a text have the same length."""
    place: list[Codes] = []
    who: list[Codes] = []
    cell: list[Codes] = []
    lengths, first = [], 0
    for answers in texts:
        length = answers[0][1].size
        for annotator, marks in answers:
            place.append(np.arange(first, first + length))
            who.append(np.full(length, annotator))
            cell.append(2 * np.concatenate([[0], marks[:-1]])[:length] + marks)
        lengths.append(length)
        first += length
    return Chains(
        np.array(lengths, dtype=np.int64),
        _joined(place),
        _joined(who),
        _joined(cell),
        annotators,
        answers=sum(map(len, texts)),
    )


def _joined(parts: list[Codes]) -> Codes:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts]).astype(np.int64)


def smoothed(lengths: Codes, evidence: Floats, trans: Floats) -> tuple[Floats, float]:
    """Forward and backward: probabilities (places, before, now) given all marks, and the log-likelihood.

    `evidence` (places, before, now) is the log-likelihood of a place's marks, `trans` (before, now) the truth's steps.
    Before its first place a text is outside. Texts are walked side by side, the longest first.
    """
    top = evidence.max(axis=(1, 2))
    moves = np.exp(evidence - top[:, None, None]) * trans
    order = np.argsort(-lengths, kind="stable")
    first = (np.cumsum(lengths) - lengths)[order]
    walking = [int((lengths > step).sum()) for step in range(int(lengths.max(initial=0)))]
    before = np.zeros((len(evidence), 2))  # forward, at the place before
    state = np.tile([1.0, 0.0], (lengths.size, 1))
    scale = np.ones(len(evidence))
    for step, texts in enumerate(walking):
        at = first[:texts] + step
        before[at] = state[:texts]
        grown = (state[:texts, :, None] * moves[at]).sum(axis=1)
        scale[at] = grown.sum(axis=1)
        state[:texts] = grown / scale[at, None]
    after = np.ones((len(evidence), 2))  # backward, from this place on
    state = np.ones((lengths.size, 2))
    for step in range(len(walking) - 1, -1, -1):
        at = first[: walking[step]] + step
        after[at] = state[: walking[step]]
        grown = (moves[at] * state[: walking[step], None, :]).sum(axis=2)
        state[: walking[step]] = grown / grown.sum(axis=1, keepdims=True)
    steps = before[:, :, None] * moves * after[:, None, :]
    steps /= steps.sum(axis=(1, 2), keepdims=True)
    return steps, float(np.log(scale).sum() + top.sum())
