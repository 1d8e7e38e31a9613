"""What a method of truth inference found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.truth.labels import Floats, Labels

TIE = 1e-9
"""Classes whose probabilities differ by less share the first place."""


@dataclass(frozen=True, eq=False)
class Fit:
    """The truth of N items, as W annotators with K classes see it.

    `posterior` (N x K) is each class's probability. `prior` (K) is a class's probability before any label, and
    `confusion` (W x K x K) the probability that an annotator says v (last axis) of an item of class t: together they
    give the posterior of an item that is not among these (`posterior_of`). `strength` is how many labels the prior of
    an annotator is worth, 0 where annotators are taken at their counts, infinite where all are trusted alike.
    `power` tempers the evidence of labels: 1 as in the textbook, less where labels of one item err together.
    `foretold` (L) is the log probability of each label given the item's other labels and what the annotator said of
    other items (0 where nobody else labelled the item), None where the method has none. `parts` are the models of
    which this is a mean, with their weights.
    """

    labels: Labels
    method: str
    posterior: Floats
    prior: Floats
    confusion: Floats
    strength: float = 0.0
    power: float = 1.0
    log_likelihood: float | None = None
    foretold: Floats | None = None
    iterations: int = 0
    converged: bool = True
    parts: tuple[tuple[float, Fit], ...] = field(default=())

    @cached_property
    def top(self) -> NDArray[np.bool_]:
        """Which classes are the most probable of each item, N x K; several where they tie."""
        highest = self.posterior.max(axis=1, keepdims=True)
        return np.asarray(self.posterior >= highest - TIE)

    @cached_property
    def answer(self) -> NDArray[np.int64]:
        """The code of each item's most probable class, N; the first in the order of classes where several tie."""
        return np.asarray(np.argmax(self.top, axis=1), dtype=np.int64)

    def correctness(self, truth: NDArray[np.int64]) -> Floats:
        """The score of each item against the code of its known class: 1 / (classes that tie) if it is among them, N.

        A code below 0 is an answer that nobody gave: it scores 0.
        """
        hit = self.top[np.arange(len(truth)), np.maximum(truth, 0)] & (truth >= 0)
        return np.where(hit, 1 / self.top.sum(axis=1), 0.0)

    def posterior_of(self, votes: Sequence[tuple[int, int]]) -> Floats:
        """The probability of each class (K) for an item with these (annotator, class) labels, in codes.

        An annotator below 0 is one of whom nothing is known: the crowd's mean confusion speaks for them. The labels
        are taken as new ones: for an item of the fit this counts what was learned from its own labels twice.
        """
        if self.parts:
            return np.asarray(sum(share * part.posterior_of(votes) for share, part in self.parts))
        logs = np.log(self.prior)
        for annotator, value in votes:
            table = self.crowd if annotator < 0 else self.confusion[annotator]
            logs = logs + self.power * np.log(np.maximum(table[:, value], 1e-300))
        chances = np.exp(logs - logs.max())
        return np.asarray(chances / chances.sum())

    @cached_property
    def crowd(self) -> Floats:
        """The mean confusion of all labels, K x K: what is expected of somebody unknown."""
        k = len(self.labels.classes)
        if not self.labels.item.size:
            return np.full((k, k), 1 / k)
        return np.asarray(np.average(self.confusion, axis=0, weights=self.labels.given))
