"""The sink of formats that are one JSON list: a record a line."""

from __future__ import annotations

from annotation.formats.release.format import Encode, Out
from annotation.formats.release.rows import ReleaseRow

_BEGIN = b"[\n"


class JsonList:
    """An open file; `encode` gives the records of a row."""

    def __init__(self, out: Out, encode: Encode) -> None:
        self._out, self._encode, self._before = out, encode, _BEGIN

    def write(self, row: ReleaseRow) -> int:
        """Its records."""
        records = self._encode(row)
        for record in records:
            self._out.write(self._before + record)
            self._before = b",\n"
        return len(records)

    def close(self) -> None:
        """The list's end."""
        self._out.write((_BEGIN if self._before == _BEGIN else b"") + b"\n]\n")
