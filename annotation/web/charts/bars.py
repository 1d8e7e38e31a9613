"""Counts by name, as bars that lie; and by place on a scale, as columns of one or two series."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from annotation.web.charts.canvas import WIDTH, drawing, linked
from annotation.web.charts.words import fits, name_column, number, short
from annotation.web.cut import cut

_ROW, _TOP, _RIGHT = 26.0, 4.0, 52.0
_HEIGHT = 120.0


@dataclass(frozen=True)
class Bar:
    """One row; `told` is what stands at its end instead of the count."""

    name: str
    count: float
    href: str = ""
    told: str = ""


def bars(title: str, rows: Sequence[Bar]) -> SafeString:
    """One bar a row, the largest as wide as the chart."""
    most = max((row.count for row in rows), default=0) or 1
    left = name_column(row.name for row in rows)
    drawn = [_bar(row, left, _TOP + _ROW * at, row.count / most) for at, row in enumerate(rows)]
    said = "; ".join(f"{cut(row.name)}: {row.told or number(row.count)}" for row in rows)
    return drawing(
        "bars", title, said, _TOP * 2 + _ROW * len(rows), drawn, links=any(row.href for row in rows)
    )


def _bar(row: Bar, left: float, y: float, share: float) -> SafeString:
    width = (WIDTH - left - _RIGHT) * share
    told = row.told or number(row.count)
    mark = format_html(
        '<rect class="hit" x="0" y="{}" width="{}" height="{}"></rect>'
        '<text class="name" x="{}" y="{}" text-anchor="end" dominant-baseline="middle">{}</text>'
        '<rect class="bar" x="{}" y="{}" width="{}" height="{}" rx="2"></rect>'
        '<text class="value" x="{}" y="{}" dominant-baseline="middle">{}</text>',
        f"{y:.1f}",
        f"{WIDTH:.0f}",
        f"{_ROW:.1f}",
        f"{left - 10:.1f}",
        f"{y + _ROW / 2:.1f}",
        short(row.name, fits(left - 10)),
        f"{left:.1f}",
        f"{y + 6:.1f}",
        f"{max(width, 1):.1f}",
        f"{_ROW - 12:.1f}",
        f"{left + width + 8:.1f}",
        f"{y + _ROW / 2:.1f}",
        told,
    )
    return linked(mark, row.href, f"{row.name}: {told}", f"{cut(row.name)}: {told}")


def sides(
    title: str,
    places: Sequence[str],
    series: Sequence[tuple[str, Sequence[float]]],
    *,
    links: Sequence[str] = (),
) -> SafeString:
    """Columns at each place, one beside the other for each series (name, counts). `links` has one address a place."""
    most = max((count for _, counts in series for count in counts), default=0) or 1
    step = WIDTH / max(len(places), 1)
    wide = (step - 8) / max(len(series), 1)
    bottom = 18 + _HEIGHT
    drawn: list[SafeString | str] = [
        format_html(
            '<line class="axis" x1="0" x2="{}" y1="{}" y2="{}"></line>', f"{WIDTH:.0f}", bottom, bottom
        )
    ]
    for at, place in enumerate(places):
        columns: list[SafeString] = []
        for number_of, (_, counts) in enumerate(series):
            tall = _HEIGHT * counts[at] / most
            x = step * at + 4 + wide * number_of
            columns.append(
                format_html(
                    '<rect class="bar series-{}" x="{}" y="{}" width="{}" height="{}"></rect>',
                    number_of + 1,
                    f"{x + 0.5:.1f}",
                    f"{bottom - tall:.1f}",
                    f"{wide - 1:.1f}",
                    f"{tall:.1f}",
                )
            )
        told = ", ".join(f"{name} {number(counts[at])}" for name, counts in series)
        mark = format_html(
            '{}<text x="{}" y="{}" text-anchor="middle">{}</text>',
            SafeString("".join(columns)),
            f"{step * (at + 0.5):.1f}",
            f"{bottom + 16:.1f}",
            place,
        )
        drawn.append(linked(mark, links[at] if links else "", f"{place}: {told}"))
    said = "; ".join(
        f"{place}: " + ", ".join(f"{name} {number(counts[at])}" for name, counts in series)
        for at, place in enumerate(places)
    )
    return drawing("sides", title, said, bottom + 24, drawn, links=any(links))
