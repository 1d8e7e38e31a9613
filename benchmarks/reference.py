"""The worked examples of the literature: how many each measure reproduces, and how near it comes.

    python -m benchmarks.reference [FILE]

Needs `reference/values.json` of ../shared, or of the folder ASSAY_SHARED; what is absent is said.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from pathlib import Path

from annotation.algorithms.reference.cases import read
from annotation.algorithms.reference.run import Outcome, folders_of, run
from annotation.algorithms.reference.wording import measure_of
from benchmarks.rubric import Table

SHARED = Path(os.environ.get("ASSAY_SHARED") or Path(__file__).resolve().parents[2] / "shared")


def measure(table: Table, file: Path = SHARED / "reference" / "values.json") -> None:
    """A line for each measure."""
    if not file.exists():
        table.line("worked examples of the literature", "absent", str(file.name))
        return
    by_measure: dict[str, list[Outcome]] = defaultdict(list)
    for case in read(file):
        by_measure[measure_of(case)].append(run(case, folders_of(file)))
    for name, outcomes in sorted(by_measure.items()):
        table.line(f"worked examples: {name}", *_told(outcomes))
    every = [outcome for outcomes in by_measure.values() for outcome in outcomes]
    table.line("worked examples, all", *_told(every))


def _told(outcomes: list[Outcome]) -> tuple[str, str]:
    passed = sum(outcome.passed for outcome in outcomes)
    shares = [
        abs(outcome.got - outcome.case.expected) / outcome.case.tolerance
        for outcome in outcomes
        if isinstance(outcome.got, int | float)
        and isinstance(outcome.case.expected, int | float)
        and outcome.case.tolerance > 0
    ]
    furthest = f"furthest off: {max(shares):.2f} of its tolerance" if shares else ""
    return f"{passed} of {len(outcomes)}", furthest


if __name__ == "__main__":
    measure(Table(sys.stdout), *(Path(name) for name in sys.argv[1:2]))
