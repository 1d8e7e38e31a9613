"""Values with their intervals, one below the other, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotation.web.charts.basic import QUARTERS
from annotation.web.charts.canvas import WIDTH, Scale, columns_of_grid, drawing, linked
from annotation.web.charts.words import fits, name_column, number, short
from annotation.web.cut import cut

_ROW, _TOP, _RIGHT = 26.0, 8.0, 14.0


@dataclass(frozen=True)
class Line:
    """One row; `value` None leaves it empty but for `note`. What rests on little is `weak`, and drawn in grey."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""
    weak: bool = False
    href: str = ""


def forest(
    title: str,
    lines: Sequence[Line],
    *,
    low: float = 0.0,
    high: float = 1.0,
    marks: Sequence[float] = QUARTERS,
    zero: float | None = None,
) -> SafeString:
    """One row a line, in the order given. `zero` is drawn stronger: the value that means no difference."""
    bottom = _TOP + _ROW * len(lines)
    left = name_column(line.name for line in lines)
    scale = Scale(low, high, left, WIDTH - _RIGHT)
    ticks = sorted({low, *marks, high})
    drawn = [columns_of_grid(scale, ticks, _TOP, bottom)]
    if zero is not None:
        drawn.append(
            format_html(
                '<line class="axis" x1="{0}" x2="{0}" y1="{1}" y2="{2}"></line>', scale.at(zero), _TOP, bottom
            )
        )
    drawn += [_row(line, _TOP + _ROW * (at + 0.5), scale) for at, line in enumerate(lines)]
    said = "; ".join(spoken(line) for line in lines)
    return drawing("forest", title, said, bottom + 24, drawn, links=any(line.href for line in lines))


def sentence(line: Line) -> str:
    """The row in words."""
    if line.value is None:
        return f"{line.name}: {line.note or '–'}"
    if line.low is None or line.high is None:
        return f"{line.name}: {number(line.value, 2)}"
    return gettext("%(name)s: %(value)s (%(low)s to %(high)s)") % {
        "name": line.name,
        "value": number(line.value, 2),
        "low": number(line.low, 2),
        "high": number(line.high, 2),
    }


def spoken(line: Line) -> str:
    """The same with a name that is not too long to be read aloud."""
    return sentence(replace(line, name=cut(line.name)))


def _row(line: Line, y: float, scale: Scale) -> SafeString:
    name = format_html(
        '<text class="name" x="{}" y="{}" text-anchor="end" dominant-baseline="middle">{}</text>',
        scale.start - 14,
        y,
        short(line.name, fits(scale.start - 14)),
    )
    if line.value is None:
        note = format_html(
            '<text x="{}" y="{}" dominant-baseline="middle">{}</text>',
            scale.start + 4,
            y,
            short(line.note, fits(WIDTH - scale.start - 8)),
        )
        return linked(format_html("{}{}", name, note), line.href, sentence(line), spoken(line))
    weak = " weak" if line.weak else ""
    parts = [name]
    if line.low is not None and line.high is not None:
        parts.append(
            format_html(
                '<line class="interval{}" x1="{}" x2="{}" y1="{}" y2="{}"></line>',
                weak,
                scale.at(line.low),
                scale.at(line.high),
                y,
                y,
            )
        )
    parts.append(
        format_html('<circle class="point{}" cx="{}" cy="{}" r="5"></circle>', weak, scale.at(line.value), y)
    )
    back = format_html(
        '<rect class="hit" x="0" y="{}" width="{}" height="{}"></rect>', y - _ROW / 2, WIDTH, _ROW
    )
    return linked(
        format_html("{}{}", back, format_html_join("", "{}", ((part,) for part in parts))),
        line.href,
        sentence(line),
        spoken(line),
    )
