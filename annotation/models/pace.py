"""How a project's work goes from day to day, and when the rest will be done. Read-only."""

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from annotation.algorithms.forecast import REMEMBERED, Forecast, NoForecast, forecast
from annotation.models.pattern import DayCount
from annotation.models.project import Project

SEED = 20_261_121
_KEPT = 3600  # seconds that a forecast is remembered: its key names everything it was made from


def days_of(project: Project) -> list[DayCount]:
    """Each day from the first on which anything happened to today (UTC), those without included. One statement."""
    found = list(DayCount.objects.filter(project=project).order_by("day"))
    if not found:
        return []
    known = {row.day: row for row in found}
    first = found[0].day
    today = max(timezone.now().date(), found[-1].day)
    days = [first + timedelta(days=at) for at in range((today - first).days + 1)]
    return [known.get(day) or DayCount(project=project, day=day) for day in days]


def forecast_of(project: Project, days: Sequence[DayCount], whole: int) -> Forecast:
    """When the last of `whole` items is settled, from whole days only: today is not over. Days are from yesterday."""
    over = [day.settled for day in days[:-1]]
    if whole and whole == sum(day.settled for day in days):
        return Forecast(reason=NoForecast.DONE)
    left = whole - sum(over)
    weekday = days[-2].day.weekday() if len(days) > 1 else 0
    facts = json.dumps([project.uid, over[-REMEMBERED:], len(over), left, weekday])
    key = f"forecast:{hashlib.sha256(facts.encode()).hexdigest()[:24]}"
    found: Forecast | None = cache.get(key)
    if found is None:
        found = forecast(over, left, weekday=weekday, seed=SEED)
        cache.set(key, found, _KEPT)
    return found
