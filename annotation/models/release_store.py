"""The files of a release wherever they stand: in a folder of the server, or in a bucket."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from annotation.models.release import Release, ReleaseFile
from config.bucket import bucket
from core.refusals import NotFound, Refusal

if TYPE_CHECKING:
    from core.bucket import Pieces, Store

READ = 256 * 1024


class FileDamaged(Refusal):
    """What stands in the folder is not what was published."""

    status, code = 503, "file_damaged"
    title = _("This file is damaged")
    detail = _("What the server has of this file is not as long as what was published.")
    action = _("Tell the operator, who can bring it back from a copy.")


def folder_of(release: Release) -> Path:
    """Where a release stands that is in no bucket, and before it is brought to one."""
    return Path(settings.ASSAY_FILES) / "releases" / release.uid


def store_of(release: Release) -> "Store | None":
    """The store that a published release stands in; None where it is a folder."""
    from core.bucket import store_at  # its libraries are heavy, and only there where a bucket is

    return store_at(bucket(release.place)) if release.place else None


def listed(release: Release, path: str) -> ReleaseFile:
    """The file of that path. Raises NotFound where a published release has none."""
    found = _row(release, path)
    if found is None:
        raise NotFound
    return found


def _row(release: Release, path: str) -> ReleaseFile | None:
    if release.published_at is None or "\0" in path:  # PostgreSQL holds no such text
        return None
    return ReleaseFile.objects.filter(release=release, path=path).first()


def exists(release: Release, path: str) -> bool:
    """Whether a file stands where it should, as long as it was. Raises StoreAway or StoreRefuses for a bucket."""
    file = _row(release, path)
    if file is None:
        return False
    store = store_of(release)
    if store is not None:
        return store.size(f"{release.uid}/{path}") == file.size
    place = folder_of(release) / path
    return place.is_file() and place.stat().st_size == file.size


def size(release: Release, path: str) -> int:
    """The bytes of a file. Raises NotFound."""
    return listed(release, path).size


def open_file(
    release: Release, path: str, start: int = 0, length: int | None = None
) -> "FilePieces | Pieces":
    """The bytes of a file from `start`, `length` of them or all that follow; `close` what comes back.

    Opened at once, read as it is walked. Raises NotFound, FileDamaged; StoreAway or StoreRefuses for a bucket.
    """
    return open_listed(release, listed(release, path), start, length)


def open_listed(
    release: Release, file: ReleaseFile, start: int = 0, length: int | None = None
) -> "FilePieces | Pieces":
    """The same of a file whose row is known."""
    start = min(start, file.size)
    length = file.size - start if length is None else min(length, file.size - start)
    store = store_of(release)
    if store is not None:
        return store.open(f"{release.uid}/{file.path}", start, length)
    return FilePieces(_opened(release, file), start, length)


def _opened(release: Release, file: ReleaseFile) -> BinaryIO:
    try:
        source = (folder_of(release) / file.path).open("rb")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise NotFound from None
    if source.seek(0, 2) != file.size:
        source.close()
        raise FileDamaged
    return source


class FilePieces:
    """A stretch of an open file, piece by piece. It ends early only where the file was cut short meanwhile."""

    def __init__(self, source: BinaryIO, start: int, length: int) -> None:
        self._source, self._left = source, length
        source.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        while self._left and (piece := self._source.read(min(READ, self._left))):
            self._left -= len(piece)
            yield piece

    def close(self) -> None:
        """Close the file."""
        self._source.close()


def text_of(release: Release, path: str) -> str:
    """A document of the release as text. Raises NotFound, FileDamaged; StoreAway or StoreRefuses for a bucket."""
    source = open_file(release, path)
    try:
        return b"".join(source).decode("utf-8")
    finally:
        source.close()
