"""Supply and demand by what items ask for: bars in the cells of a table, so that each figure stands beside its bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from experts.jurisdictions import jurisdiction_name
from experts.languages import language_name
from experts.models import Sector

TITLES: dict[str, str | Promise] = {
    "sector": _("Sector"),
    "speciality": _("Speciality"),
    "language": _("Language"),
    "jurisdiction": _("Jurisdiction"),
}
SHOWN = 20


@dataclass(frozen=True)
class Row:
    """What one word is asked for and who is there for it. `told` of the people say how many hours they give."""

    name: str
    items: int
    slots: int
    people: int
    told: int
    hours: int
    demand: SafeString
    supply: SafeString


@dataclass(frozen=True)
class Table:
    """One of the four ways to look at it; `more` rows are not shown."""

    about: str
    title: str
    rows: list[Row]
    more: int


def tables(demand: Sequence[Mapping[str, Any]], sector: Sector) -> list[Table]:
    """The stored figures by sector, speciality, language and jurisdiction, most wanted first."""
    found = []
    for about, title in TITLES.items():
        rows = [row for row in demand if row["about"] == about]
        slots = max((row["slots"] for row in rows), default=0)
        people = max((row["people"] for row in rows), default=0)
        shown = [_row(row, sector, slots, people) for row in rows[:SHOWN]]
        if shown:
            found.append(Table(about, str(title), shown, len(rows) - len(shown)))
    return found


def bar(title: str, value: int, most: int, kind: str) -> SafeString:
    """A bar as long as its share of the longest one; `kind` is `demand` or `supply`."""
    width = 100 * value / most if most else 0.0
    return format_html(
        '<svg class="cell-bar" role="img" focusable="false"><title>{}</title>'
        '<rect class="back" width="100%" height="100%"></rect>'
        '<rect class="{}" width="{}" height="100%"></rect></svg>',
        title,
        kind,
        f"{width:.2f}%",
    )


def _row(row: Mapping[str, Any], sector: Sector, slots: int, people: int) -> Row:
    name = _name(row, sector)
    wanted = gettext("%(name)s: %(count)s answers wanted") % {"name": name, "count": row["slots"]}
    there = gettext("%(name)s: %(count)s people available") % {"name": name, "count": row["people"]}
    return Row(
        name,
        **{key: row[key] for key in ("items", "slots", "people", "told", "hours")},
        demand=bar(wanted, row["slots"], slots, "demand"),
        supply=bar(there, row["people"], people, "supply"),
    )


def _name(row: Mapping[str, Any], sector: Sector) -> str:
    match row["about"]:
        case "sector":
            return str(sector)
        case "language":
            return language_name(row["word"])
        case "jurisdiction":
            return jurisdiction_name(row["word"])
        case _:
            return str(row["word"])
