"""What folding costs, what computing everything anew costs, and how soon an answer is in the figures.

    .venv/bin/python -m benchmarks.folding [items]

The project is the dashboard's (`dashboard_rows`): 100,000 items with five answers each to four questions, on SQLite and
on a PostgreSQL of its own. The time from submit to figure is taken over HTTP from a whole Assay with its worker.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.dashboard import environment
from benchmarks.rubric import Table, Times

ITEMS = 100_000
CHANGED, ALONE, SUBMITS = 2_000, 100, 60


def main() -> None:
    """Both databases, one after the other."""
    from tests.support.postgres import Postgres

    items = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    table = Table(sys.stdout)
    server = Postgres()
    try:
        for name in ("SQLite", "PostgreSQL"):
            with tempfile.TemporaryDirectory(prefix="assay-folding-") as home:
                url = f"sqlite:///{home}/assay.sqlite3"
                _costs(
                    table, name, url if name == "SQLite" else server.address.create("folding"), home, items
                )
            with tempfile.TemporaryDirectory(prefix="assay-folding-") as home:
                url = f"sqlite:///{home}/assay.sqlite3"
                _soon(table, name, url if name == "SQLite" else server.address.create("live"), Path(home))
    finally:
        server.stop()


def _costs(table: Table, name: str, url: str, home: str, items: int) -> None:
    command = [sys.executable, "-m", "benchmarks.folding", "in", str(items)]
    told = subprocess.run(command, env=environment(url, home), check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(told.stdout.splitlines()[-1])
    answers = found["answers"]
    table.line(f"{name}: {found['items']:,} items, {answers:,} answers: built", f"{found['built']:.0f} s")
    table.line(
        f"{name}: folding in blocks, an answer ({found['rows']:.1f} rows written)",
        f"{found['in_blocks'] * 1e3:.2f} ms",
        f"floor: {found['floor'] * 1e3:.2f} ms for as many rows",
    )
    table.line(f"{name}: folding one answer alone, p50 / p95", str(Times(found["alone"])), "one transaction")
    table.line(
        f"{name}: figures from stored patterns ({found['patterns']:,} rows)",
        f"{found['figures'] * 1e3:.0f} ms",
        f"{found['stored']} figures in {found['scopes']} scopes",
    )
    for pass_ in found["anew"]:
        table.line(
            f"{name}: everything anew, {pass_['what']}",
            f"{pass_['seconds']:.0f} s",
            f"{pass_['seconds'] / answers * 1e3:.2f} ms an answer, mended {pass_['mended']:,}",
        )
    table.line(
        f"{name}: a run recomputed from immutable results", f"{found['recomputed']:.0f} s", found["verdict"]
    )
    table.line(
        f"{name}: truth and reliability of all", f"{found['truth']:.0f} s", f"{found['peak']:.0f} MB at most"
    )


def _measure(items: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command

    from core import jobs

    jobs.on_ring(lambda *_: None)
    call_command("migrate", verbosity=0)
    from annotation.models import Annotation, Item
    from benchmarks.dashboard_rows import build

    begun = time.monotonic()
    project = build(items)
    built = time.monotonic() - begun
    return {
        "items": Item.objects.filter(project=project).count(),
        "answers": Annotation.objects.filter(project=project).count(),
        "built": built,
        **_anew(project),
        **_folding(project),
        **_figures(project),
        **_truth(project),
    }


def _anew(project: Any) -> dict[str, Any]:
    """Twice: the copies' versions have other ids than those that were folded, so that the first pass mends them all."""
    from annotation.models import MeasureRun
    from annotation.stages.statistics import recomputing

    passes = []
    for what in ("every item differs", "nothing differs"):
        begun = time.monotonic()
        _full(project)
        seconds = time.monotonic() - begun
        run = MeasureRun.objects.filter(project=project, kind="full").latest("number")
        passes.append({"what": what, "seconds": seconds, "mended": run.result["mended"]})
    begun = time.monotonic()
    again = recomputing.recompute(project, run)
    return {
        "anew": passes,
        "recomputed": time.monotonic() - begun,
        "verdict": f"{len(again.rows)} figures, {'all equal' if again.equal else 'NOT EQUAL'}",
    }


def _full(project: Any) -> None:
    from django.db import transaction

    from annotation.models import noting

    with transaction.atomic():
        noting.measure_soon(project)
    _work("measure", "measure_shard")


def _work(*kinds: str) -> None:
    from django.utils import timezone

    from annotation.work import HANDLERS
    from core import jobs
    from core.models import Job

    owed = Job.objects.filter(kind__in=kinds, state="waiting", open_children=0)
    while due := list(owed.order_by("pk").values_list("pk", flat=True)):
        owed.update(due_at=timezone.now())
        for pk in due:
            jobs.run(pk, HANDLERS)


