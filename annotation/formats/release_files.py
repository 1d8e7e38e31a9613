"""Writers of release files: streamed, in shards, the same bytes for the same rows.

A file is `begin`, the rows with `between` between them, `end`. A shard knows the number of its first row,
so that shards made apart, in any order, join into the file that one process would have written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from annotation.formats.release_jsonl import JsonLines
from annotation.formats.release_label_studio import LabelStudioJson
from annotation.formats.release_rows import ReleaseRow

_CHUNK = 1 << 20


class Out(Protocol):
    """Where bytes go."""

    def write(self, content: bytes, /) -> int:
        """Take all of the bytes."""


class Writer(Protocol):
    """One release format."""

    @property
    def name(self) -> str:
        """The registry's key."""

    @property
    def filename(self) -> str:
        """The file's name in a release."""

    @property
    def begin(self) -> bytes:
        """What stands before the first row."""

    @property
    def between(self) -> bytes:
        """What stands between two rows."""

    @property
    def end(self) -> bytes:
        """What stands after the last row."""

    def encode(self, row: ReleaseRow, number: int) -> bytes:
        """The bytes of one row; `number` counts from 0 over the whole file."""


@dataclass(frozen=True)
class Written:
    """What was written: SHA-256 (hexadecimal), bytes and rows."""

    sha256: str
    size: int
    rows: int


WRITERS: Mapping[str, Writer] = {writer.name: writer for writer in (JsonLines(), LabelStudioJson())}
"""Every release format by name. A new one is a module and a row here."""


def write_shard(writer: Writer, rows: Iterable[ReleaseRow], out: Out, *, first: int) -> Written:
    """Write rows `first`, `first` + 1, … of a file, without the file's begin and end."""
    return write_shards([(writer, out)], rows, first=first)[0]


def write_shards(
    targets: Iterable[tuple[Writer, Out]], rows: Iterable[ReleaseRow], *, first: int
) -> list[Written]:
    """The same in several formats, in one pass over the rows."""
    hashing = [(writer, _Hashing(out)) for writer, out in targets]
    number = first
    for number, row in enumerate(rows, start=first + 1):
        for writer, out in hashing:
            out.write((writer.between if number > 1 else b"") + writer.encode(row, number - 1))
    return [out.written(number - first) for _, out in hashing]


def join_shards(writer: Writer, shards: Iterable[tuple[BinaryIO, int]], out: Out) -> Written:
    """Join shards, each a readable stream and its number of rows, in the order of their rows, into one file."""
    hashing = _Hashing(out)
    hashing.write(writer.begin)
    total = 0
    for stream, rows in shards:
        total += rows
        while chunk := stream.read(_CHUNK):
            hashing.write(chunk)
    hashing.write(writer.end)
    return hashing.written(total)


class _Hashing:
    """The writing half of a binary file, which hashes and counts on the way."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._sha = hashlib.sha256()
        self._size = 0

    def write(self, content: bytes) -> int:
        self._sha.update(content)
        self._size += len(content)
        return self._out.write(content)

    def written(self, rows: int) -> Written:
        return Written(self._sha.hexdigest(), self._size, rows)
