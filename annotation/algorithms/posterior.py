"""What the votes on one question say about its true label, when each voter's reliability is known.

The one-coin model: voter i is right with probability r_i whatever the truth, and who is wrong says each of the other
labels equally often. It is Dawid & Skene's model with one number for a voter's whole confusion matrix:

    p_i(l) = s_i  if i said l,  else (1 - s_i) / (K - 1)

Items differ: of a hard one, people guess, and err together. An item's ease e is the part of its labels that says
something; the rest are guesses. It is unknown, so the posterior is a mean over what it may be:

    P(truth = l | votes)  is proportional to  sum_e P(e) prod_i ( e p_i(l) + (1 - e) / K )

A voter's reliability r_i is how often they are right of all items, hard ones among them; s_i is how often of easy ones:
r_i = sum_e P(e) (e s_i + (1 - e) / K). So one vote makes its label as probable as its voter is reliable.

Without the eases, a product of a few reliabilities is far too sure: on public sets, answers at .96 were right in .86.
`EASES` and `SHARES` are one assumption for every project; nothing of it is learned from the labels of one, because
labels alone cannot tell a crowd that is right from one that errs together (`benchmarks/replay.py` checks it by set).

Dawid, A. P., & Skene, A. M. (1979). Maximum likelihood estimation of observer error-rates using the EM algorithm.
doi:10.2307/2346806. Items that differ in difficulty: Whitehill, J., et al. (2009). Whose vote should count more:
optimal integration of labels from labelers of unknown expertise. NeurIPS 22.
"""

import math
from collections.abc import Hashable, Sequence
from typing import TypeVar

Label = TypeVar("Label", bound=Hashable)

MOST_RELIABLE = 0.99
"""No single vote is proof: of easy items, nobody counts as right more often than this."""
SUPPOSED_RIGHT, SUPPOSED_ASKED = 4, 5

EASES = (1.0, 0.5, 0.0)
SHARES = (0.7, 0.2, 0.1)
"""Seven items of ten are easy, in two every second label is a guess, of one all are."""


def expected_reliability(right: float, asked: float) -> float:
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
    if not votes:
        return {}
    size = size_of(votes, labels)
    chances, rest, _ = evidence(votes, size)
    total = math.fsum([*chances.values(), rest])
    return {label: chance / total for label, chance in chances.items()}


def size_of(votes: Sequence[tuple[Label, float]], labels: int) -> int:
    """K: how many labels have a chance; where any value may be said, those seen and one more."""
    seen = len({label for label, _ in votes})
    return max(labels, seen, 2) if labels else max(seen + 1, 2)


def evidence(votes: Sequence[tuple[Label, float]], size: int) -> tuple[dict[Label, float], float, float]:
    """The votes' probability by what is true, all divided by one factor, and that factor's logarithm.

    Of every label that somebody voted for; of all others together; the logarithm.
    """
    seen = list(dict.fromkeys(label for label, _ in votes))
    weighed = [(label, _skill(reliability, size)) for label, reliability in votes]
    logs = {label: _eased(label, weighed, size) for label in seen}
    unsaid = _eased(_NOBODY, weighed, size)
    top = max(max(each) for each in (*logs.values(), unsaid))
    chances = {label: math.fsum(math.exp(part - top) for part in each) for label, each in logs.items()}
    rest = (size - len(seen)) * math.fsum(math.exp(part - top) for part in unsaid)
    return chances, rest, top


def _skill(reliability: float, size: int) -> float:
    """How often who is right of `reliability` of all items is right of easy ones."""
    meant = math.fsum(ease * share for ease, share in zip(EASES, SHARES, strict=True))
    return min(max((reliability - (1 - meant) / size) / meant, 1 / size), MOST_RELIABLE)


_NOBODY = object()  # a label that no vote is for


def _eased(label: object, weighed: Sequence[tuple[object, float]], size: int) -> list[float]:
    """The logarithm of the votes' probability if `label` were the truth, with each ease and its share."""
    return [
        math.log(share)
        + math.fsum(
            math.log(ease * (skill if said == label else (1 - skill) / (size - 1)) + (1 - ease) / size)
            for said, skill in weighed
        )
        for ease, share in zip(EASES, SHARES, strict=True)
    ]
