"""Every text of a file or folder, whatever its shape: lists that items are compared with."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

LINES = (".txt", ".csv", ".tsv", ".md")
ROWS = (".jsonl", ".ndjson")
WHOLE = (".json",)
GZIP = ".gz"


def texts_of(path: Path) -> Iterator[str]:
    """The lines of plain files and tables, the strings of JSON; of a folder those of its files, in their order.

    Any of them may be packed by gzip; files of other endings are passed over. Raises OSError, and ValueError for what
    is not UTF-8 or not JSON.
    """
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file():
                yield from texts_of(inner)
        return
    ending = Path(path.name.removesuffix(GZIP)).suffix.lower()
    if ending not in (*LINES, *ROWS, *WHOLE):
        return
    with _opened(path) as file:
        if ending in WHOLE:
            yield from _strings(json.load(file))
            return
        for line in file:
            if ending in LINES:
                yield line
            elif line.strip():
                yield from _strings(json.loads(line))


def _opened(path: Path) -> TextIO:
    if path.name.endswith(GZIP):
        return gzip.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def _strings(value: object) -> Iterator[str]:
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            yield found
        elif isinstance(found, dict):
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found
