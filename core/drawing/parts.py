"""How the program answers: parts, each its length in 4 bytes, big-endian, and its bytes."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

_LENGTH = struct.Struct(">I")


def write_part(out: BinaryIO, part: bytes) -> None:
    """Write one part."""
    out.write(_LENGTH.pack(len(part)) + part)
    out.flush()  # what is drawn is told, also where the process dies at the next page


def read_parts(stream: BinaryIO) -> Iterator[bytes]:
    """The whole parts of a stream; one that was cut off is left out."""
    while len(head := stream.read(_LENGTH.size)) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        part = stream.read(length)
        if len(part) < length:
            return
        yield part
