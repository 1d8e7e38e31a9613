"""What somebody uploads as one batch: a table, a zip, or PDFs and pictures, which are packed into a zip."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import File

from annotation.formats.archive import kind_of_file
from annotation.formats.messages import FormatError
from annotation.formats.rows import format_of
from annotation.formats.schema import Schema
from annotation.stages.ingest.source import ZIP, check_files, only_field, open_archive

_NAME = 200


@dataclass(frozen=True)
class Upload:
    """One file to keep, its format (a table's, or ZIP) and what the batch is called."""

    file: File[Any]
    form: str
    name: str


@contextmanager
def accepted(files: Sequence[tuple[str, File[Any]]], schema: Schema) -> Iterator[Upload]:
    """The upload, if a batch can be made of it. Raises FormatError.

    A zip is looked at here, so that who sends it is told at once what is wrong with it; it is not unpacked.
    """
    (name, file), *more = files
    if not more and PurePath(name).suffix.lower() == ".zip":
        archive = open_archive(cast(BinaryIO, file))
        if archive.table is None:
            check_files(archive.paths(), only_field(schema))
        file.seek(0)
        yield Upload(file, ZIP, PurePath(name).name[:_NAME])
    elif all(kind_of_file(name) for name, _file in files):
        check_files([name for name, _file in files], only_field(schema))
        if len(files) > settings.ASSAY_ZIP_FILES:
            raise FormatError("zip_too_many", {"limit": settings.ASSAY_ZIP_FILES}, "file")
        with tempfile.TemporaryFile() as packed:
            _pack(files, cast(BinaryIO, packed))
            yield Upload(File(packed), ZIP, _called(files))
    elif more:
        raise FormatError("files_mixed", where="file")
    else:
        yield Upload(file, format_of(name), PurePath(name).name[:_NAME])


def _called(files: Sequence[tuple[str, File[Any]]]) -> str:
    first = PurePath(files[0][0]).name
    return first[:_NAME] if len(files) == 1 else f"{first[: _NAME - 10]} + {len(files) - 1}"


def _pack(files: Sequence[tuple[str, File[Any]]], to: BinaryIO) -> None:
    """As they are: PDFs and pictures are compressed already."""
    used: set[str] = set()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as packed:
        for name, file in files:
            with packed.open(_free(PurePath(name), used), "w", force_zip64=True) as out:
                for chunk in file.chunks():
                    out.write(chunk)
    to.seek(0)


def _free(name: PurePath, used: set[str]) -> str:
    """The name, or with a number where an earlier file has it."""
    found, number = name.name, 1
    while found in used:
        number += 1
        found = f"{name.stem} ({number}){name.suffix}"
    used.add(found)
    return found
