"""A whole release as one tar file that nobody stores: made as it is sent, with a known length, from any byte on.

A member is a header, the file's bytes, and zeros up to a whole block, so where each stands follows from the sizes. The
same release makes the same bytes: no times, no owners, the manifest first, then the files by path.
"""

import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotation.models.release import Release, ReleaseFile
from annotation.models.release_store import open_listed

BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
FIRST = ("manifest.json", "manifest.dsse.json")
AT_ONCE = 500


@dataclass(frozen=True)
class Member:
    """A file within the archive: its header stands at `start`, its bytes behind that."""

    file: ReleaseFile
    start: int
    header: bytes

    @property
    def content(self) -> int:
        """Where its bytes begin."""
        return self.start + len(self.header)

    @property
    def stop(self) -> int:
        """Where the next member begins."""
        return self.content + -(-self.file.size // BLOCK) * BLOCK


def header_of(name: str, size: int) -> bytes:
    """What stands before a file in a tar file (POSIX.1-2001): one block, more for what that cannot say."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o644
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "strict")


def root_of(release: Release) -> str:
    """The folder that it unpacks to: the same for the same release, another one for another."""
    return f"{release.about.get('key') or 'release'}-{release.manifest_sha256[:12]}"


def members(root: str, files: Iterable[ReleaseFile]) -> Iterator[Member]:
    """The files in their places, in the order given."""
    at = 0
    for file in files:
        member = Member(file, at, header_of(f"{root}/{file.path}", file.size))
        yield member
        at = member.stop


def files_of(release: Release) -> Iterator[ReleaseFile]:
    """Its files in the archive's order, some at a time: no cursor stays open while somebody reads slowly."""
    rows = ReleaseFile.objects.filter(release=release)
    first = {file.path: file for file in rows.filter(path__in=FIRST)}
    yield from (first[path] for path in FIRST if path in first)
    rest, after = rows.exclude(path__in=FIRST).order_by("path"), ""
    while chunk := list(rest.filter(path__gt=after)[:AT_ONCE]):
        yield from chunk
        after = chunk[-1].path


def length_of(release: Release) -> int:
    """The bytes of the whole archive."""
    stop = 0
    for member in members(root_of(release), files_of(release)):
        stop = member.stop
    return stop + len(END)


def open_archive(release: Release, start: int, length: int) -> Iterator[bytes]:
    """The archive's bytes from `start`, `length` of them. Raises as `release_store.open_file` while it is walked."""
    stop, end = start + length, 0
    for member in members(root_of(release), files_of(release)):
        end = member.stop
        if member.start >= stop:
            return
        if member.stop > start:
            yield from _cut(release, member, start, stop)
    yield END[max(0, start - end) : max(0, stop - end)]


def _cut(release: Release, member: Member, start: int, stop: int) -> Iterator[bytes]:
    """What of a member stands between two places of the archive."""
    yield member.header[max(0, start - member.start) : max(0, stop - member.start)]
    size = member.file.size
    first, last = (min(max(0, at - member.content), size) for at in (start, stop))
    if first < last:
        pieces = open_listed(release, member.file, first, last - first)
        try:
            yield from pieces
        finally:
            pieces.close()
    zeros = bytes(member.stop - member.content - size)
    behind = member.content + size
    yield zeros[max(0, start - behind) : max(0, stop - behind)]
