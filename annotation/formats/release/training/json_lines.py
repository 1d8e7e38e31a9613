"""Formats of which each record is a line of JSON, made from one reading of the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from annotation.algorithms.canonical import canonical_json
from annotation.formats.messages import FormatError
from annotation.formats.release.column_types import TEXT, ColumnType, Many, Struct
from annotation.formats.release.format import Out, View
from annotation.formats.release.loadable import Columns, Loadable
from annotation.formats.release.roles.reading import Lacks
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Schema

R = TypeVar("R")
MESSAGES = Many(Struct({"role": TEXT, "content": TEXT}))
"""Messages of a conversation."""


@dataclass(frozen=True)
class JsonLines(Loadable, Generic[R]):
    """A format: `role` reads the schema, `records` gives the records of a row, `shape` their columns."""

    key: str
    role: Callable[[Schema], R | Lacks]
    records: Callable[[R, ReleaseRow], Iterable[Mapping[str, Any]]]
    shape: Callable[[R], Columns]
    ending: str = ".jsonl"

    @property
    def folder(self) -> str:
        """A folder of its own."""
        return self.key

    def misfit(self, view: View) -> str:
        """What the schema lacks."""
        found = self.role(view.schema)
        return found.code if isinstance(found, Lacks) else ""

    def columns(self, view: View) -> Columns:
        """What a record of such a schema holds; raises FormatError for one that does not fit."""
        return self.shape(self._role(view))

    def open(self, out: Out, view: View) -> Stream:
        """Lines of canonical JSON; raises FormatError for a schema that does not fit."""
        return Stream(out, partial(self.records, self._role(view)))

    def _role(self, view: View) -> R:
        found = self.role(view.schema)
        if isinstance(found, Lacks):
            raise FormatError(found.code, where=self.key)
        return found


def always(**columns: ColumnType) -> Callable[[object], Columns]:
    """The same columns, whatever the schema is."""
    return lambda _role: columns


class Stream:
    """An open file; the records of a row are written one by one, since a ranking has many."""

    def __init__(self, out: Out, records: Callable[[ReleaseRow], Iterable[Mapping[str, Any]]]) -> None:
        self._out, self._records = out, records

    def write(self, row: ReleaseRow) -> int:
        """The row's records."""
        count = 0
        for record in self._records(row):
            self._out.write(canonical_json(record) + b"\n")
            count += 1
        return count

    def close(self) -> None:
        """Nothing stands after the last line."""
