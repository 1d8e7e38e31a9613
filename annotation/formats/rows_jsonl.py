"""JSON Lines: one object a line. Blank lines are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from annotation.formats.byte_lines import ByteLines
from annotation.formats.row_types import MAX_ROW_BYTES, BadRow, Position, Row, RowInvalid, row_of
from annotation.formats.strict_json import strict_loads


def read_jsonl(stream: BinaryIO, start: Position | None) -> Iterator[Row | BadRow]:
    """Read rows; see `rows.read_rows`."""
    try:
        lines = ByteLines(stream, start)
    except RowInvalid as error:
        yield BadRow(1, error.code, Position(0, 1), error.params)
        return
    empty = start is None
    while line := lines.next_line():
        end = Position(line.end, line.number + 1)
        if line.content is None:
            yield BadRow(line.number, "row_too_large", end, {"limit": MAX_ROW_BYTES})
        elif line.content.strip():
            try:
                yield row_of(line.number, strict_loads(line.content.strip()), end)
            except RowInvalid as error:
                yield BadRow(line.number, error.code, end, error.params)
        else:
            continue
        empty = False
    if empty:
        yield BadRow(1, "file_empty", Position(lines.offset, lines.number))
