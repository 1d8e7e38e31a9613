"""Run the living example: make its secret key, collect its static files, then become `manage.py demo`."""

import fcntl
import os
import secrets
import shutil
import sys
from pathlib import Path

from tools.setup import VENV_PYTHON
from tools.steps import ROOT, call, digest, files, step


def main() -> None:
    """FRESH=1 empties the folder first. Never returns: the command takes this process's place."""
    home = Path(os.environ.get("ASSAY_HOME") or ROOT / "var").resolve()
    if os.environ.get("FRESH", "") not in {"", "0"}:
        start_over(home)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_secret_key(home / "secret_key")
    collect_static(home)
    os.environ["ASSAY_HOME"] = str(home)
    os.chdir(ROOT)
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), "manage.py", "demo"])  # noqa: S606 - Ctrl-C shall reach it directly


def start_over(home: Path) -> None:
    """Remove what was made at run time. Refuses while Assay runs there, and for a folder it did not make."""
    if not home.exists():
        return
    if os.environ.get("DATABASE_URL"):
        sys.exit(
            "FRESH=1 does not empty the database of DATABASE_URL. Empty it yourself, or unset DATABASE_URL."
        )
    if any(home.iterdir()) and not (home / "secret_key").exists():
        sys.exit(
            f"FRESH=1 would delete {home}, which does not look like an Assay folder. Nothing was deleted."
        )
    lock = home / "run" / "supervisor.pid"
    if lock.exists():
        with lock.open("a") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                sys.exit(f"Assay runs on {home}. Stop it before FRESH=1.")
    print(f"FRESH=1: emptying {home}", flush=True)
    shutil.rmtree(home)


def make_secret_key(path: Path) -> None:
    """Once, readable by its owner only. SECRET_KEY in the environment goes before it."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50) + "\n")


def collect_static(home: Path) -> None:
    """Copy, compress and name static files by content, as the web server wants them."""
    sources = [ROOT / name / "static" for name in ("annotation", "core", "experts")]
    # `dist` is left out of `files`, so its parts are named.
    inputs = [
        *files(*sources, ROOT / "frontend" / "dist" / "assay"),
        ROOT / "uv.lock",
        ROOT / "config" / "settings.py",
    ]
    step(
        "static files",
        "collecting",
        lambda: call(VENV_PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0",
                     env={"ASSAY_HOME": str(home)}),
        inputs=digest(inputs),
        made=home / "static",
        stamps=home,
    )  # fmt: skip


if __name__ == "__main__":
    main()
