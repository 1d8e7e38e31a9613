"""Run every linter, go on when one complains, and say at the end which did."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.steps import ROOT, TOOLS

BIN = ROOT / ".venv" / "bin"
FRONTEND = ROOT / "frontend"


def linters() -> list[tuple[str, Path, list[str]]]:
    """Name, folder and command of each."""
    npm = str(Path((TOOLS / "node-folder").read_text()) / "npm")
    return [
        ("ruff format", ROOT, [f"{BIN}/ruff", "format", "--check", "--quiet", "."]),
        ("ruff check", ROOT, [f"{BIN}/ruff", "check", "--quiet", "."]),
        ("mypy", ROOT, [f"{BIN}/mypy", "--no-error-summary", "."]),
        ("import-linter", ROOT, [f"{BIN}/lint-imports"]),
        ("untranslated", ROOT, [f"{BIN}/python", "-m", "tools.untranslated"]),
        ("djlint", ROOT, [f"{BIN}/djlint", "--lint", "--quiet", "templates"]),
        ("biome", FRONTEND, [npm, "run", "--silent", "lint"]),
        ("tsc", FRONTEND, [npm, "run", "--silent", "check"]),
    ]


def environment(home: str) -> dict[str, str]:
    """mypy's Django plugin loads the settings: give it a key and a folder of its own."""
    node = (TOOLS / "node-folder").read_text()
    path = f"{node}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "ASSAY_HOME": home, "SECRET_KEY": secrets.token_hex(32)}


def main() -> None:
    """Exit code 1 when any linter complained."""
    complained = []
    with tempfile.TemporaryDirectory() as home:
        for name, folder, command in linters():
            begun = time.monotonic()
            done = subprocess.run(command, cwd=folder, env=environment(home), text=True, check=False,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
            verdict = "complains" if done.returncode else "passed"
            print(f"{name}: {verdict} ({time.monotonic() - begun:.1f} s)", flush=True)
            if done.returncode:
                complained.append(name)
                print(done.stdout, flush=True)
    print(f"Lint: {', '.join(complained)} complained" if complained else "Lint: everything passed")
    sys.exit(bool(complained))


if __name__ == "__main__":
    main()
