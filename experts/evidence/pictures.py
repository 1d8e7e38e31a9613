"""A PDF as pictures, for pages that show it: made in a process with limits, few at a time."""

import logging
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)
SECONDS = 12  # by the clock; the program's own limit of processor time is lower
PATIENCE = 0.5  # seconds; longer would hold a thread that other people's pages need
_PROGRAM = Path(__file__).with_name("render_pdf.py")
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
        drawn = subprocess.run(  # noqa: S603  # our own program; what people sent goes to its standard input
            [sys.executable, "-I", str(_PROGRAM)],
            input=pdf,
            capture_output=True,
            timeout=SECONDS,
            env={},
            cwd="/",
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        log.info("a PDF cannot be drawn: %s", (error.stderr or b"")[-500:].decode(errors="replace"))
        return None
    finally:
        _turn.release()
    total, *_rest = struct.unpack(">I", drawn.stdout[:4])
    return Pictures(list(_parts(drawn.stdout[4:])), total)


def _parts(stream: bytes) -> Iterator[bytes]:
    while stream:
        (length,) = struct.unpack(">I", stream[:4])
        yield stream[4 : 4 + length]
        stream = stream[4 + length :]
