"""A file of worked examples."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TOLERANCE = 1e-6
"""Where a case names none."""
NO_VALUE = {"", "none", "null", "nan", "undefined", "no value", "n/a"}
"""What stands for no value, besides null."""


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
    problem: str = ""
    """Why it cannot be run, where that is known without its data."""


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
    params = row.get("params")
    told = dict.fromkeys(("expected", "tolerance"))
    problem = "" if "expected" in row else "it says nothing of what is expected"
    for name in told:
        try:
            told[name] = _number(row.get(name))
        except ValueError:
            problem = f"{name} is no number: {row[name]!r}"
    tolerance = told["tolerance"]
    return Case(
        id=str(row.get("id", at)),
        metric=str(row.get("metric", "")),
        layout=re.sub(r"\s*(?:\s[x×]\s|×|_x_|_by_|\bby\b)\s*", " x ", str(row.get("layout", ""))),
        data=row.get("data"),
        params=params if isinstance(params, dict) else {},
        expected=told["expected"],
        tolerance=TOLERANCE if tolerance is None else tolerance,
        source=str(row.get("source", "")),
        problem=problem,
    )


def _number(given: Any) -> Any:
    """A number, a list of them, or None for a word that says there is none. Raises ValueError for anything else."""
    if isinstance(given, list):
        return [_number(one) for one in given]
    if given is None or (isinstance(given, str) and given.strip().lower() in NO_VALUE):
        return None
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise ValueError(given)
    return None if float(given) != float(given) else float(given)
