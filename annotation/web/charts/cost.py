"""What ways of asking cost, and how far their answers hold: a point each."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotation.web.charts.canvas import WIDTH, Scale, columns_of_grid, drawing, rows_of_grid
from annotation.web.charts.words import number

_TOP, _HEIGHT, _LEFT, _RIGHT = 18.0, 200.0, 44.0, 24.0
_LEVEL = 14.0
_STEPS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True)
class Way:
    """A way of asking: its name, labels an item, the share of right answers. `joined` ones are joined by a line."""

    name: str
    cost: float
    right: float
    joined: bool = False
    strong: bool = False


def cost(title: str, ways: Sequence[Way]) -> SafeString:
    """Labels an item to the right, right answers upwards. There is at least one way."""
    most = ceil(max(way.cost for way in ways) + 0.2)
    floor = max((step for step in _STEPS if step <= min(way.right for way in ways) - 0.03), default=0.0)
    across = Scale(0, most, _LEFT, WIDTH - _RIGHT)
    down = Scale(floor, 1.0, _TOP + _HEIGHT, _TOP)
    line = " ".join(f"{across.at(way.cost)},{down.at(way.right)}" for way in ways if way.joined)
    marks: list[SafeString | str] = [
        rows_of_grid(down, [step for step in _STEPS if step >= floor], _LEFT, WIDTH - _RIGHT),
        columns_of_grid(across, range(most + 1), _TOP, _TOP + _HEIGHT),
        format_html('<polyline class="line" points="{}"></polyline>', line),
        *(_point(way, across, down, leftwards=_leftwards(way, ways, across, down)) for way in ways),
        format_html(
            '<text x="{}" y="{}" text-anchor="middle">{}</text>',
            f"{(_LEFT + WIDTH - _RIGHT) / 2:.1f}",
            f"{_TOP + _HEIGHT + 34:.1f}",
            gettext("labels an item"),
        ),
    ]
    return drawing("cost", title, "; ".join(sentence(way) for way in ways), _TOP + _HEIGHT + 42, marks)


def sentence(way: Way) -> str:
    """A way in words."""
    return gettext("%(name)s: %(cost)s labels an item, %(right)s right") % {
        "name": way.name,
        "cost": number(way.cost, 2),
        "right": f"{number(100 * way.right, 1)} %",
    }


def _leftwards(way: Way, ways: Sequence[Way], across: Scale, down: Scale) -> bool:
    """Whether a name beside the point has more room on its left: to the next point of about its height, or the edge."""
    x, y = across.place(way.cost), down.place(way.right)
    level = [
        across.place(one.cost) for one in ways if one is not way and abs(down.place(one.right) - y) < _LEVEL
    ]
    before = x - max((at for at in level if at < x), default=_LEFT)
    after = min((at for at in level if at > x), default=WIDTH - _RIGHT) - x
    return before > after


def _point(way: Way, across: Scale, down: Scale, *, leftwards: bool) -> SafeString:
    x, y = across.place(way.cost), down.place(way.right)
    end = leftwards if way.strong else x > WIDTH * 0.7
    # The names of the joined ways stand below their line, the others above: they lie above it, if they are any good.
    # The strong one's stands beside its point, so that it can be read where another way comes to the same.
    aside, below = (0, 18 if way.joined else -10) if not way.strong else (-12 if end else 12, 5)
    anchor = ("end" if end else "start") if way.strong else ("end" if end else "middle")
    return format_html(
        '<g><title>{}</title><circle class="point{}" cx="{}" cy="{}" r="{}"></circle>'
        '<text x="{}" y="{}" text-anchor="{}">{}</text></g>',
        sentence(way),
        "" if way.strong or not way.joined else " weak",
        f"{x:.1f}",
        f"{y:.1f}",
        7 if way.strong else 5,
        f"{x + aside:.1f}",
        f"{y + below:.1f}",
        anchor,
        way.name,
    )
