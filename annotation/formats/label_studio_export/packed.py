"""A zip archive as it is written, without a file on disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any


class _Sink(io.RawIOBase):
    """Takes what the archive writes and gives it on; nobody can seek in it."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._written.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last call."""
        found, self._written = b"".join(self._written), []
        return found


def packed(folders: Iterable[str], name: str, parts: Iterable[bytes], made: datetime) -> Iterator[bytes]:
    """An archive with empty folders (`images/`) and one file, given in parts."""
    sink, at = _Sink(), made.timetuple()[:6]
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in folders:
            archive.writestr(zipfile.ZipInfo(folder, at), b"")
        info = zipfile.ZipInfo(name, at)
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w", force_zip64=True) as file:
            for part in parts:
                file.write(part)
                if ready := sink.taken():
                    yield ready
    yield sink.taken()
