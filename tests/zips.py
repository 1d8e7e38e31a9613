"""Zips for tests, also such as no packer makes."""

import io
import stat
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


def claiming(files: int) -> bytes:
    """A zip whose end claims so many files."""
    content = bytearray(packed({"a.pdf": b"x"}))
    at = content.rfind(b"PK\x05\x06")
    content[at + 8 : at + 12] = files.to_bytes(2, "little") * 2
    return bytes(content)


def damaged(name: str, content: bytes) -> bytes:
    """A zip with a file whose bytes are not those that were packed."""
    whole = packed({name: content}, zipfile.ZIP_STORED)
    return whole.replace(content, content[:-1] + bytes([content[-1] ^ 1]), 1)
