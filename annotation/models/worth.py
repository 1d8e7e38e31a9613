"""What settling a dispute is worth, and what is contested in it, from the answers that count. Read-only."""

from dataclasses import dataclass
from typing import Any

from annotation.algorithms.contribution import label_of
from annotation.algorithms.gain import uncertainty, uncertainty_of_sets
from annotation.algorithms.verdict import SETS, canonical_value
from annotation.formats.schema import Kind
from annotation.models.adjudication import Dispute
from annotation.models.project import Project
from annotation.models.weighing import UNTESTED, Weighed, labels_of

MOST_CONTESTED = 40
UNANSWERED = "–"


@dataclass(frozen=True)
class Worth:
    """`uncertainty` in bits, and the counts behind it: `answers` were given, `top` of them say the same.

    `contested` are the labels (for ratings and numbers the values) that not every answer holds, sorted.
    """

    uncertainty: float
    answers: int
    top: int
    contested: list[str]

    @property
    def tally(self) -> dict[str, Any]:
        """As `Dispute.tally` keeps it."""
        return {"answers": self.answers, "top": self.top, "contested": self.contested}


def worth(weighed: Weighed) -> Worth:
    """Of one question of an item."""
    deciding, kind = weighed.deciding, weighed.question.kind
    said = [deciding.said(one) for one in deciding.annotations]
    trust = [weighed.trust.get(one.uid, UNTESTED) for one in deciding.annotations]
    keys = [canonical_value(kind, value) for value in said]
    if kind in SETS:
        bits = uncertainty_of_sets(
            [(_elements(value), weight) for value, weight in zip(said, trust, strict=True)]
        )
    else:
        bits = uncertainty(list(zip(keys, trust, strict=True)), labels_of(weighed.question))
    top = max((keys.count(key) for key in set(keys)), default=0)
    return Worth(bits, len(said), top, contested(kind, said))


def weighed(dispute: Dispute, each: Weighed) -> Dispute:
    """The dispute with its worth written on it, not saved."""
    found = worth(each)
    dispute.uncertainty = found.uncertainty
    dispute.gain = found.uncertainty * weight_of(dispute.project, dispute.question)
    dispute.tally = found.tally
    return dispute


def weight_of(project: Project, question: str) -> float:
    """How much settling the question is worth beside the others of the project; 1 where nobody has said."""
    return float(project.question_weights.get(question, 1.0))


def contested(kind: str, said: list[Any]) -> list[str]:
    """The labels or values on which the answers differ, at most MOST_CONTESTED, as words that can be compared."""
    if kind in SETS:
        sets = [set(_elements(value)) for value in said] or [set()]
        differing = set.union(*sets) - set.intersection(*sets)
        names = {str(element) if kind == Kind.CHOICES else str(element[2]) for element in differing}
    else:
        names = {_word(value) for value in said}
    return sorted(names)[:MOST_CONTESTED]


def _elements(value: Any) -> list[Any]:
    return [label_of(one) for one in value or ()]


def _word(value: Any) -> str:
    if isinstance(value, list):  # an order
        return " > ".join(_word(one) for one in value)
    return UNANSWERED if value is None else str(value)
