"""What the votes on one question say about its true label, when each voter's reliability is known.

The one-coin model: voter i is right with probability r_i whatever the truth, and who is wrong says each of the other
labels equally often. It is Dawid & Skene's model with one number for a voter's whole confusion matrix:

    P(truth = l | votes)  is proportional to  prod_i  r_i  if i said l,  else (1 - r_i) / (K - 1)

Dawid, A. P., & Skene, A. M. (1979). Maximum likelihood estimation of observer error-rates using the EM algorithm.
doi:10.2307/2346806
"""

import math
from collections.abc import Hashable, Sequence
from typing import TypeVar

Label = TypeVar("Label", bound=Hashable)

MOST_RELIABLE = 0.99
"""No single vote is proof: nobody counts as more reliable than this."""
SUPPOSED_RIGHT, SUPPOSED_ASKED = 4, 5


def expected_reliability(right: int, asked: int) -> float:
    """How reliable a voter is who was right `right` times of `asked`: the mean of a Beta(4, 1) prior made better.

    Who has never been tested counts as right in four of five: at one of two, votes of people that are not known yet
    would say nothing, and every item would go on to its most answers.
    """
    return (right + SUPPOSED_RIGHT) / (asked + SUPPOSED_ASKED)


def posterior(votes: Sequence[tuple[Label, float]], labels: int) -> dict[Label, float]:
    """Label -> probability that it is the true one, for every label that somebody voted for.

    `votes` are (label, reliability) pairs. `labels` is how many labels the question has, 0 where any value may be said
    (numbers, spans); the prior is uniform over them, or over those seen and one more. The values add up to less than 1
    where a label that nobody said has a chance. A reliability below 1/K counts as 1/K: a vote that is worse than chance
    says nothing, and never speaks against its label. The order of the votes makes no difference.
    """
    seen = list(dict.fromkeys(label for label, _ in votes))
    if not seen:
        return {}
    size = max(labels, len(seen), 2) if labels else len(seen) + 1
    weighed = [(label, _clip(reliability, size)) for label, reliability in votes]
    nobody = [math.log((1 - reliability) / (size - 1)) for _, reliability in weighed]
    weights = {label: math.fsum(_logs(label, weighed, nobody)) for label in seen}
    unsaid = math.fsum(nobody)
    top = max(*weights.values(), unsaid)
    chances = {label: math.exp(weight - top) for label, weight in weights.items()}
    total = math.fsum([*chances.values(), (size - len(seen)) * math.exp(unsaid - top)])
    return {label: chance / total for label, chance in chances.items()}


def _clip(reliability: float, size: int) -> float:
    return min(max(reliability, 1 / size), MOST_RELIABLE)


def _logs(label: Label, weighed: Sequence[tuple[Label, float]], nobody: Sequence[float]) -> list[float]:
    """The logarithm of each vote's probability if `label` were the truth."""
    return [
        math.log(reliability) if said == label else wrong
        for (said, reliability), wrong in zip(weighed, nobody, strict=True)
    ]
