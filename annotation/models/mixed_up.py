"""Which labels meet on an item, read from the stored patterns: what a heat map and its links need."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log2
from typing import Any

from django.db.models import Max, Sum

from annotation.models.pattern import PatternCount
from annotation.models.project import Project

Label = Any
MOST = 2000  # patterns that are read; of free numbers there may be as many as items


@dataclass(frozen=True)
class Pattern:
    """A pattern of one question, whatever the day and the guideline: `times` maps a label's place to how often."""

    digest: str
    said: tuple[tuple[Label, int], ...]
    items: int

    @property
    def answers(self) -> int:
        return sum(times for _, times in self.said)

    @property
    def entropy(self) -> float:
        """Of the labels, in bits; as `ItemPattern.entropy`."""
        whole = self.answers
        return (
            sum(-times / whole * log2(times / whole) for _, times in self.said) if len(self.said) > 1 else 0.0
        )

    def pairs(self) -> Iterable[tuple[Label, Label, int]]:
        """Unordered pairs of answers on such an item, by their labels, with how many there are."""
        for at, (one, times) in enumerate(self.said):
            if times > 1:
                yield one, one, times * (times - 1) // 2
            for two, others in self.said[at + 1 :]:
                yield one, two, times * others


@dataclass(frozen=True)
class Meeting:
    """Two labels that met: on how many items, and in how many pairs of answers. `digests` are the patterns."""

    one: Label
    two: Label
    items: int
    pairs: int
    digests: Sequence[str] = field(default=(), repr=False)


def patterns_of(project: Project, question: str, kind: str) -> list[Pattern]:
    """The most frequent patterns, added up over days and guideline versions. Two statements."""
    rows = PatternCount.objects.filter(project=project, question=question, kind=kind)
    sums = list(rows.values("digest").annotate(n=Sum("items"), at=Max("pk")).order_by("-n", "digest")[:MOST])
    said = dict(rows.filter(pk__in=[row["at"] for row in sums]).values_list("pk", "pattern"))
    return [
        Pattern(row["digest"], tuple((_hashable(label), times) for label, times in said[row["at"]]), row["n"])
        for row in sums
        if isinstance(said.get(row["at"]), list)
    ]


def meetings(patterns: Iterable[Pattern]) -> list[Meeting]:
    """Every pair of labels that met on an item, those that are equal too; the most pairs first."""
    pairs: Counter[tuple[Label, Label]] = Counter()
    items: Counter[tuple[Label, Label]] = Counter()
    digests: dict[tuple[Label, Label], list[str]] = {}
    for pattern in patterns:
        for one, two, times in pattern.pairs():
            key = (one, two) if str(one) <= str(two) else (two, one)
            pairs[key] += times * pattern.items
            items[key] += pattern.items
            digests.setdefault(key, []).append(pattern.digest)
    found = [Meeting(*key, items[key], count, digests[key]) for key, count in pairs.items()]
    return sorted(found, key=lambda one: (-one.pairs, str(one.one), str(one.two)))


def _hashable(label: Any) -> Label:
    return tuple(label) if isinstance(label, list) else label
