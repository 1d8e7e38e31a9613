"""What a model believes after the labels it saw, and the assumption about hard items that all models share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotation.algorithms.posterior import EASES, SHARES
from annotation.algorithms.replay.ballots import Ballots, Floats

ENOUGH = 1e-3
"""A fit ends when no item's probability moves more than this."""

Eased = Sequence[Floats]
"""One array for every ease of `EASES`."""


@dataclass(frozen=True, eq=False)
class Belief:
    """What one model, or the mean of several, holds.

    truth  (I, K) the probability of each class for each item
    ease   (I,) how easy each item is held to be: the part of its labels that says something, the rest being guesses
    says   (W, K, K) the probability that a person says the label (last axis) of an easy item of the class
    """

    truth: Floats
    ease: Floats
    says: Floats


def mean_of(beliefs: Sequence[Belief]) -> Belief:
    """The mean of models that fail in different ways: where they differ, it is in doubt."""
    return Belief(
        np.mean([one.truth for one in beliefs], axis=0),
        np.mean([one.ease for one in beliefs], axis=0),
        np.mean([one.says for one in beliefs], axis=0),
    )


def joined(evidence: Eased, prior: Floats) -> tuple[list[Floats], Floats]:
    """Each ease's (I, K) part of the posterior, and their sum over eases, from each ease's log evidence (I, K)."""
    logs = [part + np.log(share) + np.log(prior) for part, share in zip(evidence, SHARES, strict=True)]
    top = np.max([part.max(axis=1) for part in logs], axis=0)
    parts = [np.exp(part - top[:, None]) for part in logs]
    truth = np.sum(parts, axis=0)
    total = truth.sum(axis=1, keepdims=True)
    return [part / total for part in parts], truth / total


def ease_of(parts: Eased) -> Floats:
    """(I,): the mean ease of each item under the posterior's parts."""
    return np.asarray(sum(ease * part.sum(axis=1) for ease, part in zip(EASES, parts, strict=True)))


def start(ballots: Ballots, before: Floats | None) -> Floats:
    """(I, K): where a fit begins: what was believed before, halfway to the labels' shares; else those shares."""
    if before is None or before.shape != ballots.shares.shape:
        return ballots.shares
    return np.asarray((before + ballots.shares) / 2)
