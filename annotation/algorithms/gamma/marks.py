"""One text's units as arrays, and how much two units differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.bootstrap import Floats

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Weights:
    """What a unit's place (`alpha`) and label (`beta`) count, and what a missing partner costs (`empty`, above 0)."""

    alpha: float = 1.0
    beta: float = 1.0
    empty: float = 1.0

    def __post_init__(self) -> None:
        if self.alpha < 0 or self.beta < 0 or self.empty <= 0:
            raise ValueError(f"not weights of a dissimilarity: {self}")


@dataclass(frozen=True, eq=False)
class Marks:
    """The units of one annotator: `start` and `end` (units,), `end` above `start`, and `label` codes."""

    start: Floats
    end: Floats
    label: Codes

    @classmethod
    def of(cls, units: Iterable[tuple[float, float, str]], codes: Mapping[str, int]) -> Marks:
        """From (start, end, label), in order of place. Raises ValueError for a unit without length."""
        rows = sorted((start, end, codes[label]) for start, end, label in units)
        if any(start >= end for start, end, _ in rows):
            raise ValueError("a unit without length")
        table = np.array(rows, dtype=np.float64).reshape(-1, 3)
        return cls(table[:, 0], table[:, 1], table[:, 2].astype(np.int64))

    def __len__(self) -> int:
        return int(self.start.size)


Continuum = tuple[Marks, ...]
"""One text: what each annotator marked."""


def positional(one: Marks, other: Marks, weights: Weights) -> Floats:
    """empty * ((|start - start'| + |end - end'|) / (length + length'))^2 of every pair, (units, units')."""
    apart = np.abs(one.start[:, None] - other.start) + np.abs(one.end[:, None] - other.end)
    lengths = (one.end - one.start)[:, None] + (other.end - other.start)
    return np.asarray((apart / lengths) ** 2 * weights.empty, dtype=np.float64)


def dissimilarity(one: Marks, other: Marks, weights: Weights) -> Floats:
    """alpha * positional + beta * empty * [labels differ] of every pair, (units, units')."""
    differ = one.label[:, None] != other.label
    found = weights.alpha * positional(one, other, weights) + weights.beta * weights.empty * differ
    return np.asarray(found, dtype=np.float64)


def mean_units(text: Continuum) -> float:
    """How many units an annotator marked on average."""
    return sum(len(marks) for marks in text) / len(text)
