"""Figures and names as they stand in a chart."""

import unicodedata
from datetime import date

from django.utils import formats


def number(value: float, places: int = 0) -> str:
    """With its decimals, also where they are zeros."""
    return formats.number_format(round(value, places), places, force_grouping=abs(value) >= 10_000)


def tick(value: float) -> str:
    """A number on an axis, without zeros at its end."""
    text = formats.number_format(value, 3)
    return text.rstrip("0").rstrip(".,") or "0"


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
