"""Zips for tests, also such as no packer makes."""

import io
import stat
import struct
import zipfile
from collections.abc import Mapping


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)  # of a fixed date: the same files, the same bytes
            info.compress_type = method
            archive.writestr(info, content)
    return out.getvalue()


def with_link(name: str, target: str) -> bytes:
    """A zip that holds a symbolic link."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, target)
    return out.getvalue()


def locked(name: str) -> bytes:
    """A zip whose directory says that a file wants a password."""
    content = bytearray(packed({name: b"x"}))
    at = content.find(b"PK\x01\x02") + 8
    content[at] |= 1
    return bytes(content)


def claiming(count: int, files: Mapping[str, bytes] | None = None) -> bytes:
    """A zip whose end claims so many files."""
    content = bytearray(packed(files or {"a.pdf": b"x"}))
    at = content.rfind(b"PK\x05\x06")
    content[at + 8 : at + 12] = count.to_bytes(2, "little") * 2
    return bytes(content)


def large(files: Mapping[str, bytes], count: int = 0xFFFF, length: int = 0xFFFFFFFF, moved: int = 0) -> bytes:
    """A zip that says in the larger form what it holds, and in the smaller one that there are `count` files.

    With `moved` the place of the larger form is told wrong by so many bytes.
    """
    content = packed(files)
    at = content.rfind(b"PK\x05\x06")
    size, start = struct.unpack("<LL", content[at + 12 : at + 20])
    of_end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, len(files), len(files), size, start)
    place = struct.pack("<4sLQL", b"PK\x06\x07", 0, at + moved, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, length, start, 0)
    return content[:at] + of_end + place + end


def damaged(name: str, content: bytes) -> bytes:
    """A zip with a file whose bytes are not those that were packed."""
    whole = packed({name: content}, zipfile.ZIP_STORED)
    return whole.replace(content, content[:-1] + bytes([content[-1] ^ 1]), 1)
