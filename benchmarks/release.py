"""Releases of 10,000, 100,000 and 1,000,000 items: time, rows a second, and memory above an idle worker.

    .venv/bin/python -m benchmarks.release [--answers 3] [--formats label_studio,parquet] [items …]

On SQLite and on a PostgreSQL of its own, by one worker process: two write parts side by side.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.dashboard import environment
from benchmarks.rubric import Table

ITEMS = (10_000, 100_000, 1_000_000)
LIMIT = 512  # megabytes: the issue's


def main() -> None:
    """Each size on each database, in processes of their own."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.release")
    asked.add_argument("items", nargs="*", type=int)
    asked.add_argument("--answers", type=int, default=3)
    asked.add_argument("--formats", default="label_studio,parquet")
    asked.add_argument("--database", choices=["SQLite", "PostgreSQL"])
    options = asked.parse_args()
    table = Table(sys.stdout)
    for items in options.items or ITEMS:
        for name in ("SQLite", "PostgreSQL"):
            if options.database in (None, name):
                _one(table, name, items, options.answers, options.formats)


def _one(table: Table, name: str, items: int, answers: int, formats: str) -> None:
    with tempfile.TemporaryDirectory(prefix="assay-release-") as home:
        if name == "SQLite":
            _database(table, name, f"sqlite:///{home}/assay.sqlite3", home, (items, answers, formats))
            return
        from tests.support.postgres import Postgres

        server = Postgres()
        try:
            _database(table, name, server.address.create("release"), home, (items, answers, formats))
        finally:
            server.stop()


def _database(table: Table, name: str, url: str, home: str, of: tuple[int, int, str]) -> None:
    items, answers, formats = of
    env = environment(url, home)
    _call(env, "build", str(items), str(answers))
    found = _call(env, "measure", formats)
    head = f"{name}, {found['items']:,} items, {answers} answers each"
    rate = found["items"] / found["seconds"]
    table.line(f"{head}: whole release", f"{found['seconds']:.0f} s", f"{rate:,.0f} rows/s")
    for step, seconds in found["steps"].items():
        table.line(f"{head}: {step}", f"{seconds:.1f} s", f"{found['items'] / seconds:,.0f} rows/s")
    over = found["peak"] - found["idle"]
    table.line(f"{head}: memory above idle", f"{over:.0f} MB", "" if over <= LIMIT else f"above {LIMIT} MB")
    table.line(f"{head}: on disk", f"{found['bytes'] / 1e6:,.0f} MB")


def _call(env: dict[str, str], *words: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.release_part", *words]
    told = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def peak() -> float:
    """The most memory that this process has held, in megabytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


class Stopwatch:
    """How long the jobs of each kind took."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def around(self, name: str, handler: Any) -> Any:
        """The handler, timed."""

        def timed(running: Any) -> Any:
            began = time.perf_counter()
            try:
                return handler(running)
            finally:
                self.seconds[name] += time.perf_counter() - began

        return timed


if __name__ == "__main__":
    main()
