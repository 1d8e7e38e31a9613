"""How long a person waits for the next item and for a submit, and how that grows with the queue."""

from dataclasses import dataclass, field

from django.test import Client
from django.utils import timezone

from annotation.models import Assignment, Item, Project
from annotation.models.assignment import Outcome
from benchmarks.house import bring, drain, found_project
from benchmarks.rubric import Table, Times, into
from core.models import User
from experts.evidence import expert_of

SHORT, LONG = 1_000, 20_000
CALLS = 150
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Desk:
    """An expert at work on a queue, through the API's handlers and middleware, without the network."""

    name: str
    project: Project
    annotator: User
    nexts: list[float] = field(default_factory=list)
    submits: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._client = Client(SERVER_NAME="127.0.0.1")
        self._client.force_login(self.annotator, backend=BACKEND)

    def work(self) -> None:
        """Take one item and submit an answer, whose own answer brings the next item."""
        # The lease in hand is ended first: what is timed is taking one from the queue.
        Assignment.objects.open().filter(project=self.project).update(outcome=Outcome.SKIPPED)
        path = f"/api/v1/projects/{self.project.uid}/next"
        with into(self.nexts):
            work = self._client.post(path, {}, "application/json").json()
        region = {"id": "r", "from_name": "verdict", "to_name": "text", "type": "choices"}
        body = {
            "result": [{**region, "value": {"choices": ["yes"]}}],
            "hashes": work["item"]["hashes"],
            "seconds": 9.0,
        }
        path = f"/api/v1/assignments/{work['assignment']}/submit"
        with into(self.submits):
            answer = self._client.post(path, body, "application/json")
        assert answer.status_code == 201, answer.content


def measure(table: Table) -> None:
    """Three queues in turn, call by call, so that what else the machine does falls on all of them alike."""
    short, long, half = (
        _desk(name, size) for name, size in (("short", SHORT), ("long", LONG), ("half", LONG))
    )
    _answer_half(half)
    for _ in range(CALLS):
        for desk in (short, long, half):
            desk.work()
    base = Times(short.nexts), Times(short.submits)
    for desk, words in (
        (short, f"{SHORT:,} open items"),
        (long, f"{LONG:,} open items"),
        (half, f"{LONG:,}, half of them answered by this expert"),
    ):
        times = Times(desk.nexts), Times(desk.submits)
        for name, found, first in zip(("next", "submit and next"), times, base, strict=True):
            beside = "" if desk is short else f"{found.p50 / first.p50:.2f} x the short queue's"
            table.line(f"{name}: {words}, p50 / p95", str(found), beside)


def _desk(name: str, size: int) -> Desk:
    project, owner, annotator = found_project(f"Queue {name}")
    bring(project, owner, size)
    drain()
    return Desk(name, project, annotator)


def _answer_half(desk: Desk) -> None:
    """As if the expert had had the first half: rows written in bulk, since only their number matters."""
    expert, now = expert_of(desk.annotator), timezone.now()
    Assignment.objects.bulk_create(
        [
            Assignment(
                project=desk.project,
                item=item,
                expert=expert,
                leased_at=now,
                lease_until=now,
                outcome=Outcome.SKIPPED,
                ended_at=now,
            )
            for item in Item.objects.filter(project=desk.project).order_by("pk")[: LONG // 2]
        ],
        batch_size=500,
    )
