"""A zip that a stranger packed: a table with the files that it names, or files alone. Nothing in it leads out of it.

Sizes are those that the zip's directory declares; the standard library never gives more of a file than that, so limits
on what is declared are limits on what is unpacked.
"""

from __future__ import annotations

import itertools
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from annotation.formats.messages import FormatError
from annotation.formats.rows import TABLE_ENDINGS

FILE_ENDINGS = {
    "pdf": "pages",
    "png": "image",
    "jpg": "image",
    "jpeg": "image",
    "webp": "image",
    "gif": "image",
}
"""Endings of files that can be an item, with the kind of field that shows them."""
_TAIL = 65_557  # the longest end of a zip: 22 bytes, and a comment
_DIRECTORY = 64 * 1024 * 1024  # bytes of a directory that is read into memory
_ENTRY = struct.Struct("<28x3H12x")  # of a directory: how long the three parts are that follow it
_LARGE = 56 + 20  # bytes before the end in which a zip says what needs more bytes there, and where it says so
_END, _END64, _PLACE64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_DRIVE = re.compile("[A-Za-z]:")
_CHUNK = 1 << 20
_UTF8 = 0x800
_LOCKED = 0x1


class Archive:
    """The files of a zip by their paths, in the order in which they were packed.

    Raises FormatError for what is unsafe or too much. `table` is the path of its one table, if it has one.
    """

    def __init__(self, stream: BinaryIO, *, most_files: int, most_bytes: int) -> None:
        _check_directory(stream, most_files)
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error) as error:
            raise FormatError("zip_broken") from error
        self._files: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            self._take(info)
        if len(self._files) > most_files:
            raise FormatError("zip_too_many", {"limit": most_files})
        if sum(info.file_size for info in self._files.values()) > most_bytes:
            raise FormatError("zip_too_large", {"limit": most_bytes})
        self.table = self._find_table()

    def _take(self, info: zipfile.ZipInfo) -> None:
        path = _path_of(info)
        if info.is_dir() or _is_litter(path):
            return
        mode = info.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise FormatError("zip_link", {"name": path})
        if info.flag_bits & _LOCKED:
            raise FormatError("zip_locked", {"name": path})
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FormatError("zip_method", {"name": path})
        if path in self._files:
            raise FormatError("zip_twice", {"name": path})
        self._files[path] = info

    def _find_table(self) -> str | None:
        tables = [path for path in self._files if _ending(path) in TABLE_ENDINGS]
        if len(tables) > 1:
            raise FormatError("zip_tables", {"one": tables[0], "other": tables[1]})
        return tables[0] if tables else None

    def paths(self) -> list[str]:
        """The paths of its files."""
        return list(self._files)

    def resolve(self, path: str) -> str | None:
        """The file that a row names, from the zip's root or from the table's folder."""
        wanted = str(PurePosixPath(path.replace("\\", "/")))
        beside = PurePosixPath(self.table or "").parent / wanted
        return next((found for found in (wanted, str(beside)) if found in self._files), None)

    def size(self, path: str) -> int:
        """The bytes of a file."""
        return self._files[path].file_size

    def unpack(self, path: str, to: IO[bytes]) -> None:
        """Write a file's bytes. Raises FormatError (`file_broken_inside`)."""
        for chunk in self._chunks(path):
            to.write(chunk)

    def _chunks(self, path: str) -> Iterator[bytes]:
        try:
            with self._zip.open(self._files[path]) as packed:
                while chunk := packed.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise FormatError("file_broken_inside", {"name": path}) from error


def kind_of_file(name: str) -> str | None:
    """The kind of field that shows a file of this name."""
    return FILE_ENDINGS.get(_ending(name))


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower().lstrip(".")


def _path_of(info: zipfile.ZipInfo) -> str:
    name = _readable(info).replace("\\", "/")
    parts = PurePosixPath(name).parts
    if name.startswith("/") or _DRIVE.match(name) or ".." in parts or not parts:
        raise FormatError("zip_path", {"name": name[:200]})
    return "/".join(parts)


def _readable(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: packers on Windows write the machine's own encoding and do not say so."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _is_litter(path: str) -> bool:
    parts = path.split("/")
    return (
        parts[0] == "__MACOSX"
        or parts[-1].startswith(".")
        or parts[-1].lower() in {"thumbs.db", "desktop.ini"}
    )


def _check_directory(stream: BinaryIO, most_files: int) -> None:
    """Count what the zip's directory lists before all of it is built in memory: a small file may hold a large one.

    The directory is looked for where the standard library finds it, which goes by its bytes, not by its count.
    """
    files, length, end = _directory(stream)
    if files > most_files or length > _DIRECTORY:
        raise FormatError("zip_too_many", {"limit": most_files})
    stream.seek(max(end - length, 0))
    listed = stream.read(length)
    stream.seek(0)
    at = 0
    for count in itertools.count(1):
        if len(listed) - at < _ENTRY.size:
            return
        at += _ENTRY.size + sum(
            _ENTRY.unpack_from(listed, at)
        )  # its name, what is noted of it, and a comment
        if count > most_files:
            raise FormatError("zip_too_many", {"limit": most_files})


def _directory(stream: BinaryIO) -> tuple[int, int, int]:
    """How many files the end of the zip claims, and the directory's length and end. Raises FormatError."""
    size = stream.seek(0, 2)
    stream.seek(max(size - _TAIL, 0))
    tail = stream.read(_TAIL)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise FormatError("zip_broken")
    files, length = struct.unpack("<HL", tail[at + 10 : at + 16])
    end = size - len(tail) + at
    stream.seek(max(end - _LARGE, 0))
    large = stream.read(min(end, _LARGE))
    if large[-20:-16] != _PLACE64:
        return files, length, end
    return _large_directory(large, files, length, end - _LARGE)


def _large_directory(large: bytes, files: int, length: int, end: int) -> tuple[int, int, int]:
    """The same of a zip that says it in more bytes. What it says twice must be the same, and where it says it is."""
    (place,) = struct.unpack("<Q", large[-12:-4])
    if not large.startswith(_END64) or place != end:
        raise FormatError("zip_broken")
    own_files, own_length = struct.unpack("<QQ", large[32:48])
    if files not in (0xFFFF, own_files) or length not in (0xFFFFFFFF, own_length):
        raise FormatError("zip_broken")
    return own_files, own_length, end
