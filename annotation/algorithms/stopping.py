"""When an item has enough answers: the stopping rule that a project's policy hands in.

A rule is a pure function of the votes on one question. It is asked when the answers that the item wants are in; who
asks sees to it that there are at least the project's minimum. A replay that trusts everybody alike stops by the same
rule (`stands`).
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from annotation.algorithms.expected_gain import expected_gain, least_worth_it
from annotation.algorithms.posterior import expected_reliability, posterior

NEXT = expected_reliability(0, 0)
"""How reliable the next voter is taken to be at least."""
ROUNDING = 1e-9  # a posterior that is the threshold reaches it, whatever its last digits
CONTENDERS = 2


class Outcome(StrEnum):
    """`SETTLED`: the top label holds. `ASK`: one more answer. `ADJUDICATE`: no more worth asking, and not sure."""

    SETTLED = "settled"
    ASK = "ask"
    ADJUDICATE = "adjudicate"


@dataclass(frozen=True)
class Wanted:
    """Who is to be asked, best.

    `between` are the labels that lead, the likeliest first: who tells one from the other. `least` is how reliable a
    person must be for their answer to be worth its price, 0 where anybody's is.
    """

    between: tuple[Hashable, ...]
    least: float = 0.0


@dataclass(frozen=True)
class Decision:
    """What a policy answers: how the item stands, how probable its best answer is, and whom to ask, if anybody."""

    outcome: Outcome
    probability: float
    wanted: Wanted | None = None


Votes = Sequence[tuple[Hashable, float]]
"""Who said what, with how reliable they are: (label, reliability in [0, 1]) pairs."""

StoppingRule = Callable[[Votes, int, int, int], Decision]
"""(votes, labels, given, most): what is said of a question with so many labels (0: any value), after how many answers
of the item, and how many it may get at most."""


def fixed(votes: Votes, labels: int, given: int, most: int) -> Decision:
    """The answers that were asked for are in, whatever they say: anybody may give what is missing."""
    chances = posterior(votes, labels)
    if given >= most:
        return Decision(Outcome.SETTLED, max(chances.values(), default=0.0))
    return Decision(Outcome.ASK, max(chances.values(), default=0.0), Wanted(_leading(chances)))


def adaptive(threshold: float) -> StoppingRule:
    """Ask on until the top label's posterior reaches the threshold, in (0, 1], or one more answer is not worth it.

    Who would be asked is not known here: they are taken to be as reliable as those who answered, and as who was never
    tested at least. The answer says from which reliability on it is worth it. Raises ValueError for another threshold.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"a threshold of {threshold}")

    def rule(votes: Votes, labels: int, given: int, most: int) -> Decision:
        chances = posterior(votes, labels)
        outcome, top = _stands(chances, (votes, labels, given, most), threshold)
        if outcome is not Outcome.ASK:
            return Decision(outcome, top)
        least = least_worth_it(votes, labels, threshold, _expected(votes)) if votes else 0.0
        return Decision(outcome, top, Wanted(_leading(chances), least))

    return rule


def stands(votes: Votes, labels: int, most: int, threshold: float) -> tuple[Outcome, float]:
    """What `adaptive` says of a question all of whose answers are votes, without whom to ask: how it stands, and how
    probable its best answer is."""
    return _stands(posterior(votes, labels), (votes, labels, len(votes), most), threshold)


def _stands(
    chances: Mapping[Hashable, float], asked: tuple[Votes, int, int, int], threshold: float
) -> tuple[Outcome, float]:
    votes, labels, given, most = asked
    top = max(chances.values(), default=0.0)
    if top >= threshold - ROUNDING:
        return Outcome.SETTLED, top
    if given >= most or (votes and not _worth_it(votes, labels, threshold)):
        return Outcome.ADJUDICATE, top
    return Outcome.ASK, top


def _worth_it(votes: Votes, labels: int, threshold: float) -> bool:
    return expected_gain(votes, labels, _expected(votes)).worth_it(threshold)


def _expected(votes: Votes) -> float:
    return max(NEXT, fmean(reliability for _, reliability in votes))


def _leading(chances: Mapping[Hashable, float]) -> tuple[Hashable, ...]:
    """The likeliest labels, whatever the order of the votes."""
    return tuple(sorted(chances, key=lambda label: (-round(chances[label], 9), str(label))))[:CONTENDERS]


def rule_for(policy: str, options: Mapping[str, float]) -> StoppingRule:
    """The rule of a policy: `adaptive` reads `threshold` of the options, every other policy asks for a fixed number.

    Raises KeyError without the option, ValueError where it is out of range.
    """
    return adaptive(options["threshold"]) if policy == "adaptive" else fixed


def all_of(outcomes: Sequence[Outcome]) -> Outcome:
    """An item's outcome from its questions': each must be settled, and an answer that may still be had comes first."""
    for outcome in (Outcome.ASK, Outcome.ADJUDICATE):
        if outcome in outcomes:
            return outcome
    return Outcome.SETTLED
