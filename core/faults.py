"""Points in the code at which a test can have a process killed. In production they do nothing.

A test arms a point with `arm()`; the process that passes it the count-th time kills itself with SIGKILL, as a power
cut would. The count is kept in files, so it runs on over processes and restarts, and each arming kills once.
"""

import os
import signal
from pathlib import Path

from django.conf import settings


def point(name: str) -> None:
    """Die here when a test wants it. `name` is like `release.between_shards`: where, and between what."""
    if settings.ASSAY_FAULTS and _is_the_last_passage(settings.ASSAY_HOME / "faults", name):
        os.kill(os.getpid(), signal.SIGKILL)


def arm(folder: Path, name: str, count: int = 1) -> None:
    """Have the process that passes the point for the count-th time from now die. `folder` is ASSAY_HOME/faults."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        (folder / f"{name}.{number}").touch()


def _is_the_last_passage(folder: Path, name: str) -> bool:
    """Take one passage off; True when it was the last. Unlinking decides between processes that pass at once."""
    passages = [path for path in folder.glob(f"{name}.*") if path.stem == name]
    for path in sorted(passages, key=lambda path: int(path.suffix[1:]), reverse=True):
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        return path.suffix == ".1"
    return False
