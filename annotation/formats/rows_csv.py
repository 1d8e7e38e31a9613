"""CSV and TSV: a header line, then a row a line; quoted cells may hold separators, quotes and line ends."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from annotation.formats.byte_lines import ByteLines, Line
from annotation.formats.row_types import MAX_ROW_BYTES, BadRow, Position, Row, RowInvalid, row_of

_MAX_RECOVERIES = 50  # each open quote may cost a second look at up to MAX_ROW_BYTES


def read_csv(stream: BinaryIO, start: Position | None, *, delimiter: str) -> Iterator[Row | BadRow]:
    """Read rows; see `rows.read_rows`. A faulty header ends the reading."""
    try:
        records = Records(ByteLines(stream, start), delimiter)
        header = start.header if start else records.header()
    except RowInvalid as error:
        yield BadRow(1, error.code, Position(0, 1), error.params)
        return
    empty = start is None
    while True:
        try:
            cells = records.next_cells()
            if cells is None:
                break
            empty = False
            end = records.end(header)
            check_width(cells, header)
            yield row_of(records.line, dict(zip(header, cells, strict=True)), end)
        except RowInvalid as error:
            empty = False
            yield BadRow(records.line, error.code, records.end(header), error.params)
            if records.recoveries > _MAX_RECOVERIES:
                break
    if empty:
        yield BadRow(1, "file_empty", records.end(header))


def check_width(cells: list[str], header: tuple[str, ...]) -> None:
    """Raises RowInvalid where a row has fewer or more cells than the header."""
    if len(cells) != len(header):
        code = "row_short" if len(cells) < len(header) else "row_long"
        raise RowInvalid(code, {"cells": len(cells), "wanted": len(header)})


class Records:
    """Records of one or more physical lines. `line` is where the latest started."""

    def __init__(self, lines: ByteLines, delimiter: str) -> None:
        """Lines from their beginning, or from the end of an earlier record."""
        self._lines = lines
        self._delimiter = delimiter
        self._used: list[Line] = []
        self._size = 0
        self.line = 1
        self.recoveries = 0
        if csv.field_size_limit() < MAX_ROW_BYTES:  # the module has one limit for the whole process
            csv.field_size_limit(MAX_ROW_BYTES)

    def header(self) -> tuple[str, ...]:
        """The names of the columns; raises RowInvalid."""
        names = tuple(name.strip() for name in self.next_cells() or ())
        if not names:
            raise RowInvalid("file_empty")
        for at, name in enumerate(names):
            if not name:
                raise RowInvalid("header_blank", {"column": at + 1})
            if name in names[:at]:
                raise RowInvalid("header_duplicate", {"name": name})
        return names

    def next_cells(self) -> list[str] | None:
        """The next record's cells, or None at the end; blank lines are skipped. Raises RowInvalid."""
        while True:
            self._used, self._size = [], 0
            try:
                cells = next(csv.reader(self._texts(), delimiter=self._delimiter, strict=True), None)
            except csv.Error as error:
                raise self._broken(error) from None
            if cells is None or any(cell.strip() for cell in cells):
                return cells

    def end(self, header: tuple[str, ...]) -> Position:
        """The position after the latest record."""
        last = self._used[-1] if self._used else None
        if last is None:
            return Position(self._lines.offset, self._lines.number, header)
        return Position(last.end, last.number + 1, header)

    def _texts(self) -> Iterator[str]:
        """Decoded lines, as the csv module asks for them: one, and more while a quoted cell is open."""
        while line := self._lines.next_line():
            if not self._used:
                self.line = line.number
            self._used.append(line)
            self._size += len(line.content or b"")
            if line.content is None or self._size > MAX_ROW_BYTES:
                raise self._too_large()
            try:
                yield line.content.decode("utf-8")
            except UnicodeDecodeError as error:
                raise RowInvalid("encoding_invalid", {"byte": error.start + 1}) from None

    def _broken(self, error: csv.Error) -> RowInvalid:
        if len(self._used) > 1 or "unexpected end of data" in str(error):
            self._keep_first_line()
            return RowInvalid("csv_quote_open")
        return RowInvalid("csv_broken", {"problem": str(error)})

    def _too_large(self) -> RowInvalid:
        if len(self._used) > 1:  # more likely an open quote than a row of that size
            self._keep_first_line()
            return RowInvalid("csv_quote_open")
        return RowInvalid("row_too_large", {"limit": MAX_ROW_BYTES})

    def _keep_first_line(self) -> None:
        """Only the first line is bad: those that the open quote swallowed are read again."""
        self.recoveries += 1
        self._lines.put_back(self._used[1:])
        del self._used[1:]
