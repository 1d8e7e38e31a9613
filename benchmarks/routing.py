"""Routing at 10,000, 100,000 and 1,000,000 open items, on a PostgreSQL of its own that syncs every commit.

    .venv/bin/python -m benchmarks.routing [items …]

64 takers in 4 processes call `lease.take_next`; afterwards every assignment is replayed against the scene's rules.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from benchmarks.routing_scene import FIRST_OF_MANY
from benchmarks.rubric import Table, Times
from tests.support.postgres import Postgres

SIZES = (10_000, 100_000, 1_000_000)
PROCESSES, THREADS = 4, 16
NEW, AT_WORK = 60, 150  # takes by each taker
DURABLE = (
    "fsync=on",
    "synchronous_commit=on",
    "full_page_writes=on",
    "max_connections=150",
    "shared_buffers=1GB",
    "max_wal_size=4GB",
    "log_min_messages=fatal",
)


@dataclass(frozen=True)
class Rush:
    """64 takers at once."""

    takes: int
    seconds: float
    times: Times
    missed: int

    @property
    def rate(self) -> float:
        return self.takes / self.seconds


def environment(url: str, home: str) -> dict[str, str]:
    """What a process of the benchmark runs with."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ASSAY_HOME": home,
        "DATABASE_URL": url,
        "SECRET_KEY": secrets.token_hex(32),
        "CELERY_BROKER_URL": "memory://",
        "ASSAY_FAST_PASSWORDS": "true",
        "LOG_LEVEL": "ERROR",
    }


def rush(env: dict[str, str], first: int, rotation: int, takes: int, warmed: int) -> Rush:
    """Start the processes, let them go at once, gather what they measured."""
    started = []
    for at in range(PROCESSES):
        shift = {
            "threads": THREADS,
            "first": first + at * THREADS * rotation,
            "rotation": rotation,
            "takes": takes,
            "warmed": warmed,
        }
        command = [sys.executable, "-m", "benchmarks.routing_takers", json.dumps(shift)]
        started.append(
            subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        )
    for one in started:
        assert one.stdout is not None
        if one.stdout.readline().strip() != "ready":
            raise RuntimeError("a process of takers did not start")
    for one in started:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    told = [json.loads(one.communicate()[0]) for one in started]
    seconds = [second for one in told for second in one["seconds"]]
    wall = max(one["ended"] for one in told) - min(one["begun"] for one in told)
    return Rush(len(seconds), wall, Times(seconds), sum(one["missed"] for one in told))


def run_size(server: Postgres, items: int, table: Table, base: dict[str, float]) -> None:
    """One size, in a database of its own."""
    with tempfile.TemporaryDirectory(prefix="assay-routing-") as home:
        env = environment(server.address.create(f"routing{items}"), home)
        begun = time.monotonic()
        _python(env, "benchmarks.routing_single", "build", str(items))
        table.line(f"{items:,} open items: scene built", f"{time.monotonic() - begun:.0f} s")
        alone = json.loads(_python(env, "benchmarks.routing_single", "alone"))
        for name, figures in alone.items():
            p50, p99 = figures["p50"], figures["p99"]
            first = base.setdefault(name, p99)
            table.line(
                f"{items:,}: one taker, {name}, p50 / p99",
                f"{p50 * 1e3:.1f} / {p99 * 1e3:.1f} ms",
                f"p99 {p99 / first:.2f} x; {figures['statements']} statements, {figures['rows']} rows at most",
            )
        # A take after a pause ranks the lanes anew; for the next five minutes they stand on the expert's desk.
        for name, *shift in (
            ("nothing ranked yet", FIRST_OF_MANY, NEW, NEW, 1),
            ("at work", FIRST_OF_MANY + 64 * NEW, 15, AT_WORK, 15),
        ):
            found = rush(env, *shift)
            p99 = base.setdefault(name, found.times.p99)
            table.line(
                f"{items:,}: 64 takers, {name}",
                f"{found.rate:,.0f} takes/s",
                f"{found.takes} takes, {found.missed} empty-handed",
            )
            table.line(
                f"{items:,}: 64 takers, {name}, p50 / p99",
                f"{found.times.p50 * 1e3:.1f} / {found.times.p99 * 1e3:.1f} ms",
                f"p99 {found.times.p99 / p99:.2f} x",
            )
        looked_at, wrong = json.loads(_python(env, "benchmarks.routing_single", "check"))
        table.line(f"{items:,}: assignments replayed", f"{looked_at:,}", f"{len(wrong)} wrong")
        for line in wrong[:20]:
            print(line)


def _python(env: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def main() -> None:
    """Measure the sizes named on the command line, or all."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    server = Postgres(DURABLE)
    table, base = Table(sys.stdout), dict[str, float]()
    try:
        print(f"{server.label}; {', '.join(DURABLE[:3])}; {PROCESSES} processes of {THREADS} threads")
        for items in sizes:
            run_size(server, items, table, base)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
