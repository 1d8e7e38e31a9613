"""Answers that are dates, by the reader's language."""

from datetime import UTC, datetime

from django.utils import formats

_SHOWN = {
    "%Y-%m-%dT%H:%M": "DATETIME_FORMAT",
    "%Y-%m-%d": "DATE_FORMAT",
    "%H:%M": "TIME_FORMAT",
    "%Y-%m": "YEAR_MONTH_FORMAT",
}


def moment(value: str) -> str:
    """A day, a time, both or a month in the reader's form; a year, and what is none, as it stands."""
    for pattern, form in _SHOWN.items():
        try:
            found = datetime.strptime(value, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
        return (
            formats.time_format(found.time(), form)
            if form == "TIME_FORMAT"
            else formats.date_format(found, form)
        )
    return value
