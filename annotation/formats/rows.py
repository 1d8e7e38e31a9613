"""Rows of an uploaded file, one at a time, in bounded memory, each good or bad by itself.

`read_rows` takes JSON Lines, JSON (a list of objects, an object, or objects one after another), CSV and
TSV, in UTF-8 with or without a byte order mark. Reading can go on later from any row's `end`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import BinaryIO, Literal, cast, get_args

from annotation.formats.messages import FormatError
from annotation.formats.row_types import MAX_ROW_BYTES, BadRow, Position, Row
from annotation.formats.rows_csv import read_csv
from annotation.formats.rows_json import read_json
from annotation.formats.rows_jsonl import read_jsonl

__all__ = ["MAX_ROW_BYTES", "TABLE_ENDINGS", "BadRow", "Format", "Position", "Row", "format_of", "read_rows"]

Format = Literal["jsonl", "json", "csv", "tsv"]

_READERS: Mapping[Format, Callable[[BinaryIO, Position | None], Iterator[Row | BadRow]]] = {
    "jsonl": read_jsonl,
    "json": read_json,
    "csv": lambda stream, start: read_csv(stream, start, delimiter=","),
    "tsv": lambda stream, start: read_csv(stream, start, delimiter="\t"),
}
_SUFFIXES = {"ndjson": "jsonl", "tab": "tsv"}
TABLE_ENDINGS = frozenset({*get_args(Format), *_SUFFIXES})
"""Endings of files that hold rows."""


def format_of(filename: str) -> Format:
    """The format that a file's name tells; raises FormatError (`format_unknown`)."""
    suffix = PurePath(filename).suffix.lower().lstrip(".")
    found = _SUFFIXES.get(suffix, suffix)
    if found not in get_args(Format):
        raise FormatError("format_unknown", {"format": suffix})
    return cast(Format, found)


def read_rows(
    source: str | Path | BinaryIO, form: Format, *, start: Position | None = None
) -> Iterator[Row | BadRow]:
    """Read rows from a path or a binary stream at its beginning; with `start`, only the rows after it.

    A stream must be seekable when `start` is given. Bad rows are reported and reading goes on, except
    where the rest of the file cannot be told apart any more (a broken list separator, a file in another
    encoding).
    """
    if isinstance(source, str | Path):
        with Path(source).open("rb") as stream:
            yield from _READERS[form](stream, start)
    else:
        yield from _READERS[form](source, start)
