"""A release as Parquet, as Hugging Face's `datasets` shards it: `load_dataset(folder)` reads it with its features."""

from __future__ import annotations

import json
from typing import Any

from annotation.formats.release.column_types import to_arrow, to_feature, to_yaml
from annotation.formats.release.columns import Column, columns
from annotation.formats.release.format import Out, View
from annotation.formats.release.rows import ReleaseRow

_ROWS = 1000
_CHARACTERS = 8_000_000


class Parquet:
    """The `parquet` format. Row groups of at most 1000 rows, or of 8 million characters of data; Zstandard."""

    key = "parquet"
    folder = "data"
    ending = ".parquet"

    def misfit(self, view: View) -> str:
        """It can say everything."""
        return ""

    def open(self, out: Out, view: View) -> Table:
        """A table of the columns that the schema asks for."""
        return Table(out, view)


class Table:
    """An open Parquet file; holds one row group."""

    def __init__(self, out: Out, view: View) -> None:
        import pyarrow  # late: web processes read the registry and write no table
        from pyarrow import parquet

        self._columns = columns(view)
        self._schema = pyarrow.schema(
            [(one.name, to_arrow(one.type)) for one in self._columns], _metadata(self._columns)
        )
        self._writer = parquet.ParquetWriter(
            pyarrow.PythonFile(_Written(out), mode="w"), self._schema, compression="zstd"
        )
        self._rows: list[dict[str, Any]] = []
        self._characters = 0

    def write(self, row: ReleaseRow) -> int:
        """One row of the table."""
        self._rows.append({one.name: one.read(row) for one in self._columns})
        self._characters += sum(len(value) for value in row.data.values() if isinstance(value, str | list))
        if len(self._rows) == _ROWS or self._characters >= _CHARACTERS:
            self._flush()
        return 1

    def close(self) -> None:
        """The last row group, and the footer."""
        if self._rows:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow  # late, as above

        self._writer.write_table(pyarrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows, self._characters = [], 0


class _Written:
    """What Arrow asks of a file, over an `Out`, which its owner closes."""

    closed = False

    def __init__(self, out: Out) -> None:
        self._out = out

    def write(self, content: Any) -> int:
        return self._out.write(bytes(content))

    def tell(self) -> int:
        return self._out.tell()

    def flush(self) -> None:
        """Its owner flushes."""

    def close(self) -> None:
        """Its owner closes."""


def _metadata(found: list[Column]) -> dict[str, str]:
    return {"huggingface": json.dumps({"info": {"features": _features(found)}})}


def _features(found: list[Column]) -> dict[str, Any]:
    return {one.name: to_feature(one.type) for one in found}


def features(view: View) -> list[dict[str, Any]]:
    """The columns as a card's front matter lists them under `dataset_info: features:`."""
    return [to_yaml(one.name, one.type) for one in columns(view)]


def dataset_info(view: View) -> dict[str, Any]:
    """`dataset_info` of a card's front matter: the columns of the Parquet files."""
    return {"features": features(view)}
