"""A value with its interval over time, and when something changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotation.web.charts.basic import THRESHOLDS
from annotation.web.charts.canvas import WIDTH, Scale, drawing, linked, rows_of_grid
from annotation.web.charts.words import day, floor_of, number, short

_TOP, _HEIGHT, _LEFT, _RIGHT = 26.0, 170.0, 44.0, 14.0


@dataclass(frozen=True)
class Point:
    """A period by its first day; what rests on little is `weak`."""

    day: date
    value: float
    low: float | None
    high: float | None
    items: int
    weak: bool = False
    href: str = ""


@dataclass(frozen=True)
class Event:
    """What happened on a day."""

    day: date
    name: str


def trend(
    title: str, points: Sequence[Point], events: Sequence[Event] = (), *, marks: Sequence[float] = THRESHOLDS
) -> SafeString:
    """Points joined by a line, oldest first; a dashed line down for each event within their time."""
    floor = floor_of(points)
    first, last = points[0].day.toordinal(), points[-1].day.toordinal()
    across = Scale(first - 1, max(last, first + 1) + 1, _LEFT, WIDTH - _RIGHT)
    down = Scale(floor, 1.0, _TOP + _HEIGHT, _TOP)
    bottom = _TOP + _HEIGHT
    drawn: list[SafeString | str] = [
        rows_of_grid(down, sorted({floor, 0.0, *marks, 1.0}), _LEFT, WIDTH - _RIGHT),
        *(
            _event(event, across, bottom)
            for event in events
            if first - 7 <= event.day.toordinal() <= last + 7
        ),
        _line(points, across, down),
        *(_point(point, across, down) for point in points),
        format_html('<text x="{}" y="{}">{}</text>', across.at(first), bottom + 18, day(points[0].day)),
    ]
    if last > first:
        drawn.append(
            format_html(
                '<text x="{}" y="{}" text-anchor="end">{}</text>',
                WIDTH - _RIGHT,
                bottom + 18,
                day(points[-1].day),
            )
        )
    said = "; ".join(sentence(point) for point in points[-12:])
    return drawing("trend", title, said, bottom + 26, drawn, links=any(point.href for point in points))


def sentence(point: Point) -> str:
    """A point in words."""
    if point.low is None or point.high is None:
        return f"{day(point.day)}: {number(point.value, 2)}"
    return gettext("%(name)s: %(value)s (%(low)s to %(high)s)") % {
        "name": day(point.day),
        "value": number(point.value, 2),
        "low": number(point.low, 2),
        "high": number(point.high, 2),
    }


def _line(points: Sequence[Point], across: Scale, down: Scale) -> SafeString:
    places = " ".join(f"{across.at(point.day.toordinal())},{down.at(point.value)}" for point in points)
    return format_html('<polyline class="line" points="{}"></polyline>', places)


def _point(point: Point, across: Scale, down: Scale) -> SafeString:
    x = across.at(point.day.toordinal())
    weak = " weak" if point.weak else ""
    whisker: SafeString | str = ""
    if point.low is not None and point.high is not None:
        whisker = format_html(
            '<line class="interval{}" x1="{}" x2="{}" y1="{}" y2="{}"></line>',
            weak,
            x,
            x,
            down.at(point.low),
            down.at(point.high),
        )
    mark = format_html(
        '{}<circle class="point{}" cx="{}" cy="{}" r="5"></circle>', whisker, weak, x, down.at(point.value)
    )
    return linked(mark, point.href, sentence(point))


def _event(event: Event, across: Scale, bottom: float) -> SafeString:
    x = across.place(event.day.toordinal())
    anchor = "end" if x > WIDTH * 0.7 else "start"
    return format_html(
        '<line class="event" x1="{0:}" x2="{0:}" y1="{1:}" y2="{2:}"></line>'
        '<text class="event-name" x="{3:}" y="14" text-anchor="{4:}">{5:}</text>',
        f"{x:.1f}",
        _TOP - 6,
        bottom,
        f"{x:.1f}",
        anchor,
        short(event.name, 24),
    )
