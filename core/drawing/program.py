"""Reads a PDF or a picture on standard input and writes parts to standard output. A program of its own.

It reads what a stranger made, with large libraries: so it runs in a process of its own, started by `process.py`. Its
arguments are a command and numbers. It ends with LOCKED or BROKEN where that is what is wrong with the file.
"""

import contextlib
import resource
import sys
from enum import StrEnum
from pathlib import Path

LOCKED, BROKEN = 3, 4
MEMORY = 768 * 1024 * 1024
SECONDS = 60  # of processor time, at most; the clock of who asked is stricter
OUTPUT = 256 * 1024 * 1024


class Command(StrEnum):
    """What it can be asked for."""

    FIRST = "first"
    """The number of pages, and the first few as JPEGs: for a person to look at."""
    PAGES = "pages"
    """From page `first`, `count` pages: size, text and places of the characters, and two pictures each."""
    PICTURE = "picture"
    """A picture, written anew: at most so many `pixels` in, at most `side` long out."""


def limit(memory: int = MEMORY, seconds: int = SECONDS) -> None:
    """Memory, processor time and files of this process; a limit that the system does not know is left out."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: OUTPUT,
    }
    for what, most in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def main(command: str, *arguments: str) -> int:
    """Do what is asked; the code to end with."""
    from core.drawing import pdf, picture  # after the limits

    numbers = [int(argument) for argument in arguments]
    out = sys.stdout.buffer
    try:
        content = sys.stdin.buffer.read()
        if command == Command.FIRST:
            pdf.first(content, out)
        elif command == Command.PAGES:
            pdf.pages(content, out, *numbers)
        else:
            picture.write_anew(content, out, *numbers)
    except pdf.Locked:
        return LOCKED
    except (pdf.Broken, picture.Broken):
        return BROKEN
    return 0


if __name__ == "__main__":
    limit()
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # -I left it out
    sys.exit(main(*sys.argv[1:]))
