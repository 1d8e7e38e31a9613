"""Where a batch's rows come from: a table, a table in a zip with the files that it names, or files alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from django.conf import settings

from annotation.formats.archive import Archive, kind_of_file
from annotation.formats.messages import FormatError
from annotation.formats.rows import BadRow, Position, Row, format_of, read_rows
from annotation.formats.schema import Field, Schema
from annotation.models import Batch
from annotation.problems import sentence
from annotation.stages.ingest.files import FILE_KINDS
from core import jobs

ZIP = "zip"


@dataclass(frozen=True)
class Source:
    """Rows behind a position, the files that they may name, and how far there is to go (bytes of a table, or files)."""

    rows: Iterator[Row | BadRow]
    archive: Archive | None
    total: int


@contextmanager
def opened(batch: Batch, schema: Schema, start: Position | None) -> Iterator[Source]:
    """The rows of a batch's file. Raises Rejected for a zip that cannot be read."""
    with batch.file.open("rb") as file:
        stream = cast(BinaryIO, file.file)
        if batch.format == ZIP:
            with _opened_zip(stream, schema, start) as source:
                yield source
        else:
            rows = read_rows(stream, format_of(str(batch.file.name)), start=start)
            yield Source(rows, None, batch.size)


@contextmanager
def _opened_zip(stream: BinaryIO, schema: Schema, start: Position | None) -> Iterator[Source]:
    with tempfile.TemporaryFile() as unpacked:
        try:
            archive = open_archive(stream)
            if archive.table is None:
                rows, total = _file_rows(archive, only_field(schema), start), len(archive.paths())
            else:
                archive.unpack(archive.table, unpacked)
                unpacked.seek(0)
                table = cast(BinaryIO, unpacked)
                rows, total = (
                    read_rows(table, format_of(archive.table), start=start),
                    archive.size(archive.table),
                )
        except FormatError as error:
            raise jobs.Rejected(sentence(error.code, error.params)) from error
        yield Source(rows, archive, total)


def open_archive(stream: BinaryIO) -> Archive:
    """A zip within what the settings allow. Raises FormatError."""
    return Archive(stream, most_files=settings.ASSAY_ZIP_FILES, most_bytes=settings.ASSAY_ZIP_BYTES)


def only_field(schema: Schema) -> Field:
    """The one field of a schema that files alone can fill. Raises FormatError (`files_no_field`)."""
    if len(schema.fields) != 1 or schema.fields[0].kind not in FILE_KINDS:
        raise FormatError("files_no_field", where="file")
    return schema.fields[0]


def check_files(paths: list[str], field: Field) -> None:
    """Refuse files of another kind than the field's. Raises FormatError."""
    for path in paths:
        if kind_of_file(path) != field.kind:
            raise FormatError("files_wrong_kind", {"name": path, "wanted": _WANTED[field.kind]}, "file")
    if not paths:
        raise FormatError("zip_empty", where="file")


_WANTED = {kind: {"pages": "PDF", "image": "PNG, JPEG, WebP, GIF"}[kind.value] for kind in FILE_KINDS}


def _file_rows(archive: Archive, field: Field, start: Position | None) -> Iterator[Row | BadRow]:
    """A row for each file: its line and offset are its number in the zip."""
    for number, path in enumerate(archive.paths(), start=1):
        if start is None or number > start.offset:
            yield Row(number, {field.key: path}, {}, Position(number, number + 1))
