"""Set up a clone: `python3 -m tools.setup app` to run it, `dev` to work on it, `test` to test it."""

import os
import sys
from pathlib import Path

from tools.postgres_binaries import machine_postgres
from tools.steps import ROOT, TOOLS, alone, call, digest, files, step
from tools.toolchain import install_uv, node, uv

VENV_PYTHON = ROOT / ".venv" / "bin" / "python"
FRONTEND = ROOT / "frontend"
NEWEST_PYTHON = (3, 13)
GROUPS = {"app": (), "dev": ("dev", "loaders"), "test": ("dev", "loaders")}


def main(kind: str) -> None:
    """Do every step that is not up to date."""
    groups = GROUPS[kind]
    if kind == "test" and not machine_postgres():
        groups = (*groups, "postgres")
    with alone():
        install_uv()
        python_packages(groups)
        node_folder, node_version = node()
        front_end(node_folder, node_version)
        catalogues()


def python_packages(groups: tuple[str, ...]) -> None:
    """The virtual environment, from uv.lock. Packages of other groups stay: `demo` does not undo `test`."""
    chosen = [word for group in groups for word in ("--group", group)]
    python = (
        [] if VENV_PYTHON.exists() or sys.version_info[:2] > NEWEST_PYTHON else ["--python", sys.executable]
    )

    def sync() -> None:
        uv("sync", "--frozen", "--inexact", "--no-default-groups", "--quiet", *chosen, *python)

    name = " ".join(["Python packages", *groups])
    step(name, "installing from uv.lock", sync, inputs=digest([ROOT / "uv.lock"]), made=VENV_PYTHON)


def front_end(node_folder: Path, node_version: str) -> None:
    """npm's packages, from the lock file, and the editor's bundle."""
    env = {"PATH": f"{node_folder}{os.pathsep}{os.environ['PATH']}"}
    npm = node_folder / "npm"
    lock = [FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    step(
        "npm packages",
        "installing from package-lock.json",
        lambda: call(npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=FRONTEND, env=env),
        inputs=digest(lock, node_version),
        made=FRONTEND / "node_modules",
    )
    step(
        "front end",
        "building",
        lambda: call(npm, "run", "--silent", "build", cwd=FRONTEND, env=env),
        inputs=digest(files(FRONTEND), node_version),
        made=FRONTEND / "dist" / "assay",
    )
    (TOOLS / "node-folder").write_text(str(node_folder))


def catalogues() -> None:
    """The translations, compiled."""
    inputs = digest([*files(ROOT, suffix=".po"), ROOT / "tools" / "compile_messages.py"])

    def compile_all() -> None:
        call(VENV_PYTHON, "-m", "tools.compile_messages")

    step("catalogues", "compiling", compile_all, inputs=inputs, made=VENV_PYTHON)


if __name__ == "__main__":
    main(sys.argv[1])
