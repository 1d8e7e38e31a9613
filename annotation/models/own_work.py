"""One person's own work: what they hold, drafts without a lease, and their answers. Read-only; exams are left out."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from annotation.models.annotation import Annotation
from annotation.models.assignment import Assignment, AssignmentQuerySet, Outcome, Purpose
from annotation.models.eligibility import again, unmet_in
from annotation.models.project import Project
from core.models import User
from experts.models import Expert

MOST_HELD = 200
MOST_DRAFTS = 100
_ENDED = (Outcome.EXPIRED, Outcome.RETURNED, Outcome.WITHDRAWN)


def held(user: User) -> "QuerySet[Assignment]":
    """What is in the person's hands; what runs out first comes first."""
    return _work(user).open().order_by("lease_until", "pk")


def drafts(user: User) -> "QuerySet[Assignment]":
    """What they have begun and do not hold any more, with its draft; the newest first."""
    return _work(user).filter(outcome__in=_ENDED).exclude(draft=None).order_by("-ended_at", "-pk")


def answers(user: User) -> "QuerySet[Annotation]":
    """What they have submitted, outside exams."""
    rows = Annotation.objects.filter(
        expert__user=user, project__in=Project.objects.visible_to(user).values("pk")
    )
    return rows.exclude(assignment__purpose=Purpose.EXAM).select_related(
        "assignment", "project", "item", "current"
    )


def _work(user: User) -> AssignmentQuerySet:
    own = Assignment.objects.visible_to(user).exclude(purpose=Purpose.EXAM)
    return own.select_related("project__sector", "project__organisation", "item", "draft")


def to_take_up(rows: Sequence[Assignment], expert: Expert) -> set[int]:
    """The ids of those assignments that the expert may take up again now. One statement for all projects."""
    asked = []
    for project in {one.project for one in rows if one.outcome != Outcome.WITHDRAWN}:
        free = Q(open_slots__gt=0) | Q(control=True)
        items = again(project, expert).filter(free, assignments__in=rows, round=F("assignments__round"))
        found: Any = items.order_by().values_list("assignments__pk", flat=True)
        asked.append(found)
    if not asked:
        return set()
    may = set(asked[0].union(*asked[1:]) if len(asked) > 1 else asked[0])
    return {one.pk for one in rows if one.pk in may and one.outcome != Outcome.WITHDRAWN}


def unseen(projects: Iterable[Project], expert: Expert) -> dict[int, str]:
    """Why nothing of an item is shown now, by the ids of projects whose undertaking is not accepted. One statement."""
    unmet = unmet_in(sorted(set(projects), key=lambda one: one.pk), expert)
    return {
        project: str(rule.why)
        for project, rules in unmet.items()
        for rule in rules
        if rule.code == "undertaking"
    }
