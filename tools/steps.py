"""A set-up step that says what it does, and is skipped when its inputs have not changed."""

import fcntl
import hashlib
import os
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
SKIPPED_FOLDERS = {"node_modules", "dist", "__pycache__", ".venv", ".tools", ".git", "var"}


def files(*places: Path, suffix: str = "") -> Iterator[Path]:
    """Every file with this suffix at or under the places, in a fixed order, without what is made by tools."""
    for place in places:
        if place.is_file():
            yield place
        for folder, folders, names in os.walk(place):
            folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
            yield from (Path(folder, name) for name in sorted(names) if name.endswith(suffix))


def digest(paths: Iterable[Path], *words: str) -> str:
    """A SHA-256 over names and contents of files, and over words (versions, options)."""
    total = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        total.update(f"\0{path.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def step(
    name: str, doing: str, action: Callable[[], None], *, inputs: str, made: Path, stamps: Path = TOOLS
) -> None:
    """Do the action unless it was done for these inputs and what it made is still there."""
    stamp = stamps / "stamps" / name.replace(" ", "-")
    if made.exists() and stamp.exists() and stamp.read_text() == inputs:
        print(f"{name}: up to date", flush=True)
        return
    print(f"{name}: {doing}", flush=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)  # an interrupted action is done again
    action()
    stamp.write_text(inputs)


def call(*argv: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> None:
    """Run a command; end with one clear line when it fails."""
    command: Sequence[str] = [str(word) for word in argv]
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **(env or {})}, check=False)
    if done.returncode:
        raise SystemExit(f"\nFailed with exit code {done.returncode}: {shlex.join(command)}")


@contextmanager
def alone() -> Iterator[None]:
    """Hold the clone: two set-ups at a time would install over one another."""
    TOOLS.mkdir(exist_ok=True)
    (TOOLS / ".gitignore").write_text("*\n")
    with open(TOOLS / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("set-up: waiting for another set-up of this clone", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
