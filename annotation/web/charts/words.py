"""Figures and names as they stand in a chart."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from django.utils import formats


def number(value: float, places: int = 0) -> str:
    """With its decimals, also where they are zeros."""
    return formats.number_format(round(value, places), places, force_grouping=abs(value) >= 10_000)


def tick(value: float) -> str:
    """A number on an axis, without zeros at its end."""
    text = formats.number_format(value, 3)
    return text.rstrip("0").rstrip(".,") or "0"


def ticked(values: Sequence[float], places: Sequence[float]) -> list[str]:
    """The numbers below an axis, empty where one would run into the next: the later one of two is written."""
    written: list[str] = []
    last = float("inf")
    for value, place in zip(reversed(values), reversed(places), strict=True):
        text = tick(value)
        free = place + _LETTER * (len(text) + 1) <= last
        written.append(text if free else "")
        last = place if free else last
    return written[::-1]


def day(value: date) -> str:
    """A day without its year."""
    return formats.date_format(value, "MONTH_DAY_FORMAT")


def short(text: str, width: int) -> str:
    """At most so many narrow characters; those of Chinese count for two."""
    used = 0
    for at, char in enumerate(text):
        used += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if used > width:
            return text[: max(1, at - 1)].rstrip() + "…"
    return text


class Placed(Protocol):
    """What stands on an axis: a value, with the lower bound of its interval where it has one."""

    @property
    def value(self) -> float | None: ...

    @property
    def low(self) -> float | None: ...


def floor_of(shown: Iterable[Placed]) -> float:
    """Where an axis to 1 begins so that all of these stand on it: at 0, or as little below as will do."""
    ends = (end for one in shown for end in (one.value, one.low) if end is not None)
    least = min(ends, default=0.0)
    return next((floor for floor in (0.0, -0.25, -0.5) if least >= floor), -1.0)


def wide(text: str) -> int:
    """How many narrow characters it takes; those of Chinese count for two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


_LETTER = 6.9  # units of a drawing that a narrow character takes, on a phone too


def name_column(names: Iterable[str]) -> float:
    """How far the names that stand before a drawing's rows reach: what the longest takes, within reason."""
    longest = max((wide(name) for name in names), default=0)
    return min(max(longest * _LETTER + 18, 80.0), 210.0)


def fits(space: float) -> int:
    """How many narrow characters stand in so much room."""
    return max(3, int(space / _LETTER))
