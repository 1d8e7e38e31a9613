"""Run the conformance suite of Label Studio's API against a throw-away Assay (`manage.py scratch`), strictly.

CONFORMANCE names its folder (default: `conformance/labelstudio` in ASSAY_SHARED), DATABASE_URL a PostgreSQL server.
"""

import os
import queue
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.steps import ROOT

SHARED = Path(os.environ.get("ASSAY_SHARED") or ROOT.parent / "shared")
FOLDER = Path(os.environ.get("CONFORMANCE") or SHARED / "conformance" / "labelstudio")
START = 600.0  # a busy machine migrates for minutes
STOP = 60.0
# What the suite's requirements name, and nothing else: our own plugins would read its options.
PLUGINS = ("-p", "pytest_timeout")
_OURS = {"ASSAY_HOME", "CELERY_BROKER_URL", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY"}


def _plain() -> dict[str, str]:
    """This environment without what would tell a program inside that it is in a test, or whose Assay it is."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in _OURS and not name.startswith("PYTEST")
    }


@contextmanager
def scratch(database_url: str = "", more: Sequence[str] = ()) -> Iterator[dict[str, str]]:
    """A throw-away Assay while the block runs; yields BASE_URL, API_KEY and EXTRA_API_KEYS, and its PID.

    `more`: options of `manage.py scratch`.
    Raises RuntimeError when it does not start.
    """
    options = ["--database-url", database_url] if database_url.startswith("postgres") else []
    with tempfile.TemporaryDirectory(prefix="assay-conformance-") as home:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "scratch", *options, *more],
            cwd=ROOT,
            env={**_plain(), "ASSAY_HOME": home, "SECRET_KEY": secrets.token_hex(32)},
            stdout=subprocess.PIPE,
            stderr=(Path(home) / "log").open("wb"),
            text=True,
        )
        try:
            yield {**_told(process, Path(home) / "log"), "PID": str(process.pid)}
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP)
            except subprocess.TimeoutExpired:
                process.kill()


def _told(process: "subprocess.Popen[str]", log: Path) -> dict[str, str]:
    """The three lines that it prints once it answers. A thread goes on reading what is printed later."""
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in process.stdout or ():
            lines.put(line)
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    found: dict[str, str] = {}
    while len(found) < len(("BASE_URL", "API_KEY", "EXTRA_API_KEYS")):
        try:
            line = lines.get(timeout=START)
        except queue.Empty:
            line = ""
        if not line:
            raise RuntimeError(
                f"the throw-away Assay did not start\n{log.read_text(errors='replace')[-4000:]}"
            )
        name, is_ours, value = line.strip().partition("=")
        if is_ours and name in {"BASE_URL", "API_KEY", "EXTRA_API_KEYS"}:
            found[name] = value
    return found


def run(folder: Path, database_url: str = "", options: Sequence[str] = ()) -> int:
    """Run the suite of that folder; pytest's exit code."""
    with scratch(database_url) as server:
        return suite(folder, server, options)


def suite(folder: Path, server: Mapping[str, str], options: Sequence[str] = ()) -> int:
    """Run the suite against a running server; pytest's exit code."""
    environment = {
        **_plain(),
        **server,
        "STRICT": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONDONTWRITEBYTECODE": "1",  # the folder may be somebody else's
    }
    command = [sys.executable, "-m", "pytest", "-q", *PLUGINS, *options]
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


def main(options: Sequence[str]) -> None:
    """Exit as pytest does; 2 when the suite is not there. `options` are pytest's."""
    if not (FOLDER / "pytest.ini").exists():
        print(f"No conformance suite in {FOLDER}: set CONFORMANCE or ASSAY_SHARED.", file=sys.stderr)
        sys.exit(2)
    sys.exit(run(FOLDER, os.environ.get("DATABASE_URL", ""), options))


if __name__ == "__main__":
    main(sys.argv[1:])
