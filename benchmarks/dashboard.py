"""The lead's dashboard on 100,000 items and 500,000 answers: what each page takes, through handlers and middleware.

    .venv/bin/python -m benchmarks.dashboard [items]

On SQLite and on a PostgreSQL of its own. "Cold" is with an empty cache, as the first reader after some seconds has it.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from typing import Any

from benchmarks.rubric import Table, Times

ITEMS = 100_000
LOOKS, COLD = 20, 5
LIMIT = 0.2  # seconds: the issue's


def environment(url: str, home: str) -> dict[str, str]:
    """What the measuring process runs with."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ASSAY_HOME": home,
        "DATABASE_URL": url,
        "SECRET_KEY": secrets.token_hex(32),
        "CELERY_BROKER_URL": "memory://",
        "ASSAY_FAST_PASSWORDS": "true",
        "LOG_LEVEL": "ERROR",
        "OMP_NUM_THREADS": "1",
    }


def main() -> None:
    """Both databases, one after the other."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    table = Table(sys.stdout)
    with tempfile.TemporaryDirectory(prefix="assay-dashboard-") as home:
        _database(table, "SQLite", f"sqlite:///{home}/assay.sqlite3", home, items)
    from tests.support.postgres import Postgres

    server = Postgres()
    try:
        with tempfile.TemporaryDirectory(prefix="assay-dashboard-") as home:
            _database(table, "PostgreSQL", server.address.create("dashboard"), home, items)
    finally:
        server.stop()


def _database(table: Table, name: str, url: str, home: str, items: int) -> None:
    command = [sys.executable, "-m", "benchmarks.dashboard", "in", str(items)]
    told = subprocess.run(command, env=environment(url, home), check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(told.stdout.splitlines()[-1])
    table.line(
        f"{name}: {found['items']:,} items, {found['answers']:,} answers: built", f"{found['built']:.0f} s"
    )
    for page in found["pages"]:
        warm = Times(page["warm"])
        told_of = "" if max(page["cold"]) <= LIMIT else "above 200 ms"
        table.line(
            f"{name}: {page['name']}, warm median / cold worst of {COLD}",
            f"{warm.p50 * 1e3:.0f} / {max(page['cold']) * 1e3:.0f} ms",
            f"{page['statements']} statements, {page['kilobytes']:.0f} kB {told_of}",
        )


def _measure(items: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from core import jobs

    jobs.on_ring(lambda *_: None)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from annotation.models import Annotation, Item
    from benchmarks.dashboard_rows import build

    begun = time.monotonic()
    project = build(items)
    built = time.monotonic() - begun
    setup_test_environment()
    return {
        "items": Item.objects.filter(project=project).count(),
        "answers": Annotation.objects.filter(project=project).count(),
        "built": built,
        "pages": [_page(name, path) for name, path in _addresses(project.uid)],
    }


def _addresses(uid: str) -> list[tuple[str, str]]:
    base = f"/projects/{uid}"
    sections = ("progress", "agreement", "differences", "experts", "todo")
    pair = 'question=verdict&pair="breach"&pair="unsure"'
    return [
        ("at a glance (overview)", f"{base}/"),
        ("at a glance, fragment", f"{base}/glance"),
        *((section, f"{base}/dashboard/{section}/") for section in sections),
        *((f"{section}, fragment", f"{base}/dashboard/{section}/figures") for section in sections),
        ("items behind a pair of labels", f"{base}/items/?{pair}"),
        ("items by difference", f"{base}/items/?question=verdict&least=0.001"),
        ("items by difference of spans", f"{base}/items/?question=span&least=0.25&most=0.5"),
        ("items behind a clause", f"{base}/items/?clause=1.1"),
        ("API: figures", f"/api/v1/projects/{uid}/figures"),
        ("API: confusion", f"/api/v1/projects/{uid}/confusion?question=verdict"),
    ]


def _page(name: str, path: str) -> dict[str, Any]:
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from core.models import User

    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(User.objects.get(email="bob@example.org"))
    cold: list[float] = []
    warm: list[float] = []
    size = 0
    client.get(path)  # a process compiles a template once
    for at in range(COLD + LOOKS):
        if at < COLD:
            cache.clear()
        begun = time.perf_counter()
        response = client.get(path)
        size = len(response.content)
        (cold if at < COLD else warm).append(time.perf_counter() - begun)
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    if os.environ.get("SLOW"):
        slow = sorted(asked.captured_queries, key=lambda one: -float(one["time"]))[:4]
        for one in slow:
            print(name, one["time"], one["sql"][:1500], file=sys.stderr)
    return {"name": name, "cold": cold, "warm": warm, "statements": len(asked), "kilobytes": size / 1024}


if __name__ == "__main__":
    if sys.argv[1:2] == ["in"]:
        sys.stdout.write(json.dumps(_measure(int(sys.argv[2]))) + "\n")
    else:
        main()
