"""Which disputes this person may decide now, and what is missing for the others."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery

from annotation.models import Dispute, Project
from annotation.models.standing import decidable as decidable_in
from annotation.web.missing import Step, next_steps
from core.models import User
from core.roles import Capability
from experts.evidence import expert_of

_MOST = 24


@dataclass(frozen=True)
class Waiting:
    """A project's disputes that wait, `first` the id of the one whose settling is worth most.

    `missing` is the next step to be allowed to decide them, false: none.
    """

    project: Project
    count: int
    first: int
    missing: Step


def waiting(user: User) -> list[Waiting]:
    """By project, those that can be decided first."""
    found = Dispute.objects.to_decide_by(user)
    projects = list(
        Project.objects.filter(pk__in=found.order_by().values("project"))
        .select_related("sector", "organisation")
        .order_by("pk")[:_MOST]
    )
    if not projects:
        return []
    expert = expert_of(user)
    steps = next_steps(projects, expert, part=Capability.ADJUDICATE)
    fit, unfit = [one for one in projects if not steps[one.pk]], [one for one in projects if steps[one.pk]]
    may = decidable_in(found, fit, expert)
    counts = {**_counts(may), **_counts(found.filter(project__in=unfit))}
    first = {**_first(may, fit), **_first(found, unfit)}
    rows = [
        Waiting(one, counts[one.pk], first[one.pk], steps[one.pk]) for one in projects if one.pk in counts
    ]
    return sorted(rows, key=lambda row: bool(row.missing))


def _counts(disputes: QuerySet[Dispute]) -> dict[int, int]:
    return dict(disputes.values_list("project").annotate(Count("pk")).order_by())


def _first(disputes: QuerySet[Dispute], projects: list[Project]) -> dict[int, int]:
    """By project, the dispute at the head of its queue. One statement."""
    head = disputes.filter(project=OuterRef("pk")).order_by("-gain", "pk").values("pk")[:1]
    rows = Project.objects.filter(pk__in=[one.pk for one in projects]).annotate(head=Subquery(head))
    return dict(rows.values_list("pk", "head"))


def decidable(user: User) -> QuerySet[Dispute]:
    """Open disputes that the person may decide now: a role, no answer of their own, and no rule against it."""
    fit = [row.project for row in waiting(user) if not row.missing]
    return decidable_in(Dispute.objects.to_decide_by(user), fit, expert_of(user))
