"""Truth from annotators who are drawn from one crowd: the loop that the hierarchical models share.

Each round takes the posterior of the items, learns the crowd and the annotators from it, and weighs every label by

    th[t] = P(this annotator says this | the item is of class t, their labels of other items)

so that no label confirms itself: an annotator's counts are taken without their own labels of the item at hand. The
posterior of an item is its class's prior times the product of th over its labels.

Afterwards each label is foretold from the item's other labels (`foretold`), with their evidence raised to a power in
(0, 1]; the power that foretells best is kept. Labels of one item err together more than any such model knows (items
differ in difficulty), and the power takes back the confidence that this fakes. Where classes are equally probable
before any label it never changes which one leads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Floats, Labels
from annotation.algorithms.truth.rows import normalised, total

ROUNDS = 80
STILL = 1e-3
"""No posterior moves further in the last round."""
SETTLE = 3
"""Strengths are estimated every third round: they move slowly, and cost more than the rest."""
POWERS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)


@dataclass(frozen=True, eq=False)
class Learned:
    """What one round learned: `said` is th (L x K), `confusion` (W x K x K) the annotators, `strength` of their
    prior."""

    said: Floats
    confusion: Floats
    strength: float


Learn = Callable[[Labels, Floats, float | None], Learned]
"""(labels, posterior, strength to keep or None to estimate it) -> what they teach."""


def infer(labels: Labels, learn: Learn, prior: Floats, method: str) -> Fit:
    """Run the loop from the shares of the votes. `prior` (K) is each class's probability before any label."""
    posterior, logs = labels.shares, np.log(prior)
    worth: float | None = None
    rounds, moved = 0, 1.0
    while rounds < ROUNDS and moved >= STILL:
        learned = learn(labels, posterior, worth if rounds % SETTLE else None)
        worth = learned.strength
        evidence = labels.by_item(np.log(learned.said))
        new = normalised(evidence + logs)
        moved = float(np.abs(new - posterior).max(initial=0.0))
        posterior = new
        rounds += 1
    learned = learn(labels, posterior, worth)
    evidence = labels.by_item(np.log(learned.said))
    power, foretold = _foretold(labels, learned.said, evidence, logs)
    return Fit(
        labels,
        method,
        normalised(power * evidence + logs),
        prior,
        learned.confusion,
        strength=learned.strength,
        power=power,
        foretold=foretold,
        iterations=rounds,
        converged=moved < STILL,
    )


def _foretold(labels: Labels, said: Floats, evidence: Floats, logs: Floats) -> tuple[float, Floats]:
    """The power that foretells labels best from the others of their item, and each label's log probability (L).

    Labels whose item has none by others foretell nothing (0); where all are such, the power is 1.
    """
    foretold = np.zeros(labels.item.size)
    others = labels.people[labels.item] > 1
    if not others.any():
        return 1.0, foretold
    rest = np.take(evidence, labels.item, axis=0) - labels.own_sums(np.log(said))
    heard = said
    if not others.all():
        rest, heard = rest[others], said[others]
    best, most = 1.0, -np.inf
    for power in POWERS:
        found = np.log(total(normalised(power * rest + logs) * heard)[:, 0])
        if found.sum() > most:
            best, most = power, float(found.sum())
            foretold[others] = found
    return best, foretold
