"""A supervisor with three small programs, as a process of its own: `python -m tests.core.supervised FOLDER`."""

import signal
import sys
from pathlib import Path

from core.supervisor.loop import Supervisor
from core.supervisor.program import Program

STEADY = (
    "import time; print('steady begins', flush=True); open('steady.log', 'a').write('.'); time.sleep(600)"
)
STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    open("grandchild.pid", "w").write(str(os.getpid()))
time.sleep(600)
"""
FLEETING = "import time; open('fleeting.log', 'a').write(f'{time.monotonic()}\\n')"


def program(name: str, source: str, folder: Path, **more: object) -> Program:
    """A Python one-liner that runs in the folder."""
    chdir = f"import os; os.chdir({str(folder)!r})\n"
    return Program(name=name, argv=(sys.executable, "-c", chdir + source), **more)  # type: ignore[arg-type]


def main() -> None:
    """Run until a signal; say `ready` when all have started."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests themselves may run under nohup
    folder = Path(sys.argv[1])
    stubborn_stops = ((0.0, signal.SIGTERM), (2.0, signal.SIGKILL))
    programs = [
        program("steady", STEADY, folder, needed_by_others=True),
        program("stubborn", STUBBORN, folder, stops=stubborn_stops),
        program("fleeting", FLEETING, folder),
    ]
    Supervisor(programs, folder, lambda: print("ready", flush=True)).run()
    print("stopped", flush=True)


if __name__ == "__main__":
    main()
