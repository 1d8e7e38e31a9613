"""The children's output, line by line, with the name of the program in front."""

import os
import sys
from dataclasses import dataclass

NAME_WIDTH = 7
LONGEST_LINE = 64 * 1024  # bytes; a longer line is cut into pieces


@dataclass
class Pipe:
    """The reading end of one child's output."""

    name: str
    fd: int
    rest: bytes = b""

    def __post_init__(self) -> None:
        self.fd = os.dup(self.fd)  # it outlives the Popen object that made it
        os.set_blocking(self.fd, False)

    def fileno(self) -> int:
        """The file descriptor, as selectors want it."""
        return self.fd

    def relay(self) -> bool:
        """Write the complete lines that have arrived; return False when there will be no more."""
        try:
            data = os.read(self.fd, 65536)
        except BlockingIOError:
            return True
        *lines, self.rest = (self.rest + data).split(b"\n")
        if self.rest and (not data or len(self.rest) > LONGEST_LINE):
            lines, self.rest = [*lines, self.rest], b""
        for line in lines:
            say(self.name, line.decode(errors="replace"))
        return bool(data)

    def close(self) -> None:
        """Give the file descriptor back."""
        os.close(self.fd)


def say(name: str, line: str) -> None:
    """Write one line. A reader that went away (`| head`) does not stop the programs."""
    try:
        sys.stdout.write(f"{name:<{NAME_WIDTH}} | {line}\n")
        sys.stdout.flush()
    except OSError:
        # stdout stays closed: point it at nothing, so that the interpreter's last flush does not fail either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
