"""The careful model: every person has one reliability, every label is as likely as another before anybody spoke.

Person w is right with probability r_w, and who is wrong says each other label equally often. A person's errors are
reckoned with FIRM errors of the crowd's mean as a prior (a Gamma prior on the rate of errors, whose mean is the
crowd's): who gave few labels counts as the crowd does.

    r_w = 1 - (1 - r) (FIRM + errors of w) / (FIRM + labels of w * (1 - r))

It knows no bias for a label and no frequent label, so it cannot drift to either: with few labels that is what goes
wrong in the model of Dawid and Skene (1979), doi:10.2307/2346806, of which it is the simplest form.
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.posterior import EASES
from annotation.algorithms.replay.ballots import Ballots, Floats
from annotation.algorithms.replay.belief import ENOUGH, Belief, ease_of, joined, start

FIRM = 5.0
LEAST, MOST = 0.02, 0.995
SUPPOSED_RIGHT, SUPPOSED = (
    4.0,
    5.0,
)  # the crowd's mean begins at four right of five, as a person's does elsewhere


def one_coin(ballots: Ballots, before: Floats | None = None, rounds: int = 30) -> Belief:
    """Fit by expectation maximisation, beginning with an earlier fit's `truth` if there is one."""
    truth = start(ballots, before)
    wrong = ballots.classes - 1
    right = truth[ballots.item, ballots.label] * 0.9
    said = 0.9 * np.ones(len(ballots.item))
    prior = np.full(ballots.classes, 1 / ballots.classes)
    for _ in range(rounds):
        skill = reliabilities(ballots, right, said)
        hit, miss = skill[ballots.worker], (1 - skill[ballots.worker]) / wrong
        parts, new = joined([_evidence(ballots, hit, miss, ease) for ease in EASES], prior)
        right, said = _attentive(ballots, parts, hit, miss)
        moved = float(np.abs(new - truth).max())
        truth = new
        if moved < ENOUGH:
            break
    return Belief(truth, ease_of(parts), _confusion(reliabilities(ballots, right, said), ballots.classes))


def reliabilities(ballots: Ballots, right: Floats, said: Floats) -> Floats:
    """(W,): each person's reliability from how far each label was right, of how far it was meant (not guessed)."""
    crowd = (right.sum() + SUPPOSED_RIGHT) / (said.sum() + SUPPOSED)
    labels, errors = ballots.by_worker(said), ballots.by_worker(said - right)
    rate = (FIRM + errors) / (FIRM + labels * (1 - crowd))
    return np.asarray(np.clip(1 - (1 - crowd) * rate, LEAST, MOST))


def _evidence(ballots: Ballots, hit: Floats, miss: Floats, ease: float) -> Floats:
    """(I, K): the log probability of each item's labels if it were of the class, at this ease."""
    guess = (1 - ease) / ballots.classes
    wrong = np.log(ease * miss + guess)
    gain = np.log(ease * hit + guess) - wrong
    cells = np.bincount(
        ballots.item * ballots.classes + ballots.label,
        weights=gain,
        minlength=ballots.items * ballots.classes,
    )
    return np.asarray(cells.reshape(ballots.items, -1) + ballots.by_item(wrong)[:, None])


def _attentive(ballots: Ballots, parts: list[Floats], hit: Floats, miss: Floats) -> tuple[Floats, Floats]:
    """For each label: the probability that it was meant and right, and that it was meant at all."""
    right, said = np.zeros(len(hit)), np.zeros(len(hit))
    for ease, part in zip(EASES, parts, strict=True):
        guess = (1 - ease) / ballots.classes
        own = part[ballots.item, ballots.label]
        rest = part.sum(axis=1)[ballots.item] - own
        meant = own * ease * hit / (ease * hit + guess)
        right += meant
        said += meant + rest * ease * miss / (ease * miss + guess)
    return right, said


def _confusion(skill: Floats, classes: int) -> Floats:
    table = np.repeat(((1 - skill) / (classes - 1))[:, None], classes * classes, axis=1)
    table = table.reshape(len(skill), classes, classes)
    table[:, range(classes), range(classes)] = skill[:, None]
    return table
