"""A PDF as pictures, for pages that show it: made in a process with limits, few at a time."""

import json
import tempfile
import threading
from dataclasses import dataclass

from core.drawing.process import draw
from core.drawing.program import Command

SECONDS = 12.0  # by the clock
PATIENCE = 0.5  # seconds; longer would hold a thread that other people's pages need
_turn = threading.BoundedSemaphore(1)


class Busy(Exception):
    """Another PDF is being drawn by this process: ask again in a moment."""


@dataclass(frozen=True)
class Pictures:
    """The first pages as JPEGs, and how many pages the file has."""

    pages: list[bytes]
    total: int


def pictures_of(pdf: bytes) -> Pictures | None:
    """The first pages; None where the file is locked, broken or takes too much. Raises Busy."""
    if not _turn.acquire(timeout=PATIENCE):
        raise Busy
    try:
        with tempfile.TemporaryFile() as file:
            file.write(pdf)
            drawn = draw(Command.FIRST, file, seconds=SECONDS)
    finally:
        _turn.release()
    if not drawn.whole:
        return None
    total, *pages = drawn.parts
    return Pictures(pages, json.loads(total))
