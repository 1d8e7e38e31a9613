"""Other people's packages, to compare with: `python -m benchmarks.peers` puts them into var/peers.

They have licences or weights that Assay does not take on, so they are in an environment of their own, and scripts that
use them run there as child processes that print JSON. Nothing of them is imported here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools.steps import digest, step
from tools.toolchain import install_uv, uv

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "peers"
PYTHON = Path(os.environ.get("ASSAY_PEERS") or FOLDER / "bin" / "python")
PINNED = ROOT / "benchmarks" / "peers.txt"
_MINUTES = 10


def prepare() -> None:
    """Make the environment, or bring it to what `peers.txt` pins. Needs PyPI the first time."""
    if "ASSAY_PEERS" in os.environ:
        return
    install_uv()

    def install() -> None:
        uv("venv", "--quiet", "--clear", "--python", sys.executable, FOLDER)
        uv("pip", "install", "--quiet", "--python", FOLDER, "--no-deps", "--requirement", PINNED)

    step("peers", "installing from benchmarks/peers.txt", install, inputs=digest([PINNED]), made=PYTHON)


def ask(script: Path, *argv: str | Path) -> Any:
    """What a script prints as JSON when it runs among the packages, on one core.

    Raises FileNotFoundError where they are not installed, subprocess.CalledProcessError when it fails.
    """
    if not PYTHON.exists():
        raise FileNotFoundError(f"{PYTHON} is not there; run: python -m benchmarks.peers")
    done = subprocess.run(
        [PYTHON, script, *map(str, argv)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60 * _MINUTES,
        env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
    return json.loads(done.stdout)


if __name__ == "__main__":
    prepare()
