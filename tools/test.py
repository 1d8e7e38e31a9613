"""Run every test: the front end's, then pytest on SQLite, then on PostgreSQL what a database may matter to.

`python -m tools.test soak` runs the long ones, one at a time. What fails first does not hide what comes after.
"""

import os
import subprocess
import sys
from pathlib import Path

from tools.steps import ROOT, TOOLS

PYTEST = [sys.executable, "-m", "pytest"]
# Tests of a whole Assay share one and are run by one process (`tests/support/dealing.py`), the others beside them.
SIDE_BY_SIDE = ["-n", str(max(2, min(4, os.cpu_count() or 2))), "--durations", "10"]
# What is pure knows no database.
ONCE = [f"--ignore=tests/annotation/{pure}" for pure in ("algorithms", "formats")]
SOAK = ["-m", "soak", "tests/soak"]


def main(kind: str) -> None:
    """Exit code 1 when anything failed. The last line is pytest's closing line unless something did."""
    failed = []
    if kind == "test" and not front_end_passes():
        failed.append("front end")
    how = SOAK if kind == "soak" else SIDE_BY_SIDE
    for database, less in (("sqlite", []), ("postgres", ONCE)):
        print(f"\n{kind}: pytest on {database}", flush=True)
        command = [*PYTEST, "--db", database, *how, *less]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(f"pytest on {database}")
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


def front_end_passes() -> bool:
    """Run the editor's own tests."""
    node = Path((TOOLS / "node-folder").read_text())
    env = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ['PATH']}"}
    print("test: front end (vitest)", flush=True)
    command = [str(node / "npm"), "run", "--silent", "test"]
    return subprocess.run(command, cwd=ROOT / "frontend", env=env, check=False).returncode == 0


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "test")
