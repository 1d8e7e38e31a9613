"""What a figure of agreement is of: the whole project, a version of the guideline, a week.

`SPANS` and `FULL` are the whole too: what only a full measurement computes, of questions about spans and of the others
(`stages.statistics.marking`).
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

WHOLE = ""
SPANS = "spans"
FULL = "full"
FULL_ONLY = (SPANS, FULL)


def guideline_scope(version: int) -> str:
    """Items whose counted answers were all given under this version."""
    return f"guideline:{version}"


def week_scope(day: date) -> str:
    """Items whose last counted answer came in this day's week (Monday to Sunday, UTC)."""
    return f"week:{(day - timedelta(days=day.weekday())).isoformat()}"


def within(scope: str) -> Q:
    """The condition over `PatternCount` for a scope. Raises ValueError for a text that is none."""
    name, _, which = scope.partition(":")
    if scope == WHOLE:
        return Q()
    if name == "guideline":
        return Q(guideline=int(which))
    if name == "week":
        monday = date.fromisoformat(which)
        return Q(day__gte=monday, day__lt=monday + timedelta(days=7))
    raise ValueError(f"there is no scope {scope!r}")


def holds(scope: str, guideline: int, day: date) -> bool:
    """The same of one cell."""
    found: Any = (WHOLE, guideline_scope(guideline), week_scope(day))
    return scope in found and (guideline != 0 or not scope.startswith("guideline:"))
