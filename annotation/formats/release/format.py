"""What a format of a release is: whether it fits a schema, and how rows become a file.

    for format in chosen:                      # one pass over the rows, whatever the number of formats
        sink = format.open(out, view)
    for row in rows:
        for sink in sinks: sink.write(row)
    for sink in sinks: sink.close()

Every file is whole by itself: a release of many rows has several of each format (`train-00000-of-00003.jsonl`), each of
which the format's own library loads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Schema

TRAIN, VALIDATION, TEST = "train", "validation", "test"
SPLITS = (TRAIN, VALIDATION, TEST)
"""In the order in which a release holds them."""


@dataclass(frozen=True)
class View:
    """What a format may know before the first row. Values only; the same for every part of a release.

    `name` is the dataset's name, `key` a short name for paths and identifiers, `languages` BCP 47 codes, `software` the
    version of Assay.
    """

    schema: Schema
    name: str = ""
    key: str = "dataset"
    languages: tuple[str, ...] = ()
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    software: str = ""


@dataclass(frozen=True)
class Part:
    """One stretch of rows of one split: `number` of `of` files, rows `first` to `last` (left out) of the release."""

    split: str
    number: int
    of: int
    first: int
    last: int

    @property
    def stem(self) -> str:
        """The file's name without its ending, as `datasets` names shards; the split alone where one file holds it."""
        return self.split if self.of == 1 else f"{self.split}-{self.number:05d}-of-{self.of:05d}"


class Out(Protocol):
    """Where bytes go. Never sought in; `tell` counts what was written."""

    def write(self, content: bytes, /) -> int:
        """Take all of the bytes."""

    def tell(self) -> int:
        """How many bytes were written."""


class Sink(Protocol):
    """An open file of one format."""

    def write(self, row: ReleaseRow, /) -> int:
        """Add one item; how many records of the format it made (0: the item has none to give, which is counted).

        Raises FormatError when the item cannot be written.
        """

    def close(self) -> None:
        """Write what stands after the last row."""


@runtime_checkable
class Format(Protocol):
    """One format. A new one is a module with one of these and a row in `registry.py`."""

    @property
    def key(self) -> str:
        """The registry's key, in addresses, commands and manifests."""

    @property
    def folder(self) -> str:
        """Where its files stand in a release."""

    @property
    def ending(self) -> str:
        """What its files' names end with, with the dot."""

    def misfit(self, view: View) -> str:
        """Why the format cannot say what this schema asks, as a code of `messages_release*`; empty where it can."""

    def open(self, out: Out, view: View) -> Sink:
        """Begin a file; `out` is closed by the caller."""


@runtime_checkable
class Accompanied(Protocol):
    """A format of which small files stand beside each of its own."""

    def companions(self, view: View) -> Mapping[str, bytes]:
        """Their contents by path, relative to the file's folder."""


@runtime_checkable
class Lossy(Protocol):
    """A sink that counts what its format could not say."""

    losses: dict[str, int]
    """How many, by what became of them."""


def path_of(format_: Format, part: Part) -> str:
    """The path of a part's file within a release."""
    return f"{format_.folder}/{part.stem}{format_.ending}"


def parts_of(counts: dict[str, int], rows: int) -> list[Part]:
    """The parts of a release with so many rows a split, at most `rows` rows each."""
    parts: list[Part] = []
    start = 0
    for split in SPLITS:
        count = counts.get(split, 0)
        of = -(-count // rows)
        for number in range(of):
            first = start + number * rows
            parts.append(Part(split, number, of, first, min(first + rows, start + count)))
        start += count
    return parts


class Lines:
    """The sink of formats of which each record is a line: `encode` gives the lines of a row."""

    def __init__(self, out: Out, encode: Encode) -> None:
        self._out, self._encode = out, encode

    def write(self, row: ReleaseRow) -> int:
        """Its lines."""
        lines = self._encode(row)
        for line in lines:
            self._out.write(line + b"\n")
        return len(lines)

    def close(self) -> None:
        """Nothing stands after the last line."""


class Encode(Protocol):
    """A row's lines, without their ends."""

    def __call__(self, row: ReleaseRow, /) -> list[bytes]:
        """The lines, in order."""
