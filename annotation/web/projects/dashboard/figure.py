"""A figure of the dashboard: a picture, a sentence that says what to read from it, a table with the same numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from annotation.web import charts
from annotation.web.cut import cut

_MOST = 200  # characters in a cell


@dataclass(frozen=True)
class Cell:
    """`text` is for people, `raw` for a file, where a tuple takes as many columns; `number` stands to the right.

    `full` is the whole text where `text` is cut.
    """

    text: str
    raw: Any
    number: bool = False
    href: str = ""
    full: str = ""


@dataclass(frozen=True)
class Row:
    """Its first cell names it. What rests on little is `weak`, and grey."""

    cells: Sequence[Cell]
    weak: bool = False


@dataclass(frozen=True)
class Link:
    """Where to go from here."""

    text: str
    href: str


@dataclass(frozen=True)
class Figure:
    """`head` names the columns; `empty` says, in place of a picture, why there is none and what would give one.

    `codes` names the columns in a file, in every language the same. `wide` figures take a whole line of the page.
    """

    key: str
    title: str
    codes: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Row] = ()
    svg: SafeString | None = None
    said: str = ""
    notes: Sequence[str] = ()
    empty: str = ""
    question: str = ""
    links: Sequence[Link] = ()
    wide: bool = False
    open_table: bool = False

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """The head, and whether a column holds numbers."""
        first = self.rows[0].cells if self.rows else ()
        return [(name, at < len(first) and first[at].number) for at, name in enumerate(self.head)]

    @property
    def anchor(self) -> str:
        """The id on the page."""
        return f"figure-{self.key}" + (f"-{sum(self.question.encode()) % 9973}" if self.question else "")

    def lines(self) -> Iterator[list[Any]]:
        """The rows of the file."""
        yield list(self.codes)
        for row in self.rows:
            yield [raw for cell in row.cells for raw in _columns(cell.raw)]


def _columns(raw: Any) -> tuple[Any, ...]:
    return raw if isinstance(raw, tuple) else (raw,)


def text(value: str, href: str = "", raw: Any = None) -> Cell:
    """A cell of words, at most 200 characters of them; the file has them all."""
    shown = cut(value, _MOST)
    return Cell(shown, value if raw is None else raw, href=href, full="" if shown == value else value)


def count(value: int, href: str = "") -> Cell:
    """A whole number."""
    return Cell(charts.number(value), value, number=True, href=href if value else "")


def figure(value: float | None, places: int = 3) -> Cell:
    """A number with decimals; a dash where there is none."""
    return Cell("–" if value is None else charts.number(value, places), value, number=True)


def share(value: float | None) -> Cell:
    """A share as per cent; the file keeps the share."""
    return Cell("–" if value is None else f"{charts.number(100 * value)} %", value, number=True)


def bounds(low: float | None, high: float | None, places: int = 2) -> Cell:
    """An interval; the file has both numbers in full, or nothing twice."""
    shown = (
        "–"
        if low is None or high is None
        else f"{charts.number(low, places)} – {charts.number(high, places)}"
    )
    return Cell(shown, (low, high), number=True)
