"""Take back what an expert may no longer have: a qualification ended, or a rule, barrier or undertaking is new."""

from collections.abc import Iterator
from itertools import groupby

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from annotation.models import Assignment, Project
from annotation.models.assignment import Outcome
from annotation.models.ending import end_lease
from annotation.models.standing import barred_leases, held_ahead, held_in_queue
from core import jobs
from experts.models import Expert

AT_ONCE = 20  # holders that one statement asks about


def return_leases(running: jobs.Running, project_id: int | None = None) -> int:
    """Return open leases that a rule bars by now, of one project or of all, each in a transaction of its own.

    Of a paused project also what experts hold ahead of the item on their desk. Drafts are kept. Returns how many.
    """
    returned = 0
    for project, experts in _holders(project_id):
        for pk in barred_leases(project, experts, timezone.localdate()):
            returned += _return(running, pk, "assignment.unqualified")
        for pk in held_ahead(project, experts) if project.paused_at else ():
            returned += _return(running, pk, "assignment.returned")
    return returned


def _return(running: jobs.Running, pk: int, action: str) -> bool:
    with transaction.atomic():
        running.step()
        assignment = Assignment.objects.select_related("project", "item").get(pk=pk)
        return end_lease(assignment, Outcome.RETURNED, action=action, by=None)


def _holders(project_id: int | None) -> Iterator[tuple[Project, list[Expert]]]:
    """Who holds leases in which project, a chunk at a time."""
    held = held_in_queue().filter(project=project_id) if project_id else held_in_queue()
    rows = held.order_by("project", "expert").values_list("project", "expert").distinct()
    after = (0, 0)
    while chunk := list(
        rows.filter(Q(project__gt=after[0]) | Q(project=after[0], expert__gt=after[1]))[:AT_ONCE]
    ):
        projects = Project.objects.in_bulk({project for project, _expert in chunk})
        experts = Expert.objects.in_bulk([expert for _project, expert in chunk])
        for pk, pairs in groupby(chunk, key=lambda pair: pair[0]):
            yield projects[pk], [experts[expert] for _project, expert in pairs]
        after = chunk[-1]
