"""Have a stranger's file drawn by `program.py`: without environment, with limits of memory, time and output."""

import logging
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from core.drawing.parts import read_parts
from core.drawing.program import BROKEN, LOCKED, Command

log = logging.getLogger(__name__)
_PROGRAM = Path(__file__).with_name("program.py")
_MOST_SAID = 500


@dataclass(frozen=True)
class Drawn:
    """The parts that came, also where the process ended before its time."""

    parts: list[bytes]
    code: int | None

    @property
    def whole(self) -> bool:
        """Whether the process did all that it was asked."""
        return self.code == 0

    @property
    def locked(self) -> bool:
        """Whether the file wants a password."""
        return self.code == LOCKED

    @property
    def broken(self) -> bool:
        """Whether the file is not what it should be."""
        return self.code == BROKEN


def draw(command: Command, file: IO[bytes], *arguments: int, seconds: float) -> Drawn:
    """Run one command over a file that has a file number (`seconds` by the clock; None is its code when they are over).

    What it writes goes to files too, whose size the system limits: nothing it does fills this process.
    """
    file.seek(0)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        asked = [sys.executable, "-I", str(_PROGRAM), command, *map(str, arguments)]
        code: int | None = None
        try:
            code = subprocess.run(  # noqa: S603  # our own program; what people sent is its standard input
                asked, stdin=file, stdout=out, stderr=said, timeout=seconds, env={}, cwd="/", check=False
            ).returncode
        except subprocess.TimeoutExpired:
            log.info("%s took more than %s seconds", command, seconds)
        if code:
            said.seek(0)
            log.info(
                "%s ended with %s: %s", command, code, said.read()[-_MOST_SAID:].decode(errors="replace")
            )
        out.seek(0)
        return Drawn(list(read_parts(out)), code)
