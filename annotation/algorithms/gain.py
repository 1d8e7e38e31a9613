"""How much settling a dispute is worth: what is not known about its answer, in bits.

For a question with one value the uncertainty is the entropy of the answers' posterior (`posterior`), what nobody said
counted in:

    H = - sum_l p_l log2 p_l,   the rest of the probability spread evenly over the labels that nobody said

For a set (several labels, marked spans) each element that somebody named is either in it or not, and the uncertainty is
the mean of these elements' entropies: one span of ten in dispute is worth less than one of one.

Shannon, C. E. (1948). A mathematical theory of communication. doi:10.1002/j.1538-7305.1948.tb01338.x
"""

import math
from collections.abc import Collection, Hashable, Sequence

from annotation.algorithms.posterior import posterior


def uncertainty(votes: Sequence[tuple[Hashable, float]], labels: int) -> float:
    """Bits that are missing to know the answer. `votes` and `labels` as `posterior` takes them; no vote: 0."""
    chances = posterior(votes, labels)
    if not chances:
        return 0.0
    rest = max(0.0, 1.0 - math.fsum(chances.values()))
    unsaid = max(labels - len(chances), 1)
    return math.fsum(_bits(chance) for chance in chances.values()) + unsaid * _bits(rest / unsaid)


def uncertainty_of_sets(votes: Sequence[tuple[Collection[Hashable], float]]) -> float:
    """The same where each vote is a set: the mean over the elements of whether it belongs. Nothing named: 0."""
    elements = dict.fromkeys(element for said, _ in votes for element in said)
    if not elements:
        return 0.0
    told = [(set(said), reliability) for said, reliability in votes]
    bits = [
        uncertainty([(element in said, reliability) for said, reliability in told], 2) for element in elements
    ]
    return math.fsum(sorted(bits)) / len(bits)


def _bits(chance: float) -> float:
    return -chance * math.log2(chance) if chance > 0 else 0.0
