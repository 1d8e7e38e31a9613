"""Physical lines of a binary stream, with their numbers and byte offsets, none longer than a row may be."""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from annotation.formats.row_types import MAX_ROW_BYTES, Position, RowInvalid

_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SKIP = 1 << 16


@dataclass(frozen=True)
class Line:
    """A line's bytes with its line end, None when it is too long; its number and the offset after it."""

    content: bytes | None
    number: int
    end: int


def skip_mark(stream: BinaryIO) -> tuple[bytes, int]:
    """Read a little of a stream's beginning: the bytes after a UTF-8 byte order mark, and the mark's length.

    Raises RowInvalid (`encoding_utf16`) when the stream is UTF-16 or UTF-32, marked or plain to see.
    """
    head = stream.read(4)
    if head.startswith(_WIDE_MARKS) or (len(head) == 4 and head.count(0) >= 2):
        raise RowInvalid("encoding_utf16")
    mark = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    return head[mark:], mark


class ByteLines:
    """Lines from a stream's beginning or a position, one `next_line()` at a time; lines can be put back."""

    def __init__(self, stream: BinaryIO, start: Position | None) -> None:
        """Raises RowInvalid (`encoding_utf16`)."""
        self._stream = stream
        self._head = b""
        self._back: deque[Line] = deque()
        self.number, self.offset = 1, 0
        if start is None:
            self._head, self.offset = skip_mark(stream)
        else:
            stream.seek(start.offset)
            self.number, self.offset = start.line, start.offset

    def next_line(self) -> Line | None:
        """The next line, or None at the end."""
        if self._back:
            return self._back.popleft()
        content = self._readline(MAX_ROW_BYTES + 1)
        if not content:
            return None
        size = len(content)
        kept: bytes | None = content
        if size > MAX_ROW_BYTES:
            kept = None
            while not content.endswith(b"\n") and (content := self._readline(_SKIP)):
                size += len(content)
        line = Line(kept, self.number, self.offset + size)
        self.offset, self.number = line.end, self.number + 1
        return line

    def put_back(self, lines: Iterable[Line]) -> None:
        """Give lines again, in their order, before those not read yet."""
        self._back.extendleft(reversed(list(lines)))

    def _readline(self, limit: int) -> bytes:
        head, self._head = self._head, b""
        at = head.find(b"\n") + 1
        if at:
            head, self._head = head[:at], head[at:]
            return head
        return head + self._stream.readline(max(limit - len(head), 1))
