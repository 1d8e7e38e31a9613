"""A file of worked examples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TOLERANCE = 1e-6
"""Where a case names none."""


class Unusable(Exception):
    """Why a file or a case cannot be run: a sentence."""


@dataclass(frozen=True)
class Case:
    """One worked example. `expected` is a number, a pair of bounds, or None (or a word) where there is no value."""

    id: str
    metric: str
    layout: str = ""
    data: Any = None
    params: Mapping[str, Any] = field(default_factory=dict)
    expected: Any = None
    tolerance: float = TOLERANCE
    source: str = ""


def read(path: Path) -> list[Case]:
    """The cases of a file. Raises Unusable when it cannot be read or is of another form."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise Unusable(f"{path} cannot be read: {problem}") from problem
    rows = given.get("agreement") if isinstance(given, dict) else given
    if not isinstance(rows, list):
        raise Unusable(f"{path} holds no list `agreement`")
    return [_case(at, row) for at, row in enumerate(rows)]


def _case(at: int, row: Any) -> Case:
    if not isinstance(row, dict):
        raise Unusable(f"case {at} is no object")
    tolerance = row.get("tolerance")
    params = row.get("params")
    return Case(
        id=str(row.get("id", at)),
        metric=str(row.get("metric", "")),
        layout=str(row.get("layout", "")),
        data=row.get("data"),
        params=params if isinstance(params, dict) else {},
        expected=row.get("expected"),
        tolerance=float(tolerance) if isinstance(tolerance, int | float) else TOLERANCE,
        source=str(row.get("source", "")),
    )
