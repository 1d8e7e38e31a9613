"""The weeks that the example's work took: what the clock says while simulated people answer and decide."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from unittest.mock import patch

from django.utils import timezone

WEEKS = 6
_BEGINS, _HOURS = 8, 9  # of a working day, UTC
_WEEKDAYS = 5


class Clock:
    """Says when something happens: on working days of the last weeks, later with every call."""

    def __init__(self, today: datetime) -> None:
        """`today` is not one of the days: what is measured by day is over."""
        midnight = today.replace(hour=0, minute=0, second=0, microsecond=0)
        days = [midnight - timedelta(days=before) for before in range(7 * WEEKS, 0, -1)]
        self._days = [day for day in days if day.weekday() < _WEEKDAYS]
        self._at = self._days[0] + timedelta(hours=_BEGINS)

    def now(self) -> datetime:
        """What `timezone.now` says."""
        self._at += timedelta(milliseconds=20)
        return self._at

    def move_to(self, share: float) -> None:
        """To the time at which so much of the work (0 to 1) is done; never back."""
        place = min(max(share, 0.0), 0.999) * len(self._days)
        day = self._days[int(place)]
        self._at = max(self._at, day + timedelta(hours=_BEGINS + _HOURS * (place % 1)))


@contextmanager
def before_the_work() -> Iterator[None]:
    """While this lasts, everything happens a week before the work began: so people are qualified when they begin."""
    moment = timezone.now() - timedelta(weeks=WEEKS + 1)
    ticks = count()
    with patch.object(timezone, "now", lambda: moment + timedelta(milliseconds=next(ticks))):
        yield


@contextmanager
def weeks_ago() -> Iterator[Clock]:
    """While this lasts, everything happens in the past weeks."""
    clock = Clock(timezone.now())
    with patch.object(timezone, "now", clock.now):
        yield clock
