"""Counts by row and column, the darker the more: which labels are mixed up with which."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotation.web.charts.canvas import WIDTH, drawing, linked
from annotation.web.charts.words import number, short
from annotation.web.cut import cut

_LEFT, _TOP, _RIGHT = 128.0, 34.0, 4.0
LEVELS = 5
Cell = tuple[int, int]


@dataclass(frozen=True)
class Heat:
    """What is drawn: `rows[i][j]` counts; `diagonal` says that (i, i) is agreement and not to be compared."""

    names: Sequence[str]
    rows: Sequence[Sequence[float]]
    diagonal: bool = True

    def level(self, row: int, column: int) -> int:
        """0 for none, to `LEVELS` for the largest of those that are compared."""
        count = self.rows[row][column]
        most = max((self.rows[i][j] for i, j in self._compared()), default=0)
        return 0 if not count or not most else max(1, round(LEVELS * count / most))

    def _compared(self) -> list[Cell]:
        size = range(len(self.names))
        return [(i, j) for i in size for j in size if not (self.diagonal and i == j)]


def heat(title: str, shown: Heat, href: Callable[[int, int], str]) -> SafeString:
    """A square of cells, the names beside and above. `href(row, column)` may be empty."""
    size = len(shown.names)
    step = (WIDTH - _LEFT - _RIGHT) / max(size, 1)
    high = min(step, 44.0)
    drawn: list[SafeString | str] = [
        _row_name(name, _TOP + high * (at + 0.5)) for at, name in enumerate(shown.names)
    ]
    drawn += [_column_name(name, _LEFT + step * (at + 0.5), step) for at, name in enumerate(shown.names)]
    for row in range(size):
        for column in range(size):
            drawn.append(_cell(shown, row, column, step, high, href(row, column)))
    said = gettext("%(size)s labels; the table below has the counts.") % {"size": size}
    return drawing("heat", title, said, _TOP + high * size + 6, drawn, links=True)


def _cell(shown: Heat, row: int, column: int, step: float, high: float, href: str) -> SafeString:
    same = shown.diagonal and row == column
    kind = "same" if same else f"heat-{shown.level(row, column)}"
    x, y = _LEFT + step * column, _TOP + high * row
    count = shown.rows[row][column]
    drawn = format_html(
        '<rect class="cell {}" x="{}" y="{}" width="{}" height="{}" rx="3"></rect>'
        '<text class="cell-text {}" x="{}" y="{}" text-anchor="middle" dominant-baseline="central">{}</text>',
        kind,
        f"{x + 1:.1f}",
        f"{y + 1:.1f}",
        f"{step - 2:.1f}",
        f"{high - 2:.1f}",
        kind,
        f"{x + step / 2:.1f}",
        f"{y + high / 2:.1f}",
        number(count) if count and step >= 26 else "",
    )
    name = gettext("%(one)s and %(two)s: %(count)s") % {
        "one": cut(shown.names[row]),
        "two": cut(shown.names[column]),
        "count": number(count),
    }
    return linked(drawn, href if count else "", name)


def _row_name(name: str, y: float) -> SafeString:
    return format_html(
        '<text class="name" x="{}" y="{}" text-anchor="end" dominant-baseline="middle">{}<title>{}</title></text>',
        _LEFT - 8,
        f"{y:.1f}",
        short(name, 19),
        name,
    )


def _column_name(name: str, x: float, step: float) -> SafeString:
    return format_html(
        '<text class="name" x="{}" y="22" text-anchor="middle">{}<title>{}</title></text>',
        f"{x:.1f}",
        short(name, max(2, int(step / 6.2))),
        name,
    )
