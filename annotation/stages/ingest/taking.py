"""A row's data as it is stored: cleaned, decoded, its files stored and named. All before the chunk's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from annotation.formats.archive import Archive
from annotation.formats.messages import FormatError
from annotation.formats.rows import BadRow, Row
from annotation.formats.schema import Schema
from annotation.formats.taking_in import take_in
from annotation.models import Asset
from annotation.stages.ingest.assets import Keeper
from annotation.stages.ingest.files import FILE_KINDS, opened_file


@dataclass(frozen=True)
class Taken:
    """A row with its data as it is stored, the files it shows, and what the import's report counts of it."""

    row: Row
    assets: tuple[Asset, ...] = ()
    cleaned: int = 0
    scans: int = 0


def shows_files(schema: Schema) -> bool:
    """Whether rows name files: then a chunk is a few rows only, since each takes its time."""
    return any(field.kind in FILE_KINDS for field in schema.fields)


def take_rows(
    schema: Schema, archive: Archive | None, keeper: Keeper, chunk: Iterable[Row | BadRow]
) -> list[Taken | BadRow]:
    """Every row of a chunk as it is stored, or why it cannot be."""
    return [row if isinstance(row, BadRow) else _take(schema, archive, keeper, row) for row in chunk]


def _take(schema: Schema, archive: Archive | None, keeper: Keeper, row: Row) -> Taken | BadRow:
    try:
        data, cleaned = take_in(schema, row.data)
        kept = []
        by_key = {field.key: field for field in schema.fields if field.kind in FILE_KINDS}
        for field in by_key.values():
            if field.key in data:
                with opened_file(archive, field, data[field.key]) as given:
                    kept.append(keeper.keep(field, given))
                data[field.key] = dict(kept[-1].data)
    except FormatError as error:
        return BadRow(row.line, error.code, row.end, error.params)
    assets = tuple(one.asset for one in kept)
    return Taken(replace(row, data=data), assets, cleaned, sum(one.is_scan for one in kept))
