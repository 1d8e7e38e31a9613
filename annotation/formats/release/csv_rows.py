"""CSV: one row an item, for spreadsheets and quick looks. UTF-8, quoted as RFC 4180 says, lines end with CR LF.

Columns: `id`, `split`, the item's fields, and for each question the gold value, `<question>.how`,
`<question>.chance` (the posterior at which it was settled) and `<question>.probability` (of the gold value among
the annotators' answers); what is no text or number stands as JSON. An empty cell is no answer.

Texts stand as they are, also where one begins with `=`, `+`, `-` or `@`: training code reads these files, and a
changed text would shift every offset. A spreadsheet may take such a cell for a formula: import the columns as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from annotation.formats.release.format import Out, View
from annotation.formats.release.reading import Names, gold_of, json_text, words_of
from annotation.formats.release.rows import GoldAnswer, ReleaseRow
from annotation.formats.schema import Field, Question

_FIRST = ("id", "split")
_LAST = ("language", "source", "licence", "group")
Cell = Callable[[ReleaseRow], Any]


class Csv:
    """The `csv` format."""

    key = "csv"
    folder = "csv"
    ending = ".csv"

    def misfit(self, view: View) -> str:
        """It can say everything, some of it as JSON."""
        return ""

    def open(self, out: Out, view: View) -> Rows:
        """An item a row, below a header."""
        return Rows(out, view)


class Rows:
    """An open file."""

    def __init__(self, out: Out, view: View) -> None:
        self._out, self._cells = out, cells(view)
        self._line(list(self._cells))

    def write(self, row: ReleaseRow) -> int:
        """One row."""
        self._line([read(row) for read in self._cells.values()])
        return 1

    def close(self) -> None:
        """Nothing stands after the last row."""

    def _line(self, values: list[Any]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text).writerow(values)
        self._out.write(text.getvalue().encode())


def cells(view: View) -> dict[str, Cell]:
    """The columns, each with what it reads of a row. A name that is taken becomes `data_…` or `label_…`."""
    names, shown = Names((*_FIRST, *_LAST, "more")), {one.key for one in view.schema.fields}
    found: dict[str, Cell] = {"id": lambda row: row.item, "split": lambda row: row.split}
    for field in view.schema.fields:
        found[names.give(field.key, "data_")] = _words(field)
    for question in view.schema.questions:
        name = names.give(question.key, "label_")
        found[name] = _of_gold(question, lambda gold: _plain(gold.value))
        found[f"{name}.how"] = _of_gold(question, lambda gold: gold.how)
        found[f"{name}.chance"] = _of_gold(question, lambda gold: gold.chance)
        found[f"{name}.probability"] = _of_gold(question, probability)
    found |= {name: _attribute(name) for name in _LAST}
    found["more"] = lambda row: json_text({key: value for key, value in row.data.items() if key not in shown})
    return found


def probability(gold: GoldAnswer) -> float | None:
    """Of the gold value, among the annotators' answers; None where answers are not counted."""
    if gold.soft is None:
        return None
    return next((share for value, share in gold.soft.distribution if value == gold.value), 0.0)


def _words(field: Field) -> Cell:
    return lambda row: words_of(field, row.data)


def _attribute(name: str) -> Cell:
    return lambda row: getattr(row, name)


def _of_gold(question: Question, read: Callable[[GoldAnswer], Any]) -> Cell:
    def cell(row: ReleaseRow) -> Any:
        gold = gold_of(row, question.key)
        return None if gold is None else read(gold)

    return cell


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else json_text(value)
