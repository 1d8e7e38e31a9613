"""A row of a published release as its record says it, whatever was stated of items, batches and answers since."""

from collections.abc import Iterator
from itertools import islice

from annotation.formats.release.record import decode
from annotation.formats.release.rows import ReleaseRow
from annotation.models.release import Release
from annotation.models.release_store import FileDamaged, open_file
from core.refusals import NotFound


def place_of(release: Release, number: int) -> tuple[str, int]:
    """The record file that holds a row (`number` from 0), and its line in it, from 1. Raises NotFound."""
    rows = {file["path"]: file["rows"] for file in release.manifest["files"]}
    for path in release.manifest["rows"]["files"]:
        if number < rows[path]:
            return path, number + 1
        number -= rows[path]
    raise NotFound


def line_of(release: Release, number: int) -> bytes:
    """The line of a row, without its end: the file is read up to it. Raises NotFound, FileDamaged."""
    path, line = place_of(release, number)
    found = next(islice(lines_of(release, path), line - 1, None), None)
    if found is None:
        raise FileDamaged
    return found


def row_of(release: Release, number: int) -> ReleaseRow:
    """The same as a row. Raises NotFound, FileDamaged."""
    try:
        return decode(line_of(release, number), number, release.label_schema.schema)
    except (ValueError, TypeError, KeyError) as error:
        raise FileDamaged from error


def lines_of(release: Release, path: str) -> Iterator[bytes]:
    """The lines of a record file, without their ends."""
    rest, source = b"", open_file(release, path)
    try:
        for piece in source:
            *lines, rest = (rest + piece).split(b"\n")
            yield from lines
    finally:
        source.close()
