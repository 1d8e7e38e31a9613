"""The frame of a chart with axes: a title and a description, a scale in each direction, marks that are links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotation.web.charts.words import tick, ticked

WIDTH = 480.0


@dataclass(frozen=True)
class Scale:
    """From numbers between `low` and `high` to places from `start` to `end`; what lies outside stands at the edge."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> str:
        """The place of a value, as an attribute."""
        return f"{self.place(value):.1f}"

    def place(self, value: float) -> float:
        """The same as a number."""
        if self.high <= self.low:
            return self.start
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + (self.end - self.start) * share


def drawing(
    kind: str, title: str, said: str, height: float, marks: Iterable[SafeString | str], *, links: bool = False
) -> SafeString:
    """The SVG. A drawing with links is a group to assistive technology, any other one picture."""
    return format_html(
        '<svg class="chart chart-{}" viewBox="0 0 {} {}" role="{}" aria-label="{}" focusable="false">'
        "<title>{}</title><desc>{}</desc>{}</svg>",
        kind,
        f"{WIDTH:.0f}",
        f"{height:.0f}",
        "group" if links else "img",
        f"{title}. {said}" if said else title,
        title,
        said,
        format_html_join("", "{}", ((mark,) for mark in marks)),
    )


def linked(mark: SafeString, href: str, name: str, spoken: str = "") -> SafeString:
    """A mark that leads to what is behind it; without an address the mark with its name as a tooltip.

    `spoken`: what is read aloud where the name is long.
    """
    if not href:
        return format_html("<g>{}<title>{}</title></g>", mark, name)
    return format_html(
        '<a class="behind" href="{}" aria-label="{}"><title>{}</title>{}</a>',
        href,
        spoken or name,
        name,
        mark,
    )


def rows_of_grid(scale: Scale, ticks: Sequence[float], left: float, right: float) -> SafeString:
    """A line across for each tick, its number before it."""
    return format_html_join(
        "",
        '<line class="grid-line" x1="{}" x2="{}" y1="{}" y2="{}"></line>'
        '<text x="{}" y="{}" text-anchor="end" dominant-baseline="middle">{}</text>',
        (
            (left, right, scale.at(one), scale.at(one), f"{left - 6:.1f}", scale.at(one), tick(one))
            for one in ticks
        ),
    )


def columns_of_grid(scale: Scale, ticks: Sequence[float], top: float, bottom: float) -> SafeString:
    """A line down for each tick, its number below it where there is room."""
    numbers = ticked(ticks, [scale.place(one) for one in ticks])
    return format_html_join(
        "",
        '<line class="grid-line" x1="{}" x2="{}" y1="{}" y2="{}"></line>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (scale.at(one), scale.at(one), top, bottom, scale.at(one), f"{bottom + 15:.1f}", number)
            for one, number in zip(ticks, numbers, strict=True)
        ),
    )
