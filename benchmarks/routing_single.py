"""The parts of the routing benchmark that one process does: build the scene, take alone, check. Run by `routing`."""

import json
import sys
import time

import django

django.setup()  # a process of its own: models can be imported after this only

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from annotation.models import Project  # noqa: E402
from annotation.stages import lease  # noqa: E402
from benchmarks import routing_scene as scene  # noqa: E402
from benchmarks.routing_check import check  # noqa: E402
from benchmarks.routing_rows import build  # noqa: E402
from benchmarks.routing_takers import end, people  # noqa: E402
from benchmarks.rubric import Times  # noqa: E402
from experts.models import Expert  # noqa: E402

WHO = {
    "a plain expert": scene.PLAIN,
    "conflicted on 90 %": scene.CONFLICTED,
    "has answered half": scene.HALF_DONE,
}
TAKES, LOOKED = 300, 100


def alone() -> dict[str, dict[str, float]]:
    """What a take costs an expert of each kind when nobody else takes."""
    project = Project.objects.select_related("organisation", "sector").get()
    return {name: _measure(project, people(project, at, 1)[0]) for name, at in WHO.items()}


def _measure(project: Project, expert: Expert) -> dict[str, float]:
    begun = time.perf_counter()
    _take(project, expert)
    first = time.perf_counter() - begun
    seconds = []
    for _ in range(TAKES):
        begun = time.perf_counter()
        pk = _take(project, expert, done=False)
        seconds.append(time.perf_counter() - begun)
        end([pk])
    statements, rows = zip(*(_looked_at(project, expert) for _ in range(LOOKED)), strict=True)
    times = Times(seconds)
    return {
        "first": first,
        "p50": times.p50,
        "p99": times.p99,
        "statements": max(statements),
        "rows": max(rows),
    }


def _take(project: Project, expert: Expert, *, done: bool = True) -> int:
    assignment = lease.take_next(project=project, expert=expert, by=expert.user)
    if assignment is None:
        raise RuntimeError("nothing left to measure with")
    if done:
        end([assignment.pk])
    return assignment.pk


def _looked_at(project: Project, expert: Expert) -> tuple[int, int]:
    """Statements of one take, and rows of the queue that the server fetched for it."""
    with transaction.atomic():
        before = _fetched()
        with CaptureQueriesContext(connection) as queries:
            pk = _take(project, expert, done=False)
        rows = _fetched() - before
    end([pk])
    told = [one for one in queries.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    return len(told), rows


def _fetched() -> int:
    """Rows of the queue that were read and that the server has not added to its statistics yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relname = %s",
            ["annotation_item"],
        )
        return int(cursor.fetchone()[0])


def main() -> None:
    """`build <items>`, `alone` or `check`; what was measured goes to standard output as JSON."""
    match sys.argv[1:]:
        case ["build", items]:
            call_command("migrate", verbosity=0)
            build(int(items))
        case ["alone"]:
            print(json.dumps(alone()))
        case ["check"]:
            print(json.dumps(check()))


if __name__ == "__main__":
    main()
