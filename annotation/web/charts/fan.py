"""What has been done, day by day, and what may come: a band that opens towards the end."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString

from annotation.algorithms.forecast import Forecast
from annotation.web.charts.canvas import WIDTH, Scale, drawing
from annotation.web.charts.words import day, number

_TOP, _HEIGHT, _LEFT, _RIGHT = 20.0, 170.0, 48.0, 12.0
History = Sequence[tuple[date, int]]


def fan(title: str, said: str, history: History, whole: int, forecast: Forecast) -> SafeString:
    """`history` is the sum done by the end of each day, oldest first; `whole` is all there is to do."""
    first, today = history[0][0], history[-1][0]
    done = history[-1][1]
    last = today + timedelta(days=forecast.fan[-1][0]) if forecast.fan else today + timedelta(days=1)
    across = Scale(first.toordinal(), last.toordinal(), _LEFT, WIDTH - _RIGHT)
    down = Scale(0, max(whole, 1), _TOP + _HEIGHT, _TOP)
    bottom = _TOP + _HEIGHT
    drawn: list[SafeString | str] = [
        _levels(down, whole),
        _band(done, today, forecast, across, down),
        format_html('<polyline class="line" points="{}"></polyline>', _places(history, across, down)),
        format_html(
            '<circle class="point" cx="{}" cy="{}" r="4.5"></circle>',
            across.at(today.toordinal()),
            down.at(done),
        ),
        *_days(first, today, last, across, bottom),
    ]
    return drawing("fan", title, said, bottom + 26, drawn)


def _levels(down: Scale, whole: int) -> SafeString:
    ticks = sorted({0, whole // 2, whole})
    rows = [
        format_html(
            '<line class="grid-line" x1="{}" x2="{}" y1="{}" y2="{}"></line>'
            '<text x="{}" y="{}" text-anchor="end" dominant-baseline="middle">{}</text>',
            _LEFT,
            WIDTH - _RIGHT,
            down.at(one),
            down.at(one),
            _LEFT - 6,
            down.at(one),
            number(one),
        )
        for one in ticks
    ]
    return SafeString("".join(rows))


def _places(history: Sequence[tuple[date, float]], across: Scale, down: Scale) -> str:
    """Of a long history every so many days, so that a year costs as little as a month."""
    step = max(1, len(history) // 120)
    kept = [*history[:-1][::step], history[-1]]
    return " ".join(f"{across.at(when.toordinal())},{down.at(count)}" for when, count in kept)


def _band(done: int, today: date, forecast: Forecast, across: Scale, down: Scale) -> SafeString | str:
    if not forecast.fan:
        return ""
    days = [(today + timedelta(days=row[0]), row) for row in forecast.fan]
    lows = [(today, float(done)), *((when, done + row[1]) for when, row in days)]
    middles = [(today, float(done)), *((when, done + row[2]) for when, row in days)]
    highs = [(today, float(done)), *((when, done + row[3]) for when, row in days)]
    outline = f"{_places(highs, across, down)} {' '.join(reversed(_places(lows, across, down).split()))}"
    return format_html(
        '<polygon class="band" points="{}"></polygon><polyline class="line dashed" points="{}"></polyline>',
        outline,
        _places(middles, across, down),
    )


def _days(first: date, today: date, last: date, across: Scale, bottom: float) -> list[SafeString]:
    """First, today and last, as far as they do not cover one another."""
    named = [(first, "start")]
    middle = across.place(today.toordinal())
    if middle > _LEFT + 90 and middle < WIDTH - _RIGHT - 90:
        named.append((today, "middle"))
    named.append((last, "end"))
    return [
        format_html(
            '<text x="{}" y="{}" text-anchor="{}">{}</text>',
            across.at(one.toordinal()),
            bottom + 18,
            anchor,
            day(one),
        )
        for one, anchor in named
    ]
