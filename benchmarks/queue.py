"""How long a person waits for the next item and for a submit, and how that grows with the queue."""

from django.test import Client
from django.utils import timezone

from annotation.models import Assignment, Item, Project
from annotation.models.assignment import Outcome
from benchmarks.house import bring, drain, found_project
from benchmarks.rubric import Table, Times, into
from core.models import User
from experts.evidence import expert_of

SIZES = (1_000, 20_000)
CALLS = 150


def measure(table: Table) -> None:
    """Two sizes of the queue, then an expert who has answered half of the larger one."""
    results: list[tuple[Times, Times]] = []
    for size in SIZES:
        project, owner, annotator = found_project(f"Queue {size}")
        bring(project, owner, size)
        drain()
        results.append(_work(project, annotator))
        for name, times in zip(("next", "submit and next"), results[-1], strict=True):
            table.line(f"{name}, {size:,} open items, p50 / p95", str(times))
    for name, small, large in zip(("next", "submit and next"), *results, strict=True):
        table.line(
            f"{name}, {SIZES[1]:,} against {SIZES[0]:,} open items, p50", f"{large.p50 / small.p50:.2f} x"
        )
    _answer_half(project, annotator)
    after, _submits = _work(project, annotator)
    table.line(f"next, half of {SIZES[1]:,} answered by this expert, p50 / p95", str(after))
    table.line("next, half answered against none answered, p50", f"{after.p50 / results[-1][0].p50:.2f} x")


def _work(project: Project, annotator: User) -> tuple[Times, Times]:
    """Through the API's handlers and middleware, without the network. A submit's answer brings the next item."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(annotator, backend="allauth.account.auth_backends.AuthenticationBackend")
    nexts: list[float] = []
    submits: list[float] = []
    path = f"/api/v1/projects/{project.uid}/next"
    for _ in range(CALLS):
        # The lease in hand is given back first: what is timed is taking one from the queue.
        Assignment.objects.open().filter(project=project).update(outcome=Outcome.SKIPPED)
        with into(nexts):
            work = client.post(path, {}, "application/json").json()
        region = {"id": "r", "from_name": "verdict", "to_name": "text", "type": "choices"}
        body = {
            "result": [{**region, "value": {"choices": ["yes"]}}],
            "hashes": work["item"]["hashes"],
            "seconds": 9.0,
        }
        with into(submits):
            answer = client.post(f"/api/v1/assignments/{work['assignment']}/submit", body, "application/json")
        assert answer.status_code == 201, answer.content
    return Times(nexts), Times(submits)


def _answer_half(project: Project, annotator: User) -> None:
    """As if this expert had skipped the first half: rows written in bulk, since only their number matters."""
    expert, now = expert_of(annotator), timezone.now()
    had = Assignment.objects.filter(project=project, expert=expert).values("item")
    first = Item.objects.filter(project=project).exclude(pk__in=had).order_by("pk")
    Assignment.objects.bulk_create(
        [
            Assignment(
                project=project,
                item=item,
                expert=expert,
                leased_at=now,
                lease_until=now,
                outcome=Outcome.SKIPPED,
                ended_at=now,
            )
            for item in first[: SIZES[1] // 2]
        ],
        batch_size=500,
    )
