"""The cells of a table in an item's data, counted row by row: one object is a table of keys and values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KEY, VALUE = "key", "value"


class Grid:
    """A table's `rows` and `columns`; columns stand in the order in which rows first name them."""

    def __init__(self, table: Any) -> None:
        rows = table if isinstance(table, list) else [table]
        self.rows: list[Mapping[str, Any]] = [row for row in rows if isinstance(row, Mapping)]
        self._pairs = isinstance(table, Mapping)
        if isinstance(table, Mapping):
            self.rows = [{KEY: key, VALUE: value} for key, value in table.items()]
        named = list(dict.fromkeys(column for row in self.rows for column in row))
        self.columns: list[str] = [KEY, VALUE] if self._pairs else named
        self._at = {column: at for at, column in enumerate(self.columns)}

    @property
    def order(self) -> list[str]:
        """The columns, or the keys of a table of pairs, in the source's order, which not every reader of JSON keeps."""
        return [row[KEY] for row in self.rows] if self._pairs else self.columns

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.rows) * len(self.columns)

    def cell(self, row: int, column: str) -> int | None:
        """The number of a cell, None where there is none."""
        if not 0 <= row < len(self.rows) or column not in self._at:
            return None
        return row * len(self.columns) + self._at[column]

    def place(self, cell: int) -> tuple[int, str] | None:
        """The row and column of a cell."""
        if not 0 <= cell < self.cells:
            return None
        row, at = divmod(cell, len(self.columns))
        return row, self.columns[at]

    def text(self, row: int, column: str) -> str | None:
        """What a cell says when it is a text; None for numbers and the like, which are written in more than one way."""
        said = self.rows[row].get(column)
        return said if isinstance(said, str) else None

    def words(self, cell: int) -> str:
        """What a cell says, for people."""
        place = self.place(cell)
        if place is None:
            return ""
        said = self.rows[place[0]].get(place[1], "")
        return said if isinstance(said, str) else str(said)
