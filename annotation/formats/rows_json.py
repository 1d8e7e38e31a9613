"""JSON: a list of objects, one object, or objects one after another, read without holding the file in memory.

The file is cut into top-level values by looking at quotes and brackets only; each value is then decoded by
itself, so that a bad one leaves the others in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Literal

from annotation.formats.byte_lines import skip_mark
from annotation.formats.row_types import MAX_ROW_BYTES, BadRow, Position, Row, RowInvalid, row_of
from annotation.formats.strict_json import strict_loads

_CHUNK = 1 << 16
_BLANK = b" \t\r\n"
_NOT_BLANK = re.compile(rb"[^ \t\r\n]")
_OUTSIDE = re.compile(rb'["\[\]{}]')
_IN_STRING = re.compile(rb'["\\]')
_AFTER_SCALAR = re.compile(rb"[,\]}\s]")


def read_json(stream: BinaryIO, start: Position | None) -> Iterator[Row | BadRow]:
    """Read rows; see `rows.read_rows`. A list whose structure is broken ends the reading."""
    try:
        scanner = _Scanner(stream, start)
    except RowInvalid as error:
        yield BadRow(1, error.code, Position(0, 1), error.params)
        return
    inside = start.inside if start else ""
    try:
        first = empty = start is None
        if not inside:
            inside = _opening(scanner)
        while _before_value(scanner, inside, first=first):
            first = empty = False
            line = scanner.line
            encoded = scanner.value()
            yield _row(line, encoded, scanner.position(inside))
        if scanner.peek():
            raise RowInvalid("json_trailing")
        if empty:
            raise RowInvalid("file_empty")
    except RowInvalid as error:
        yield BadRow(scanner.line, error.code, scanner.position(inside), error.params)


def _row(line: int, encoded: bytes | None, end: Position) -> Row | BadRow:
    if encoded is None:
        return BadRow(line, "row_too_large", end, {"limit": MAX_ROW_BYTES})
    try:
        return row_of(line, strict_loads(encoded), end)
    except RowInvalid as error:
        return BadRow(line, error.code, end, error.params)


def _opening(scanner: _Scanner) -> Literal["array", "sequence"]:
    match scanner.peek():
        case b"[":
            scanner.take()
            return "array"
        case b"{":
            return "sequence"
        case b"":
            raise RowInvalid("file_empty")
        case _:
            raise RowInvalid("json_no_rows")


def _before_value(scanner: _Scanner, inside: str, *, first: bool) -> bool:
    """Step to the next value; False at the end. Raises RowInvalid when the structure is broken."""
    found = scanner.peek()
    if inside == "sequence":
        return found == b"{"
    if found == b"]":
        scanner.take()
        return False
    if not first:
        if found and found != b",":
            raise RowInvalid("json_separator")
        scanner.take()
        found = scanner.peek()
    if not found:
        raise RowInvalid("json_unclosed")
    if found in b",]}:":
        raise RowInvalid("json_separator")
    return True


class _Scanner:
    """A window on the stream that moves over blanks, single bytes and whole JSON values."""

    def __init__(self, stream: BinaryIO, start: Position | None) -> None:
        self._stream = stream
        self._window = bytearray()
        self._whole = True
        self.line, self._offset = 1, 0
        if start is None:
            head, self._offset = skip_mark(stream)
            self._window += head
        else:
            stream.seek(start.offset)
            self.line, self._offset = start.line, start.offset

    def position(self, inside: Literal["", "array", "sequence"]) -> Position:
        """Where the window begins."""
        return Position(self._offset, self.line, inside=inside)

    def peek(self) -> bytes:
        """The next byte that is not blank, or nothing at the end; moves over the blanks."""
        while True:
            match = _NOT_BLANK.search(self._window)
            self._move(match.start() if match else len(self._window))
            if match:
                return bytes(self._window[:1])
            if not self._fill():
                return b""

    def take(self) -> None:
        """Move over one byte."""
        self._move(1)

    def value(self) -> bytes | None:
        """Move over one JSON value and return its bytes, or None when it is larger than a row may be.

        Raises RowInvalid (`json_unclosed`) when the stream ends within it.
        """
        self._whole = True
        if bytes(self._window[:1]) not in (b"{", b"[", b'"'):
            return self._scalar()
        depth, at, in_string = 0, 0, False
        while at == 0 or depth > 0 or in_string:
            at, found = self._find(_IN_STRING if in_string else _OUTSIDE, at)
            if found == b"\\":
                at = self._after_escape(at)
            elif found == b'"':
                in_string = not in_string
            else:
                depth += 1 if found in b"[{" else -1
        return self._cut(at)

    def _scalar(self) -> bytes | None:
        try:
            at, _ = self._find(_AFTER_SCALAR, 0)
        except RowInvalid:  # the stream ends with it
            return self._cut(len(self._window))
        return self._cut(at - 1)

    def _find(self, pattern: re.Pattern[bytes], at: int) -> tuple[int, bytes]:
        """Where the next match ends, and the match; a value that grows too large is dropped on the way."""
        while not (match := pattern.search(self._window, at)):
            at = len(self._window)
            if at > MAX_ROW_BYTES or not self._whole:
                self._move(at)
                self._whole, at = False, 0
            if not self._fill():
                raise RowInvalid("json_unclosed")
        return match.end(), match[0]

    def _after_escape(self, at: int) -> int:
        if len(self._window) <= at:
            self._fill()
        return at + 1

    def _cut(self, size: int) -> bytes | None:
        content = bytes(self._window[:size]) if self._whole and size <= MAX_ROW_BYTES else None
        self._move(size)
        return content

    def _move(self, size: int) -> None:
        self.line += self._window.count(b"\n", 0, size)
        self._offset += size
        del self._window[:size]

    def _fill(self) -> bool:
        more = self._stream.read(_CHUNK)
        self._window += more
        return bool(more)
