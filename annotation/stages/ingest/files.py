"""The files that rows name: found in the batch's zip or in a data address, never fetched from outside."""

from __future__ import annotations

import base64
import binascii
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

from django.conf import settings

from annotation.formats.archive import Archive
from annotation.formats.messages import FormatError
from annotation.formats.schema import Field, FieldKind

FILE_KINDS = frozenset({FieldKind.PAGES, FieldKind.IMAGE})
_REMOTE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*:)?//|(mailto|javascript|blob|file):")
_DATA = re.compile(r"data:[A-Za-z0-9.+/-]*(;[A-Za-z0-9=._-]+)*;base64,")
_NAME = 200


@dataclass(frozen=True)
class Given:
    """A file that a row brings: a temporary file of this process, and the name it came under (it may be empty)."""

    file: IO[bytes]
    name: str


@contextmanager
def opened_file(archive: Archive | None, field: Field, value: Any) -> Iterator[Given]:
    """The file that stands in a row's field. Raises FormatError."""
    if not isinstance(value, str) or not value.strip():
        raise FormatError(f"{field.kind.value}_wrong", {"key": field.key}, field.key)
    value = value.strip()
    with tempfile.TemporaryFile() as file:
        if value[:5].lower() == "data:":
            name = ""
            file.write(_from_address(field, value))
        elif _REMOTE.match(value):
            raise FormatError("file_remote", {"key": field.key}, field.key)
        else:
            name = _unpack(archive, field, value, file)
        yield Given(file, name[-_NAME:])


def most_bytes(field: Field) -> int:
    """How large a file of this field may be."""
    most: int = settings.ASSAY_PDF_BYTES if field.kind is FieldKind.PAGES else settings.ASSAY_IMAGE_BYTES
    return most


def _from_address(field: Field, value: str) -> bytes:
    head = _DATA.match(value[:200])
    try:
        content = base64.b64decode(value[head.end() :], validate=True) if head else b""
    except binascii.Error:
        content = b""
    if not content:
        raise FormatError("data_address_broken", {"key": field.key}, field.key)
    if len(content) > most_bytes(field):
        raise FormatError("file_too_large", {"name": field.key, "limit": most_bytes(field)}, field.key)
    return content


def _unpack(archive: Archive | None, field: Field, path: str, to: IO[bytes]) -> str:
    named = {"key": field.key, "path": path[:_NAME]}
    if archive is None:
        raise FormatError("file_without_zip", named, field.key)
    found = archive.resolve(path)
    if found is None:
        raise FormatError("file_missing", named, field.key)
    if archive.size(found) > most_bytes(field):
        raise FormatError("file_too_large", {"name": found, "limit": most_bytes(field)}, field.key)
    if not archive.size(found):
        raise FormatError("file_empty_inside", {"name": found}, field.key)
    archive.unpack(found, to)
    return PurePosixPath(found).name
