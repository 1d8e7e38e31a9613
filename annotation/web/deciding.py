"""Which disputes this person may decide now, and what is missing for the others."""

from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet

from annotation.models import Dispute, Project
from annotation.web.missing import next_steps
from core.models import User
from experts.evidence import expert_of

_MOST = 24


@dataclass(frozen=True)
class Waiting:
    """A project's disputes that wait, `first` the id of the oldest.

    `missing` is the next step to be allowed to decide them, empty: none.
    """

    project: Project
    count: int
    first: int
    missing: str


def waiting(user: User) -> list[Waiting]:
    """By project, those that can be decided first."""
    found = Dispute.objects.to_decide_by(user)
    grouped = found.values_list("project").annotate(Count("pk"), Min("pk")).order_by()
    counts = {project: (count, first) for project, count, first in grouped}
    if not counts:
        return []
    expert = expert_of(user)
    projects = list(
        Project.objects.filter(pk__in=counts).select_related("sector", "organisation").order_by("pk")[:_MOST]
    )
    steps = next_steps(projects, expert)
    rows = [Waiting(project, *counts[project.pk], steps[project.pk]) for project in projects]
    return sorted(rows, key=lambda row: row.missing != "")


def decidable(user: User) -> QuerySet[Dispute]:
    """Open disputes that the person may decide now: a role, a qualification, and no answer of their own."""
    fit = [row.project.pk for row in waiting(user) if not row.missing]
    return Dispute.objects.to_decide_by(user).filter(project__in=fit)
