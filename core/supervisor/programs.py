"""Which programs Assay consists of on one machine, and how each is called."""

import http.client
import os
import signal
import socket
import sys
from pathlib import Path

from core.supervisor.guard import HOST
from core.supervisor.program import Program

PYTHON_MODULE = (sys.executable, "-m")
# Celery warns root because of pickled messages; ours are JSON and nothing else is accepted.
NO_ROOT_WARNING = {"PYTHONWARNINGS": "ignore:You're running the worker"}

ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}
"""glibc would give each thread a heap of its own, and what one import needed would stay in as many of them."""


def web(listener: socket.socket, *, workers: int, threads: int) -> Program:
    """gunicorn on a socket that the supervisor holds."""
    fd, port = listener.fileno(), listener.getsockname()[1]
    memory = ("--worker-tmp-dir", "/dev/shm") if os.access("/dev/shm", os.W_OK) else ()  # noqa: S108
    return Program(
        name="web",
        argv=(
            *(*PYTHON_MODULE, "gunicorn", "config.wsgi:application"),
            *("--bind", f"fd://{fd}", "--worker-class", "gthread"),
            *("--workers", str(workers), "--threads", str(threads), "--preload"),
            *("--limit-request-line", "8190"),  # a query of filters is long; it takes no more
            *("--timeout", "60", "--graceful-timeout", "2", "--no-control-socket", *memory),
            *("--log-level", "warning"),
        ),
        env=ONE_HEAP,
        pass_fds=(fd,),
        ready=lambda: _answers(port),
    )


def worker(*, processes: int, nice: int) -> Program:
    """One Celery worker. On stop it finishes what it does, then gives up its tasks, then is killed.

    `nice`: 0 takes its turn like everybody, 19 only what others leave.
    """
    return Program(
        name="worker",
        argv=(*PYTHON_MODULE, "config.worker", "--concurrency", str(processes)),
        env={**NO_ROOT_WARNING, **ONE_HEAP},
        nice=nice,
        stops=((0.0, signal.SIGTERM), (2.0, signal.SIGQUIT), (3.0, signal.SIGKILL)),
    )


def beat(run_folder: Path) -> Program:
    """Celery beat: it rings the sweep that is in the schedule."""
    return Program(
        name="beat",
        argv=(*PYTHON_MODULE, "config.beat", str(run_folder / "beat-schedule")),
        stops=((0.0, signal.SIGTERM), (1.0, signal.SIGKILL)),
    )


def _answers(port: int) -> bool:
    """Whether the web server answers on /health. A refused host name is an answer too."""
    connection = http.client.HTTPConnection(HOST, port, timeout=0.5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
