"""Run every test: the front end's, then pytest on SQLite, then on PostgreSQL what a database may matter to.

Two long stories are told on one database each; `python -m tools.test soak` tells them on the other one too, and runs
what is longer, one at a time. What fails first does not hide what comes after.
"""

import os
import subprocess
import sys
from pathlib import Path

from tools.steps import ROOT, TOOLS

PYTEST = [sys.executable, "-m", "pytest"]
# Tests of a whole Assay share one and are run by one process (`tests/support/dealing.py`), the others beside them.
SIDE_BY_SIDE = ["-n", str(max(2, min(4, os.cpu_count() or 2))), "--durations", "10"]
# What is pure knows no database, nor do drawings, processes, calls to the outside and what the API's description says.
# What pages and a browser show does not depend on it: a few of its stories are told on both, and `tests/permissions`
# calls every page and every endpoint as everybody on both.
PURE = [
    *(
        "tests/annotation/algorithms",
        "tests/annotation/formats",
        "tests/annotation/web",
        "tests/assay",
        "tests/config",
        "tests/core/outbound",
        "tests/demo",
        "tests/i18n",
        "tests/tools",
        "tests/core/drawing",
    ),
    *("tests/annotation/api/test_schema.py", "tests/core/test_up.py", "tests/experts/test_pictures.py"),
]
STORED = {
    "test_adjudicate.py",
    "test_dashboard.py",
    "test_label.py",
    "test_offline.py",
    "test_text_round_trip.py",
}
SHOWN = [path for path in sorted(ROOT.glob("tests/browser/test_*.py")) if path.name not in STORED]
# Whole days of labelling: each on one database here, on both in `soak`.
LONG = {"sqlite": "tests/stories/test_pubmedqa.py", "postgres": "tests/stories/test_cmeee.py"}
LESS = {
    "sqlite": [f"--ignore={LONG['sqlite']}"],
    "postgres": [
        f"--ignore={LONG['postgres']}",
        *(f"--ignore={place}" for place in PURE),
        *(f"--ignore={path.relative_to(ROOT)}" for path in SHOWN),
    ],
}
SOAK = ["-m", "soak or long", "tests/soak"]


def main(kind: str) -> None:
    """Exit code 1 when anything failed. The last line is pytest's closing line unless something did."""
    failed = []
    if kind == "test" and not front_end_passes():
        failed.append("front end")
    how = SOAK if kind == "soak" else SIDE_BY_SIDE
    for database, less in LESS.items():
        print(f"\n{kind}: pytest on {database}", flush=True)
        command = [*PYTEST, "--db", database, *how, *(less if kind == "test" else [LONG[database]])]
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
