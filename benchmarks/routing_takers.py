"""One process of takers: threads that call the stage function at the same time. Run by `benchmarks.routing`."""

import json
import sys
import threading
import time
from dataclasses import asdict, dataclass
from itertools import chain

import django

django.setup()  # a process of its own: models can be imported after this only

from django.db import connections, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from annotation.models import Assignment, Project  # noqa: E402
from annotation.models.assignment import Outcome  # noqa: E402
from annotation.stages import lease  # noqa: E402
from experts.models import Expert  # noqa: E402


@dataclass(frozen=True)
class Shift:
    """`threads` takers, each with `rotation` experts of its own from `first` on, who take `takes` items in turn.

    `warmed` of a taker's experts have taken one before.
    """

    threads: int
    first: int
    rotation: int
    takes: int
    warmed: int


def taker(
    project: Project, experts: list[Expert], takes: int, seconds: list[float], missed: list[int]
) -> None:
    """Take items; after each round of the experts their leases are ended, so that the next take is a new one."""
    given: list[int] = []
    for at in range(takes):
        expert = experts[at % len(experts)]
        begun = time.perf_counter()
        assignment = lease.take_next(project=project, expert=expert, by=expert.user)
        seconds.append(time.perf_counter() - begun)
        if assignment is None:
            missed.append(expert.pk)
        else:
            given.append(assignment.pk)
        if (at + 1) % len(experts) == 0:
            end(given)
            given = []
    end(given)


@transaction.atomic
def end(given: list[int]) -> None:
    """As if these had been submitted."""
    Assignment.objects.filter(pk__in=given).update(outcome=Outcome.SUBMITTED, ended_at=timezone.now())


def people(project: Project, first: int, count: int) -> list[Expert]:
    """The experts of these numbers."""
    return list(Expert.objects.select_related("user").order_by("pk")[first : first + count])


def main() -> None:
    """Read a Shift, say that everything is ready, wait for a line, take, and write what was measured."""
    shift = Shift(**json.loads(sys.argv[1]))
    project = Project.objects.select_related("organisation", "sector").get()
    everybody = people(project, shift.first, shift.threads * shift.rotation)
    seconds: list[list[float]] = [[] for _ in range(shift.threads)]
    missed: list[int] = []
    ready, barrier = threading.Barrier(shift.threads + 1), threading.Barrier(shift.threads + 1)

    def work(at: int) -> None:
        mine = everybody[at * shift.rotation : (at + 1) * shift.rotation]
        # A connection's first take has its statements planned: servers keep their connections. Not in the measure.
        first = [lease.take_next(project=project, expert=one, by=one.user) for one in mine[: shift.warmed]]
        end([one.pk for one in first if one])
        ready.wait()
        barrier.wait()
        try:
            taker(project, mine, shift.takes, seconds[at], missed)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(at,)) for at in range(shift.threads)]
    for thread in threads:
        thread.start()
    ready.wait()
    print("ready", flush=True)
    sys.stdin.readline()
    begun = time.time()
    barrier.wait()
    for thread in threads:
        thread.join()
    told = {"begun": begun, "ended": time.time(), "seconds": [*chain(*seconds)], "missed": len(missed)}
    print(json.dumps({**told, "shift": asdict(shift)}), flush=True)


if __name__ == "__main__":
    main()
