"""When Assay must not start: already running on the same folder, or its port is taken."""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

HOST = "127.0.0.1"
BACKLOG = 2048


class CannotStart(Exception):
    """Assay cannot start; the message says why and what to do."""


@contextmanager
def only_one(home: Path, run_folder: Path) -> Iterator[None]:
    """Hold the folder: a second supervisor on it is refused. The lock goes with the process, however it ends.

    Raises `CannotStart`.
    """
    with open(run_folder / "supervisor.pid", "a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            message = _(
                "Assay already runs on %(home)s (process %(pid)s). Stop it, or set ASSAY_HOME to another folder."
            )
            raise CannotStart(message % {"home": home, "pid": file.read().strip()}) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def listen(port: int) -> socket.socket:
    """Return a listening socket on 127.0.0.1; port 0 takes a free one.

    The supervisor holds it for the web server, so that requests wait while that restarts. Raises `CannotStart`.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise CannotStart(_why_not(port, error)) from error
    listener.listen(BACKLOG)
    return listener


def _why_not(port: int, error: OSError | OverflowError) -> str:
    taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
    message = (
        _("Port %(port)s is taken by another program. Choose another, for example PORT=%(other)s.")
        if taken
        else _("Port %(port)s cannot be used (%(error)s). Choose another, for example PORT=%(other)s.")
    )
    return message % {"port": port, "error": error, "other": port + 1 if 1023 < port < 65535 else 8001}
