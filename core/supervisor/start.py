"""Put the programs together, hold the folder and the port, and run."""

import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from django.utils.translation import gettext as _

from core.supervisor.broker import broker
from core.supervisor.child import ROOT
from core.supervisor.guard import HOST, CannotStart, listen, only_one
from core.supervisor.loop import Supervisor
from core.supervisor.program import Program
from core.supervisor.programs import beat, web, worker


@dataclass(frozen=True, kw_only=True)
class Options:
    """How many of each, and where. `port` 0 takes a free one."""

    port: int = 8000
    web_workers: int = 2
    web_threads: int = 8
    worker_processes: int = 2
    worker_nice: int = 15  # an import of a million rows must not be felt by whoever labels meanwhile

    @classmethod
    def from_environment(cls) -> "Options":
        """PORT, WEB_WORKERS, WEB_THREADS, WORKER_PROCESSES and WORKER_NICE.

        Raises `CannotStart` when one is no number.
        """
        given = {name: os.environ.get(name.upper()) for name in cls.__annotations__}
        return cls(**{name: _number(name.upper(), text) for name, text in given.items() if text})


def become(module: str, *arguments: str) -> NoReturn:
    """Go on as another program of ours in the same process: what was loaded to understand the command is let go."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])  # noqa: S606 (our own program)


def _say_ready(address: str) -> None:
    print(_("Assay is ready at %(address)s") % {"address": address}, flush=True)


def run(
    home: Path,
    options: Options,
    *,
    before: Callable[[], None] | None = None,
    ready: Callable[[str], None] = _say_ready,
) -> None:
    """Run Assay on one machine until SIGINT or SIGTERM; return when everything has stopped.

    `home` is ASSAY_HOME. `before` is called once folder and port are held and before anything starts: the place to
    migrate and seed; `ready` is told the address once all answer. A broker starts only when CELERY_BROKER_URL is not
    set. `home/run/` holds a `<name>.pid` for each program and, once ready, `address`. Raises `CannotStart`.
    """
    run_folder = home / "run"
    run_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    address = run_folder / "address"
    with only_one(home, run_folder), listen(options.port) as listener:
        port = listener.getsockname()[1]
        address.unlink(missing_ok=True)

        def announce() -> None:
            address.write_text(f"http://{HOST}:{port}\n")
            ready(f"http://{HOST}:{port}")

        if before:
            before()
        try:
            Supervisor(_programs(home, run_folder, listener, options), run_folder, announce).run()
        finally:
            address.unlink(missing_ok=True)


def _programs(home: Path, run_folder: Path, listener: socket.socket, options: Options) -> list[Program]:
    """In the order in which they start, with the folder and the port that were decided here."""
    environment = {"ASSAY_HOME": str(home.resolve()), "PORT": str(listener.getsockname()[1])}
    programs = [
        worker(processes=options.worker_processes, nice=options.worker_nice),
        beat(run_folder),
        web(listener, workers=options.web_workers, threads=options.web_threads),
    ]
    if not os.environ.get("CELERY_BROKER_URL"):
        first, environment["CELERY_BROKER_URL"] = broker(run_folder)
        programs.insert(0, first)
    return [replace(program, env={**program.env, **environment}) for program in programs]


def _number(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        message = _("%(name)s must be a number, not %(text)s.") % {"name": name, "text": text}
        raise CannotStart(message) from None
