"""Run cases, and say how each came out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotation.algorithms.reference.answers import Answer, answer
from annotation.algorithms.reference.cases import Case, Unusable


@dataclass(frozen=True)
class Outcome:
    """What a case gave: the answer, or the problem in a sentence."""

    case: Case
    got: Answer = None
    problem: str = ""

    @property
    def passed(self) -> bool:
        """Whether the answer is the expected one, within the tolerance."""
        return not self.problem and _equal(self.got, self.case.expected, self.case.tolerance)

    def __str__(self) -> str:
        case = self.case
        if self.problem:
            return f"{case.id}: {self.problem} [{case.source}]"
        return (
            f"{case.id}: {case.metric}: expected {case.expected}, got {_written(self.got)}, "
            f"tolerance {case.tolerance} [{case.source}]"
        )


def run(case: Case, folders: Sequence[Path]) -> Outcome:
    """One case; whatever goes wrong with it is its outcome."""
    if case.problem:
        return Outcome(case, problem=case.problem)
    try:
        return Outcome(case, answer(case, folders))
    except Unusable as problem:
        return Outcome(case, problem=str(problem))
    except Exception as problem:  # noqa: BLE001 - one broken case must not hide the others
        return Outcome(case, problem=f"{case.metric!r} failed with {type(problem).__name__}: {problem}")


def folders_of(file: Path, given: Path | None = None) -> list[Path]:
    """Where folders of labels may lie: the named one, beside the file, or in the shared data of the tests."""
    if given is not None:
        return [given]
    here = file.resolve().parent
    shared = os.environ.get("ASSAY_SHARED")
    beside = Path(__file__).resolve().parents[4] / "shared"
    return [here.parent / "data", here / "data", here, (Path(shared) if shared else beside) / "data"]


def _equal(got: Answer, expected: Any, tolerance: float) -> bool:
    if isinstance(expected, list | tuple) and isinstance(got, tuple):
        return len(expected) == len(got) and all(
            _equal(one, other, tolerance) for one, other in zip(got, expected, strict=True)
        )
    if not isinstance(expected, int | float) or expected != expected:
        return got is None
    return isinstance(got, int | float) and abs(got - expected) <= tolerance * (1 + 1e-9)


def _written(got: Answer) -> str:
    return "no value" if got is None else f"{got:.8g}" if isinstance(got, float) else str(got)
