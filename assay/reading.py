"""Where a release stands: a folder, or a tar of one (not compressed). Files are streams, nothing is unpacked."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from assay.problems import Broken, Problem, WrongUse

CHUNK = 1 << 20
MANIFEST = "manifest.json"
BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
"""What stands behind the last file of a tar."""
MOST = 1 << 29
"""Bytes of a document that is read whole (the manifest, the envelope), and of one line of a record."""


class Source(Protocol):
    """The files of a release. Paths are relative to it, with `/`."""

    def names(self) -> Iterator[str | Problem]:
        """The path of every file; a problem for everything that is neither a file nor a folder with something in it."""

    def open(self, path: str) -> BinaryIO:
        """The bytes of a file. Raises Broken where it is not there, is no plain file, or cannot be read."""


class Folder:
    """A release as a folder. Links are never followed."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self) -> Iterator[str | Problem]:
        """Every file below the folder."""
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            found = False
            try:
                with os.scandir(self._root / folder) as entries:
                    for entry in entries:
                        found = True
                        path = f"{folder}{entry.name}"
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(path + "/")
                        else:
                            yield (
                                path if entry.is_file(follow_symlinks=False) else Problem("not_a_file", path)
                            )
            except OSError as error:
                yield Problem("unreadable", folder or ".", {"reason": error.strerror or ""})
                continue
            if folder and not found:
                yield Problem("empty_folder", folder)

    def open(self, path: str) -> BinaryIO:
        """A stream; the file is a plain one."""
        at = self._root
        for part in path.split("/")[:-1]:
            at /= part
            if at.is_symlink():
                raise Broken("not_a_file", path)
        # Not through a link, and without waiting for somebody at the other end of a pipe.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        flags |= getattr(os, "O_BINARY", 0)
        try:
            number = os.open(self._root / path, flags)
        except FileNotFoundError as error:
            raise Broken("missing", path) from error
        except (OSError, ValueError) as error:
            raise Broken("unreadable", path, reason=getattr(error, "strerror", "")) from error
        file = os.fdopen(number, "rb")
        if not stat.S_ISREG(os.fstat(number).st_mode):
            file.close()
            raise Broken("not_a_file", path)
        return file


class Archive:
    """A release as a tar, with or without a folder around it.

    What stands between the files is signed by nobody, so that it must be what Assay writes, byte by byte: a tar that
    was packed again has times, owners and room for more, and is refused.
    """

    def __init__(self, path: Path) -> None:
        members: list[tarfile.TarInfo] = []
        try:
            self._tar = tarfile.open(path, "r:")  # noqa: SIM115 (read from until the program ends)
        except (OSError, tarfile.TarError, EOFError, ValueError) as error:
            raise WrongUse("no_release", str(path)) from error
        # Where it cannot be read on, files are missing, and it does not end as it should.
        with contextlib.suppress(OSError, tarfile.TarError, EOFError, ValueError):
            members.extend(self._tar)
        at = min(
            (one.name for one in members if one.name.rpartition("/")[2] == MANIFEST), key=len, default=""
        )
        self._top = at.removesuffix(MANIFEST)
        self._path, self._members = path, members
        self._files = {one.name.removeprefix(self._top): one for one in members if one.isreg()}

    def names(self) -> Iterator[str | Problem]:
        """Every member but folders; one that stands twice, or outside, is a problem, and so is another form."""
        seen: set[str] = set()
        for one in self._members:
            name = one.name.removeprefix(self._top)
            if one.isdir():
                continue
            if not one.isreg():
                yield Problem("not_a_file", name)
            elif not one.name.startswith(self._top) or name in seen:
                yield Problem("extra", one.name)
            else:
                seen.add(name)
                yield name
        try:
            with self._path.open("rb") as file:
                yield from self._form(file)
        except OSError as error:
            yield Problem("unreadable", self._path.name, {"reason": error.strerror or ""})

    def _form(self, file: BinaryIO) -> Iterator[Problem]:
        """What is not as Assay writes it of headers, of the zeros behind each file, and of the end."""
        at = 0
        for one in self._members:
            name, header = one.name.removeprefix(self._top), header_of(one.name, one.size)
            file.seek(at)
            at += len(header)
            if at != one.offset_data or file.read(len(header)) != header:
                yield Problem("tar_header", name)
                return  # of a tar that was packed again every one is another
            zeros = bytes(-one.size % BLOCK)
            file.seek(at + one.size)
            at += one.size + len(zeros)
            if file.read(len(zeros)) != zeros:
                yield Problem("tar_padding", name)
        file.seek(at)
        if file.read(len(END) + 1) != END:
            yield Problem("tar_end", self._path.name)

    def open(self, path: str) -> BinaryIO:
        """A stream of a member."""
        member = self._files.get(path)
        if member is None:
            raise Broken("missing", path)
        return cast("BinaryIO", self._tar.extractfile(member) or io.BytesIO())


def header_of(name: str, size: int) -> bytes:
    """What Assay writes before a file of a tar (POSIX.1-2001): no time, no owner, and that everybody may read it."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o644
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")


def source(path: Path) -> Source:
    """The release at this place. Raises WrongUse where none can be."""
    if path.is_dir():
        return Folder(path)
    if path.is_file():
        return Archive(path)
    raise WrongUse("no_release", str(path))


def whole(source: Source, path: str) -> bytes:
    """A document, which is small. Raises Broken."""
    with source.open(path) as file:
        try:
            content = file.read(MOST + 1)
        except (OSError, tarfile.TarError) as error:
            raise Broken("unreadable", path, reason=str(error)) from error
    if len(content) > MOST:
        raise Broken("too_large", path, most=MOST)
    return content


def lines(source: Source, path: str) -> Iterator[bytes]:
    """The lines of a file with their ends. Raises Broken; a line is never longer than `MOST`."""
    with source.open(path) as file:
        while line := _piece(file, path):
            yield line


def _piece(file: BinaryIO, path: str) -> bytes:
    try:
        return file.readline(MOST)
    except (OSError, tarfile.TarError) as error:
        raise Broken("unreadable", path, reason=str(error)) from error


def pieces(source: Source, path: str) -> Iterator[bytes]:
    """The bytes of a file, a megabyte at a time. Raises Broken."""
    with source.open(path) as file:
        while True:
            try:
                piece = file.read(CHUNK)
            except (OSError, tarfile.TarError) as error:
                raise Broken("unreadable", path, reason=str(error)) from error
            if not piece:
                return
            yield piece
