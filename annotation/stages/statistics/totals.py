"""What a run of the truth model came to as a whole: kept with the run when a later one takes the place of its rows."""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from annotation.algorithms.sethash import SetHash
from annotation.stages.statistics.estimating import Row

ITEMS = ("probability", "entropy", "gain")
PEOPLE = ("value", "low", "high", "drift")


@dataclass
class Totals:
    """Sums over the rows of a run, by question; exact, so that the order of the rows makes no difference."""

    answers: dict[str, SetHash] = field(default_factory=lambda: defaultdict(SetHash))
    items: dict[str, dict[str, "array[float]"]] = field(default_factory=dict)

    def add(self, question: str, rows: Iterable[Row]) -> None:
        """Some items' rows."""
        columns = self.items.setdefault(question, {name: array("d") for name in ITEMS})
        for row in rows:
            self.answers[question] = self.answers[question].added([row.item, row.value])
            for name, column in columns.items():
                column.append(getattr(row, name))

    def to_json(self, people: Iterable[tuple[int, str, dict[str, Any]]]) -> list[dict[str, Any]]:
        """As `MeasureRun.result` keeps them: of each question the sums over items with a hash of their answers, and
        those over people. What is said of people as a whole is of the day, and left out."""
        told: list[dict[str, Any]] = [
            {
                "question": question,
                "of": "truth",
                "answers": self.answers[question].text,
                **{name: math.fsum(column) for name, column in columns.items()},
            }
            for question, columns in sorted(self.items.items())
        ]
        by_question: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for _, question, columns in people:
            if question:
                by_question[question].append(columns)
        return told + [
            {
                "question": question,
                "of": "reliability",
                "answers": sum(row["answers"] for row in rows),
                **{name: math.fsum(row.get(name) or 0.0 for row in rows) for name in PEOPLE},
            }
            for question, rows in sorted(by_question.items())
        ]
