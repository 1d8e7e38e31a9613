"""Whether people may keep what they were given: the rules about a project and a lane, asked again of open leases."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotation.models.adjudication import Dispute
from annotation.models.assignment import Assignment, Purpose
from annotation.models.candidate import Candidate
from annotation.models.eligibility import allowed
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.rules_lane import LANE_RULES
from annotation.models.rules_person import PAUSED, PERSON_RULES, UNDERTAKING
from core import jobs
from core.roles import Capability
from experts.models import Expert

RECHECK = "recheck_leases"
IN_FLIGHT = 60.0  # seconds, longer than a request may take
_QUEUE = (Purpose.WORK, Purpose.CONTROL)  # the questions of an exam stay: it is how one meets a rule


def held_in_queue() -> "QuerySet[Assignment]":
    """Open leases on items of the queue."""
    held: QuerySet[Assignment] = Assignment.objects.open().filter(purpose__in=_QUEUE)
    return held


def barred_leases(project: Project, experts: Sequence[Expert], day: date) -> list[int]:
    """The ids of these experts' open leases that a rule about the project or the lane bars on that day. One statement.

    A paused project keeps them: what was begun may be finished. What was not is `held_ahead`.
    """
    if not experts:
        return []
    first, *rest = (_barred(project, expert, day) for expert in experts)
    found: Any = first.union(*rest, all=True) if rest else first
    return sorted(row["pk"] for row in found)


def held_ahead(project: Project, experts: Sequence[Expert]) -> list[int]:
    """The ids of what these experts hold beside something older and have not begun. One statement.

    What a lead gave by name is left where it is.
    """
    held = held_in_queue().filter(project=project)
    older = held.filter(expert=OuterRef("expert"), pk__lt=OuterRef("pk"))
    ahead = held.filter(Exists(older), expert__in=experts, draft=None, assigned_by=None)
    return sorted(ahead.values_list("pk", flat=True))


def _barred(project: Project, expert: Expert, day: date) -> Any:
    candidate = Candidate(project, expert.pk, expert.user_id, Capability.LABEL, day)
    bars = Q(pk__in=[])
    for rule in (*PERSON_RULES, *LANE_RULES):
        if rule.code != PAUSED and rule.applies(candidate):
            bars |= rule.bars(candidate, "item__lane__")
    return held_in_queue().filter(bars, project=project, expert=expert).order_by().values("pk")


def has_undertaken(project: Project, expert: Expert) -> bool:
    """Whether the expert has accepted the newest version of what the project asks to promise. One statement.

    For whatever shows an item to an expert, also one that they had before the newest version.
    """
    bars = UNDERTAKING.bars(Candidate.of(project, expert), "")
    return not Project.objects.filter(bars, pk=project.pk).exists()


def check_has_undertaken(project: Project, expert: Expert) -> None:
    """Raise NotAllowed, code `undertaking`, unless `has_undertaken`."""
    if not has_undertaken(project, expert):
        raise UNDERTAKING.refusal(UNDERTAKING.why, action=UNDERTAKING.step, code=UNDERTAKING.code)


def decidable(
    disputes: "QuerySet[Dispute]", projects: Sequence[Project], expert: Expert
) -> "QuerySet[Dispute]":
    """Those of the disputes, in these projects, whose item no rule keeps from the expert as who decides it."""
    may = Q(pk__in=[])
    for project in projects:
        candidate = Candidate.of(project, expert, Capability.ADJUDICATE)
        items = allowed(Item.objects.filter(pk=OuterRef("item")), candidate)
        may |= Q(Exists(items), project=project)
    return disputes.filter(may)


def recheck_soon(project: Project) -> None:
    """Have the project's open leases asked about again, once for all who ask. In the transaction of what changed.

    And once more a little later: a lease that was being given at this moment followed the rules as they were.
    """
    for name, delay in (("now", 0.0), ("later", IN_FLIGHT)):
        jobs.enqueue_once(
            RECHECK,
            args={"project": project.pk},
            key=f"{RECHECK}:{name}:{project.pk}",
            delay=delay,
            project_id=project.pk,
            organisation_id=project.organisation_id,
            keep=False,
        )
