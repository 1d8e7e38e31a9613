"""What a check comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assay.problems import Problem

GOOD, BROKEN, UNKNOWN = "good", "broken", "intact, origin unknown"
STATUS = {GOOD: 0, BROKEN: 1, UNKNOWN: 3}
"""Exit statuses; 2 is wrong use."""
MOST = 50
"""Problems that are told; the rest is counted."""


@dataclass(frozen=True)
class Verdict:
    """`state`, what is wrong, the id of the key that signed ("": nobody known), and facts to print."""

    state: str
    problems: tuple[Problem, ...]
    count: int
    key: str
    facts: Mapping[str, Any]

    @property
    def status(self) -> int:
        """The exit status."""
        return STATUS[self.state]


@dataclass
class Findings:
    """Problems as they come: the first `MOST`, and how many there were."""

    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def say(self, problem: Problem) -> None:
        """One more."""
        self.count += 1
        if len(self.problems) < MOST:
            self.problems.append(problem)

    def verdict(self, *, pinned: bool, key: str, facts: Mapping[str, Any]) -> Verdict:
        """What they come to, with a pinned key or without one."""
        state = BROKEN if self.count else GOOD if pinned else UNKNOWN
        return Verdict(state, tuple(self.problems), self.count, key, facts)
