"""When an item has enough answers: the stopping rule that a project's policy hands in.

A rule is a pure function of the votes on one question. It is asked when the answers that the item wants are in; who
asks sees to it that there are at least the project's minimum.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import StrEnum
from statistics import fmean

from annotation.algorithms.expected_gain import expected_gain
from annotation.algorithms.posterior import expected_reliability, posterior

NEXT = expected_reliability(0, 0)
"""How reliable the next voter is taken to be at least."""
ROUNDING = 1e-9  # a posterior that is the threshold reaches it, whatever its last digits


class Decision(StrEnum):
    """`ENOUGH`: the top label holds. `MORE`: one more answer. `DISPUTED`: no more worth asking, and not sure."""

    ENOUGH = "enough"
    MORE = "more"
    DISPUTED = "disputed"


Votes = Sequence[tuple[Hashable, float]]
"""Who said what, with how reliable they are: (label, reliability in [0, 1]) pairs."""

StoppingRule = Callable[[Votes, int, int, int], Decision]
"""(votes, labels, given, most): what is said of a question with so many labels (0: any value), after how many answers
of the item, and how many it may get at most."""


def fixed(votes: Votes, labels: int, given: int, most: int) -> Decision:
    """The answers that were asked for are in, whatever they say."""
    return Decision.ENOUGH if given >= most else Decision.MORE


def adaptive(threshold: float) -> StoppingRule:
    """Ask on until the top label's posterior reaches the threshold, in (0, 1], or one more answer is not worth it.

    Who would be asked is not known here: they are taken to be as reliable as those who answered, and as who was never
    tested at least. Raises ValueError for another threshold.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"a threshold of {threshold}")

    def rule(votes: Votes, labels: int, given: int, most: int) -> Decision:
        if max(posterior(votes, labels).values(), default=0.0) >= threshold - ROUNDING:
            return Decision.ENOUGH
        if given >= most or (votes and not _worth_it(votes, labels, threshold)):
            return Decision.DISPUTED
        return Decision.MORE

    return rule


def _worth_it(votes: Votes, labels: int, threshold: float) -> bool:
    others = fmean(reliability for _, reliability in votes)
    return expected_gain(votes, labels, max(NEXT, others)).worth_it(threshold)


def rule_for(policy: str, options: Mapping[str, float]) -> StoppingRule:
    """The rule of a policy: `adaptive` reads `threshold` of the options, every other policy asks for a fixed number.

    Raises KeyError without the option, ValueError where it is out of range.
    """
    return adaptive(options["threshold"]) if policy == "adaptive" else fixed


def all_of(decisions: Sequence[Decision]) -> Decision:
    """An item's decision from its questions': each must have enough, and one that may still be had comes first."""
    for decision in (Decision.MORE, Decision.DISPUTED):
        if decision in decisions:
            return decision
    return Decision.ENOUGH
