"""A bar of parts, a value with its interval, a column a day: the charts that stand inside other things."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotation.web.charts.words import day as _day
from annotation.web.charts.words import number as _number
from annotation.web.charts.words import ticked

_AXIS_LEFT, _AXIS_WIDTH = 12.0, 336.0
_COLUMNS_WIDTH, _COLUMNS_HEIGHT = 600.0, 96.0
QUARTERS = (0.25, 0.5, 0.75)
THRESHOLDS = (0.667, 0.8)  # of alpha: Krippendorff, Content Analysis (2004), p. 241: tentative, reliable


@dataclass(frozen=True)
class Part:
    """One part of a whole: a name for people, a class for its colour, a count."""

    name: str
    kind: str
    count: int


def parts(title: str, shares: Sequence[Part]) -> SafeString:
    """A bar in which each part's width is its share. An empty whole is an empty bar."""
    whole = sum(part.count for part in shares)
    described = ", ".join(
        gettext("%(name)s: %(count)s") % {"name": part.name, "count": part.count} for part in shares
    )
    bars: list[tuple[str, str, str]] = []
    left = 0.0
    for part in shares:
        width = 100 * part.count / whole if whole else 0.0
        if width:
            bars.append((f"part-{part.kind}", f"{left:.3f}%", f"{width:.3f}%"))
        left += width
    return format_html(
        '<svg class="parts" role="img" focusable="false"><title>{}</title><desc>{}</desc>{}</svg>',
        title,
        described,
        format_html_join("", '<rect class="{}" x="{}" y="0" width="{}" height="100%"></rect>', bars),
    )


def interval(
    title: str, value: float, low: float | None, high: float | None, *, marks: Sequence[float] = QUARTERS
) -> SafeString:
    """A value on the axis to 1 with its interval as a line; the axis begins at 0, or at -1 when that is needed."""
    floor = 0.0 if min(value, value if low is None else low) >= 0 else -1.0

    def place(number: float) -> float:
        share = (min(max(number, floor), 1.0) - floor) / (1.0 - floor)
        return _AXIS_LEFT + _AXIS_WIDTH * share

    def at(number: float) -> str:
        return f"{place(number):.1f}"

    ticks = sorted({floor, 0.0, *marks, 1.0})
    numbers = ticked(ticks, [place(tick) for tick in ticks])
    grid = format_html_join(
        "",
        '<line class="grid-line" x1="{0}" x2="{0}" y1="6" y2="30"></line>'
        '<text x="{0}" y="45" text-anchor="middle">{1}</text>',
        ((at(tick), text) for tick, text in zip(ticks, numbers, strict=True)),
    )
    line = (
        format_html('<line class="interval" x1="{}" x2="{}" y1="18" y2="18"></line>', at(low), at(high))
        if low is not None and high is not None
        else ""
    )
    return format_html(
        '<svg class="chart chart-interval" viewBox="0 0 360 50" role="img" focusable="false">'
        "<title>{}</title><desc>{}</desc>{}"
        '<line class="axis" x1="{}" x2="{}" y1="30" y2="30"></line>{}'
        '<circle class="point" cx="{}" cy="18" r="6"></circle></svg>',
        title,
        _interval_sentence(value, low, high),
        grid,
        at(floor),
        at(1.0),
        line,
        at(value),
    )


def _interval_sentence(value: float, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return _number(value, 3)
    return gettext("%(value)s, interval from %(low)s to %(high)s") % {
        "value": _number(value, 3),
        "low": _number(low, 3),
        "high": _number(high, 3),
    }


def meter(title: str, value: float, low: float | None, high: float | None) -> SafeString:
    """A value from 0 to 1 with its interval, for a cell of a table; what is below 0 stands at 0."""

    def at(number: float) -> str:
        return f"{4 + 92 * min(max(number, 0.0), 1.0):.1f}%"

    line = (
        format_html('<line class="interval" x1="{}" x2="{}" y1="50%" y2="50%"></line>', at(low), at(high))
        if low is not None and high is not None
        else ""
    )
    return format_html(
        '<svg class="meter" role="img" focusable="false"><title>{}</title><desc>{}</desc>'
        '<line class="axis" x1="4%" x2="96%" y1="50%" y2="50%"></line>{}'
        '<circle class="point" cx="{}" cy="50%" r="4"></circle></svg>',
        title,
        _interval_sentence(value, low, high),
        line,
        at(value),
    )


def columns(title: str, days: Sequence[tuple[date, int]]) -> SafeString:
    """One column a day with its count above it, the highest as high as the chart; first and last day are named."""
    highest = max((count for _, count in days), default=0) or 1
    step = _COLUMNS_WIDTH / max(len(days), 1)
    drawn = [
        _column(at * step, step, count / highest, day, count) for at, (day, count) in enumerate(days) if count
    ]
    return format_html(
        '<svg class="chart chart-columns" viewBox="0 -14 600 130" role="img" focusable="false">'
        "<title>{}</title><desc>{}</desc>{}"
        '<line class="axis" x1="0" x2="600" y1="96" y2="96"></line>'
        '<text x="0" y="112">{}</text><text x="600" y="112" text-anchor="end">{}</text></svg>',
        title,
        gettext("Highest day: %(count)s") % {"count": highest},
        format_html_join("", "{}", ((column,) for column in drawn)),
        _day(days[0][0]) if days else "",
        _day(days[-1][0]) if days else "",
    )


def _column(left: float, width: float, share: float, day: date, count: int) -> SafeString:
    height = _COLUMNS_HEIGHT * share
    return format_html(
        '<rect class="bar" x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        f"{left + 1:.1f}",
        f"{_COLUMNS_HEIGHT - height:.1f}",
        f"{max(width - 2, 1):.1f}",
        f"{height:.1f}",
        _day(day),
        count,
        f"{left + width / 2:.1f}",
        f"{_COLUMNS_HEIGHT - height - 4:.1f}",
        count,
    )


def legend(shares: Iterable[Part]) -> SafeString:
    """The names and counts of the parts, each beside its colour: also the bar's twin in words."""
    return format_html(
        '<ul class="legend">{}</ul>',
        format_html_join(
            "",
            '<li><span class="swatch part-{}" aria-hidden="true"></span>{} <strong>{}</strong></li>',
            (
                (part.kind, part.name, formats.number_format(part.count, force_grouping=True))
                for part in shares
            ),
        ),
    )
