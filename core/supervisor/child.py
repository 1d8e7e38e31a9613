"""One running program: start, notice its end, restart with a growing pause, stop."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from core.supervisor.program import Program

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0  # seconds before a restart
STEADY = 10.0  # a program that ran this many seconds restarts without a longer pause
PR_SET_PDEATHSIG = 1
ROOT = Path(__file__).resolve().parents[2]


class Child:
    """The process of a `Program`, in a process group of its own.

    The group matters twice: Ctrl-C in a terminal reaches only the supervisor, and what a killed program leaves
    behind (a worker's pool, a web server's workers) is killed with it. All times are `time.monotonic()` seconds.
    """

    def __init__(self, program: Program, pid_file: Path) -> None:
        self.program = program
        self.pid_file = pid_file
        self.process: subprocess.Popen[bytes] | None = None
        self.start_at = 0.0
        self._pause = FIRST_PAUSE
        self._started = 0.0
        self._signalled = 0

    @property
    def alive(self) -> bool:
        """Whether a process runs (or has ended and was not yet noticed by `end`)."""
        return self.process is not None

    def _beginning(self) -> Callable[[], None]:
        """What the child calls before it runs its program."""
        bind = die_with_parent()

        def begin() -> None:
            if bind is not None:
                bind()
            os.nice(self.program.nice)

        return begin

    def start(self, now: float) -> int:
        """Start the process; return the file descriptor on which its output can be read."""
        self.process = subprocess.Popen(
            self.program.argv,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **self.program.env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            process_group=0,
            pass_fds=self.program.pass_fds,
            preexec_fn=self._beginning(),  # noqa: PLW1509 - the supervisor has one thread
        )
        self._started = now
        self.pid_file.write_text(f"{self.process.pid}\n")
        assert self.process.stdout is not None  # noqa: S101 - asked for above
        return self.process.stdout.fileno()

    def end(self, now: float) -> str | None:
        """Notice that the process ended: clean up, say when to restart, return how it ended; else None."""
        code = self.process.poll() if self.process else None
        if code is None:
            return None
        self._signal_group(signal.SIGKILL)  # what it left behind
        self.process = None
        self.pid_file.unlink(missing_ok=True)
        steady = now - self._started > STEADY
        self._pause = FIRST_PAUSE if steady else self._pause
        self.start_at = now + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

    def stop(self, seconds: float, *, at_once: bool = False) -> None:
        """Send the signals that are due this many seconds after the stop request, each once."""
        if at_once:
            self._signal_group(signal.SIGKILL)
            return
        due = self.program.stops[self._signalled :]
        for after, sign in due:
            if seconds < after or self.process is None:
                return
            self._signalled += 1
            if sign == signal.SIGKILL:
                self._signal_group(sign)
            else:
                os.kill(self.process.pid, sign)

    def _signal_group(self, sign: signal.Signals) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError, PermissionError):  # macOS answers EPERM for a group of zombies
            os.killpg(self.process.pid, sign)


def die_with_parent() -> Callable[[], None] | None:
    """Return what a child calls before it runs its program (`preexec_fn`): on Linux, be killed when its parent is."""
    if sys.platform != "linux":
        return None
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask
