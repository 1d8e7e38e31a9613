"""A spaCy DocBin written as it grows: `DocBin.to_bytes` needs all documents in memory, this holds one.

What a DocBin holds (version 0.1, spaCy 3): a MessagePack map, compressed by zlib, of arrays over all documents and
lists with one entry a document. spaCy makes each document's arrays; here they wait in temporary files until the map
is written.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from annotation.formats.messages import FormatError
from annotation.formats.release.format import Out

ATTRIBUTES = ("ORTH", "ENT_IOB", "ENT_TYPE")
_VERSION = "0.1"
_ARRAYS = ("tokens", "spaces")
_LISTS = ("cats", "flags", "span_groups", "user_data")
_IN_MEMORY = 1 << 20
_MOST = (1 << 32) - 1
_CHUNK = 1 << 16


class DocBinStream:
    """Takes in documents; `finish` writes the file."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._kept: dict[str, IO[bytes]] = {
            name: SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (closed by `finish`)
            for name in (*_ARRAYS, *_LISTS)
        }
        self._lengths, self._strings = array("i"), set[str]()

    def add(self, doc: Any, labels: Iterable[str]) -> None:
        """Keep a `spacy.tokens.Doc`, and the labels of its spans and entities."""
        import srsly  # late, as spaCy is

        pack = srsly.msgpack.Packer(
            use_bin_type=True
        ).pack  # `msgpack_dumps` looks for plug-ins at every call
        columns, spaces = doc.to_array(list(_columns())), doc.to_array("SPACY")
        self._kept["tokens"].write(columns.tobytes("C"))
        self._kept["spaces"].write(spaces.astype(bool).tobytes("C"))
        lists = {
            "cats": doc.cats,
            "flags": {"has_unknown_spaces": doc.has_unknown_spaces},
            "span_groups": doc.spans.to_bytes() if doc.spans else b"",
            "user_data": pack(doc.user_data),
        }
        for name, value in lists.items():
            self._kept[name].write(pack(value))
        self._lengths.append(len(doc))
        self._strings.update([token.orth_ for token in doc])
        self._strings.update(labels)

    def finish(self) -> None:
        """Write the map; raises FormatError where an array is too long for it."""
        if any(self._kept[name].tell() > _MOST for name in _ARRAYS):
            raise FormatError("release_docbin_long")
        pressed = zlib.compressobj()
        for content in self._parts():
            self._out.write(pressed.compress(content))
        self._out.write(pressed.flush())
        for file in self._kept.values():
            file.close()

    def _parts(self) -> Iterator[bytes]:
        import srsly  # late, as spaCy is

        pack = srsly.msgpack_dumps
        packer = srsly.msgpack.Packer(use_bin_type=True)
        yield packer.pack_map_header(4 + len(_ARRAYS) + len(_LISTS))
        yield pack("version") + pack(_VERSION)
        yield pack("attrs") + pack(list(_columns()))
        for name in _ARRAYS:
            yield pack(name) + struct.pack(">BI", 0xC6, self._kept[name].tell())
            yield from _content(self._kept[name])
        yield pack("lengths") + pack(self._lengths.tobytes())
        yield pack("strings") + pack(sorted(self._strings))
        for name in _LISTS:
            yield pack(name) + packer.pack_array_header(len(self._lengths))
            yield from _content(self._kept[name])


@cache
def _columns() -> tuple[int, ...]:
    """The attributes of tokens as spaCy numbers and orders them."""
    from spacy.tokens import DocBin

    numbers: list[Any] = DocBin(attrs=ATTRIBUTES).attrs  # typed as their names, which they are no more
    return tuple(numbers)


def _content(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    return iter(lambda: file.read(_CHUNK), b"")