def _folding(project: Any) -> dict[str, Any]:
    """Answers are taken back, one of an item: what an item had put in is taken out, what it puts in now is added."""
    from django.db import transaction
    from django.utils import timezone

    from annotation.models import Annotation, Unfolded
    from annotation.models.counting import Asked
    from annotation.stages.statistics import folding

    asked = Asked(project.pk)
    by_item = dict(
        Annotation.objects.counted().filter(project=project).order_by("pk").values_list("item_id", "pk")
    )
    chosen = Random(1).sample(sorted(by_item.items()), min(CHANGED + ALONE, len(by_item) // 2))

    def change(some: list[tuple[int, int]]) -> None:
        Annotation.objects.filter(pk__in=[pk for _, pk in some]).update(retracted_at=timezone.now())
        Unfolded.objects.bulk_create(Unfolded(project=project, item_id=item) for item, _ in some)

    def fold(most: int) -> None:
        with transaction.atomic():
            state = folding.locked(project)
            notes = (
                Unfolded.objects.filter(project=project).order_by("pk").values_list("pk", "item_id")[:most]
            )
            taken = list(notes)
            folding.count_anew(state, sorted({item for _, item in taken}), asked)
            Unfolded.objects.filter(pk__in=[pk for pk, _ in taken]).delete()

    Unfolded.objects.filter(project=project).delete()
    many, few = chosen[:-ALONE], chosen[-ALONE:]
    change(many)
    begun = time.perf_counter()
    for _ in range(0, len(many), folding.BLOCK):
        fold(folding.BLOCK)
    in_blocks = (time.perf_counter() - begun) / len(many)
    alone = []
    for one in few:
        change([one])
        begun = time.perf_counter()
        fold(1)
        alone.append(time.perf_counter() - begun)
    rows = 9.0  # of four questions: a pattern and its two counts each, less what several items share
    return {"in_blocks": in_blocks, "alone": alone, "rows": rows, "floor": _floor(project, len(many))}


def _floor(project: Any, times: int) -> float:
    """Nine rows inserted and deleted in the same blocks, for each answer."""
    from django.db import transaction

    from annotation.models import Item, Unfolded

    item = Item.objects.filter(project=project).values_list("pk", flat=True)[0]
    block = 500
    begun = time.perf_counter()
    for _ in range(0, times, block):
        with transaction.atomic():
            rows = Unfolded.objects.bulk_create(
                Unfolded(project=project, item_id=item) for _ in range(9 * min(block, times))
            )
            Unfolded.objects.filter(pk__gte=rows[0].pk).delete()
    return (time.perf_counter() - begun) / times


def _figures(project: Any) -> dict[str, Any]:
    from annotation.algorithms.figures import figures
    from annotation.models import Agreement, PatternCount
    from annotation.stages.statistics.tables import compared, seed_of, stored_table

    schema = project.schemas.order_by("-version")[0].schema
    begun = time.perf_counter()
    for question in compared(schema.questions):
        figures(stored_table(project.pk, question, ""), seed=seed_of(project.pk, question.key, ""))
    current = Agreement.objects.current().filter(project=project)
    return {
        "figures": time.perf_counter() - begun,
        "patterns": PatternCount.objects.filter(project=project).count(),
        "stored": current.filter(scope="").count(),
        "scopes": 1,
    }


def _truth(project: Any) -> dict[str, Any]:
    import resource

    from django.db import transaction

    from annotation.models import noting

    with transaction.atomic():
        noting.infer_soon(project, delay=0)
    begun = time.monotonic()
    _work("truth")
    seconds = time.monotonic() - begun
    return {"truth": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _soon(table: Table, name: str, url: str, home: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.folding", "soon", url, str(home)]
    env = environment(url, str(home))
    told = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    times = Times(json.loads(told.stdout.splitlines()[-1]))
    table.line(f"{name}: from submit to stored figure, p50 / p95", f"{times.p50:.2f} / {times.p95:.2f} s")


def _waits(url: str, home: Path) -> list[float]:
    """Two people answer in turn; after each submit the newest run is looked at until it has seen the answer."""
    import django

    django.setup()
    from benchmarks.house import CONFIG
    from tests.stories.effort import Effort, said
    from tests.stories.founding import Founding
    from tests.support.stack import Stack

    waits = []
    inside = home / "assay"
    with Stack(inside, url.replace(f"{home}/", f"{inside}/")) as stack:
        founding = Founding(
            title="Soon",
            sector="legal",
            people={"one": "annotator", "two": "annotator"},
            config=CONFIG,
            settings={"overlap": 2},
        )
        effort = Effort(stack, founding)
        effort.upload("rows.jsonl", [{"text": f"Clause {at}."} for at in range(SUBMITS)])
        people = [effort.quick_person(person) for person in ("one", "two")]
        newest = "SELECT MAX(seen) FROM annotation_measurerun WHERE kind = 'fold'"
        for at in range(SUBMITS):
            client = people[at % 2]
            work = said(client.post(effort.path("next"), json={}), 200)
            region = {"id": "r", "from_name": "verdict", "to_name": "text", "type": "choices"}
            body = {
                "result": [{**region, "value": {"choices": [("yes", "no")[at % 3 == 0]]}}],
                "hashes": work["item"]["hashes"],
                "seconds": 9.0,
            }
            said(client.post(f"/api/v1/assignments/{work['assignment']}/submit", json=body), 201)
            begun = time.monotonic()
            while (stack.rows(newest)[0][0] or 0) <= at and time.monotonic() - begun < 20:
                time.sleep(0.01)
            waits.append(time.monotonic() - begun)
    return waits


if __name__ == "__main__":
    if sys.argv[1:2] == ["in"]:
        sys.stdout.write(json.dumps(_measure(int(sys.argv[2]))) + "\n")
    elif sys.argv[1:2] == ["soon"]:
        sys.stdout.write(json.dumps(_waits(sys.argv[2], Path(sys.argv[3]))) + "\n")
    else:
        main()
