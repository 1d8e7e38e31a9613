"""On track? What was done by day, and when the rest will be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext, ngettext

from annotation.algorithms.forecast import Forecast, NoForecast
from annotation.models import Project
from annotation.models.pace import days_of, forecast_of
from annotation.models.pattern import DayCount
from annotation.web import charts
from annotation.web.projects.dashboard.figure import Figure, Link, Row, count, text
from annotation.web.projects.funnel import recent_funnel

_SHOWN = 30  # days in the table of days
_FORTNIGHT = 14


@dataclass(frozen=True)
class Progress:
    """Days from the first on which anything happened to today, those without included; `whole` is all items."""

    days: Sequence[DayCount]
    whole: int
    forecast: Forecast

    @property
    def settled(self) -> int:
        return sum(day.settled for day in self.days)

    @property
    def share(self) -> int:
        """Per cent of all items that are settled, rounded down: 100 means all."""
        return 100 * self.settled // self.whole if self.whole else 0

    @property
    def a_day(self) -> float:
        """Items settled a day over the last seven whole days."""
        week = self.days[-8:-1]
        return sum(day.settled for day in week) / len(week) if week else 0.0

    @property
    def said(self) -> str:
        """When the last item will be settled, in a sentence; or why nobody can say."""
        return _sentence(self.forecast, self.days[-1].day - timedelta(days=1) if self.days else None)


def progress_of(project: Project) -> Progress:
    """Three statements: the days, and the counts of items (remembered for some seconds)."""
    days, whole = days_of(project), recent_funnel(project).total
    return Progress(days, whole, forecast_of(project, days, whole))


def _sentence(found: Forecast, yesterday: date | None) -> str:
    if found.reason is NoForecast.DONE:
        return gettext("Every item is settled.")
    if found.reason is NoForecast.TOO_SHORT or yesterday is None:
        return gettext("A forecast needs five days since the first item was settled.")
    if found.reason is NoForecast.IDLE:
        return gettext("Nothing was settled in two weeks: at rest there is no pace to go by.")
    if found.median is None or found.low is None:
        return gettext("At this pace it would take years.")
    when = [_day(yesterday, found.low), _day(yesterday, found.median)]
    if found.high is None:
        return gettext("Settled around %(middle)s, not before %(low)s; the latest day cannot be told.") % {
            "middle": when[1],
            "low": when[0],
        }
    return gettext(
        "Settled around %(middle)s; in 8 of 10 projects like this between %(low)s and %(high)s."
    ) % {
        "middle": when[1],
        "low": when[0],
        "high": _day(yesterday, found.high),
    }


def _day(yesterday: date, days: int) -> str:
    return formats.date_format(yesterday + timedelta(days=days), "DATE_FORMAT")


def figures(project: Project, progress: Progress) -> list[Figure]:
    """The way to the last item, and each day's work."""
    return [_way(project, progress), _days(project, progress), _ends(project, progress)]


def _way(project: Project, progress: Progress) -> Figure:
    title = gettext("Items settled")
    if not progress.settled:
        return Figure(
            "way",
            title,
            empty=gettext(
                "No item is settled yet. The line begins with the first one, the forecast five days later."
            ),
        )
    done, history, rows = 0, [], []
    for day in progress.days:
        done += day.settled
        history.append((day.day, done))
        rows.append(
            Row([text(charts.day(day.day), raw=day.day.isoformat()), count(day.settled), count(done)])
        )
    rows = rows[-_SHOWN:] if len(rows) > _SHOWN else rows
    return Figure(
        "way",
        title,
        codes=("day", "settled", "settled_in_all"),
        head=(gettext("Day"), gettext("Settled"), gettext("In all")),
        rows=list(reversed(rows)),
        svg=charts.fan(title, progress.said, history, progress.whole, progress.forecast),
        said=progress.said,
        notes=[
            gettext(
                "The band is where 8 of 10 simulated futures run: the pace wanders, days of the week differ. "
                "On replayed projects whose end is known it held about as often."
            )
        ],
        links=[
            Link(gettext("Settled items"), _state(project, "settled")),
            Link(gettext("Open items"), _state(project, "open")),
        ],
    )


def _days(project: Project, progress: Progress) -> Figure:
    title = gettext("Answers a day")
    shown = progress.days[-_SHOWN:]
    if not any(day.answers for day in shown):
        return Figure(
            "days",
            title,
            empty=gettext("Nobody has answered an item in the last 30 days."),
        )
    total = sum(day.answers for day in shown)
    return Figure(
        "days",
        title,
        codes=("day", "answers", "hours", "labelled", "disputed", "settled"),
        head=(
            gettext("Day"),
            gettext("Answers"),
            gettext("Hours"),
            gettext("Labelled"),
            gettext("Disputed"),
            gettext("Settled"),
        ),
        rows=[
            Row(
                [
                    text(charts.day(day.day), raw=day.day.isoformat()),
                    count(day.answers),
                    text(charts.number(day.seconds / 3600, 1), raw=round(day.seconds / 3600, 3)),
                    count(day.labelled),
                    count(day.disputed),
                    count(day.settled),
                ]
            )
            for day in reversed(shown)
        ],
        svg=charts.columns(title, [(day.day, day.answers) for day in shown]),
        links=[Link(gettext("Labelled items"), _state(project, "labelled"))],
        said=ngettext(
            "%(total)s answer in the last %(days)s days.",
            "%(total)s answers in the last %(days)s days.",
            total,
        )
        % {"total": charts.number(total), "days": len(shown)},
    )


def _state(project: Project, state: str) -> str:
    return f"{reverse('web:items', args=[project.uid])}?state={state}"


def _ends(project: Project, progress: Progress) -> Figure:
    """What became of items, day by day."""
    title = gettext("Settled and disputed a day")
    shown = progress.days[-_FORTNIGHT:]
    if not any(day.settled or day.disputed for day in shown):
        return Figure(
            "ends",
            title,
            empty=gettext("Nothing was settled or disputed in the last 14 days."),
        )
    settled, disputed = [day.settled for day in shown], [day.disputed for day in shown]
    return Figure(
        "ends",
        title,
        codes=("day", "settled", "disputed"),
        head=(gettext("Day"), gettext("Settled"), gettext("Disputed")),
        rows=[
            Row([text(charts.day(day.day), raw=day.day.isoformat()), count(day.settled), count(day.disputed)])
            for day in reversed(shown)
        ],
        svg=charts.sides(
            title,
            [str(day.day.day) for day in shown],
            [(gettext("Settled"), settled), (gettext("Disputed"), disputed)],
        ),
        said=gettext("In the last 14 days %(settled)s items were settled, %(disputed)s went to a dispute.")
        % {"settled": charts.number(sum(settled)), "disputed": charts.number(sum(disputed))},
        notes=[gettext("Left column: settled; right column: disputed.")],
        links=[
            Link(
                gettext("Those that are disputed"),
                _state(project, "disputed"),
            )
        ],
    )
