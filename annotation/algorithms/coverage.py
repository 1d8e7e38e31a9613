"""How many people may have a lane's items, and what keeps the others: sets of people as the bits of whole numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ASKED_FIRST = 300  # of those who may have a lane, this many are asked about single items
Classes = dict[tuple[str, ...], int]


def classes(everyone: int, barred: Sequence[tuple[str, int]]) -> Classes:
    """People by the rules that bar them: each set of codes that occurs, with those people's bits.

    `everyone` has a bit for each person, `barred` those of whom each rule bars, in the order of the rules.
    """
    found: Classes = {(): everyone}
    for code, people in barred:
        found = {
            codes: bits
            for before, there in found.items()
            for codes, bits in ((before, there & ~people), ((*before, code), there & people))
            if bits
        }
    return found


@dataclass
class Tally:
    """What is known of a lane after some of the people: memory grows with the rules, not with the people.

    `eligible` may have it; `near` would, but for the one rule that is named; `barred` counts whom each rule bars;
    `fewest` counts the sets of rules, as large as `least`, that keep whoever is kept by the fewest.
    """

    people: int = 0
    eligible: int = 0
    near: Counter[str] = field(default_factory=Counter)
    barred: Counter[str] = field(default_factory=Counter)
    least: int | None = None
    fewest: Counter[tuple[str, ...]] = field(default_factory=Counter)
    asked_first: list[int] = field(default_factory=list)

    def add(self, found: Mapping[tuple[str, ...], int], people: Sequence[int]) -> None:
        """Count a chunk's classes; bit n of them is the n-th of `people`."""
        self.people += len(people)
        for codes, bits in found.items():
            count = bits.bit_count()
            self.barred.update(dict.fromkeys(codes, count))
            if not codes:
                self.eligible += count
                room = ASKED_FIRST - len(self.asked_first)
                self.asked_first += [one for at, one in enumerate(people) if bits >> at & 1][: max(room, 0)]
            elif len(codes) == 1:
                self.near[codes[0]] += count
            if codes and (self.least is None or len(codes) <= self.least):
                if len(codes) != self.least:
                    self.least, self.fewest = len(codes), Counter()
                self.fewest[codes] += count

    def missing(self) -> tuple[list[str], bool]:
        """For a lane that nobody may have: the rules that bar everybody, and True; else the fewest that would have to
        change for somebody (of several such sets the one that keeps most people), and False."""
        if self.eligible or not self.people:
            return [], False
        everybody = [code for code, count in self.barred.items() if count == self.people]
        if everybody:
            return everybody, True
        best = min(self.fewest.items(), key=lambda pair: (-pair[1], pair[0]))
        return list(best[0]), False
