"""Which disputes this person may decide now, and what is missing for the others."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.functional import Promise

from annotation.models import Dispute, Project
from annotation.stages.lease import requirement
from core.models import User
from core.roles import Capability
from experts.eligibility import why_not
from experts.evidence import expert_of

_MOST = 24


@dataclass(frozen=True)
class Waiting:
    """A project's disputes that wait; `missing` says what this person lacks to decide them, None: nothing."""

    project: Project
    count: int
    missing: Promise | None


def waiting(user: User) -> list[Waiting]:
    """By project, those that can be decided first."""
    found = Dispute.objects.to_decide_by(user)
    counts = dict(found.values_list("project").annotate(Count("pk")).order_by())
    projects = Project.objects.filter(pk__in=counts).select_related("sector", "organisation").order_by("pk")
    rows = [Waiting(project, counts[project.pk], _missing(project, user)) for project in projects[:_MOST]]
    return sorted(rows, key=lambda row: row.missing is not None)


def _missing(project: Project, user: User) -> Promise | None:
    unmet = why_not(expert_of(user), requirement(project))
    return unmet[0].missing if unmet else None


def decidable(user: User, projects: QuerySet[Project] | None = None) -> QuerySet[Dispute]:
    """Open disputes that the person may decide now: a role, a qualification, and no answer of their own."""
    adjudicated = Project.objects.where(user, Capability.ADJUDICATE).select_related("sector").distinct()
    if projects is not None:
        adjudicated = adjudicated.filter(pk__in=projects.values("pk"))
    fit = [project.pk for project in adjudicated if _missing(project, user) is None]
    return Dispute.objects.to_decide_by(user).filter(project__in=fit)
