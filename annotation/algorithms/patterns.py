"""The table *pattern -> number of items*, enough for every agreement measure that ignores who said what.

A pattern is the multiset of labels one item received, written as sorted `(label, times)` pairs. Items with
the same pattern are exchangeable, so the table is a sufficient statistic for percent agreement,
Krippendorff's alpha, Fleiss' kappa and their relatives. Tables add up: the sum over shards is the table of
the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotation.algorithms.canonical import canonical_json, sha256_hex, sort_key
from annotation.algorithms.scalars import as_json, as_label

Label = Hashable
"""A JSON scalar, or a tuple of them for an answer that is a set."""

Pattern = tuple[tuple[Label, int], ...]


def pattern_of(labels: Iterable[Label]) -> Pattern:
    """The pattern of one item's labels, the same for any order of them."""
    return tuple(sorted(Counter(map(as_label, labels)).items(), key=lambda pair: sort_key(pair[0])))


@dataclass(frozen=True)
class Patterns:
    """Counts of items by pattern. Patterns of a single label are kept, though no measure pairs them."""

    counts: Mapping[Pattern, int] = field(default_factory=dict)

    @classmethod
    def from_items(cls, items: Iterable[Iterable[Label]]) -> Patterns:
        """Build the table from each item's labels (repeats by one rater already reduced)."""
        return cls(Counter(pattern for pattern in map(pattern_of, items) if pattern))

    def __add__(self, other: Patterns) -> Patterns:
        """The table of both sets of items together."""
        total = Counter(self.counts)
        total.update(other.counts)
        return Patterns(total)

    def moved(self, before: Pattern, after: Pattern) -> Patterns:
        """The table after one item's labels changed from `before` to `after`; an empty pattern is no item.

        Raises ValueError when no item has the pattern `before`.
        """
        total = dict(self.counts)
        if before:
            left = total.get(before, 0) - 1
            if left < 0:
                raise ValueError("no item has this pattern")
            if left:
                total[before] = left
            else:
                del total[before]
        if after:
            total[after] = total.get(after, 0) + 1
        return Patterns(total)

    def collapsed(self, label: Label) -> Patterns:
        """The table with every other label merged into one: `label` against the rest."""
        total: Counter[Pattern] = Counter()
        label = as_label(label)
        for pattern, items in self.counts.items():
            inside = sum(times for value, times in pattern if value == label)
            outside = sum(times for _, times in pattern) - inside
            total[tuple((flag, times) for flag, times in ((False, outside), (True, inside)) if times)] += (
                items
            )
        return Patterns(total)

    @property
    def categories(self) -> tuple[Label, ...]:
        """Every label that occurs, in canonical order."""
        return tuple(sorted({label for pattern in self.counts for label, _ in pattern}, key=sort_key))

    def sorted(self) -> Iterator[tuple[Pattern, int]]:
        """Patterns with their counts in an order that does not depend on how the table was built."""
        return iter(sorted(self.counts.items(), key=lambda pair: canonical_json(pair[0])))

    def to_json(self) -> list[list[Any]]:
        """A list of `[[[label, times], ...], items]`, in canonical order; tuples become lists."""
        return [
            [[[as_json(label), times] for label, times in pattern], items] for pattern, items in self.sorted()
        ]

    @classmethod
    def from_json(cls, rows: Iterable[Any]) -> Patterns:
        """Read back what `to_json` wrote, also after a trip through JSON text."""
        counts: Counter[Pattern] = Counter()
        for pattern, items in rows:
            counts[tuple((_hashable(label), int(times)) for label, times in pattern)] += int(items)
        return cls(counts)

    def inputs_hash(self) -> str:
        """A hash of the table."""
        return sha256_hex(canonical_json(self.to_json()))


def _hashable(label: Any) -> Label:
    return tuple(_hashable(part) for part in label) if isinstance(label, list) else as_label(label)
