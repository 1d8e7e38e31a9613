"""One person's own work: what they hold, drafts without a lease, and their answers. Read-only; exams are left out."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from annotation.models.annotation import Annotation
from annotation.models.assignment import Assignment, AssignmentQuerySet, Outcome, Purpose
from annotation.models.eligibility import HAD, PAUSED, again, unmet_in
from annotation.models.project import Project
from core.models import User
from core.refusals import LeaseExpired
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
    asked: list[Any] = []
    for project in {one.project for one in rows if one.outcome != Outcome.WITHDRAWN}:
        free = Q(open_slots__gt=0) | Q(control=True)
        items = again(project, expert).filter(free, assignments__in=rows, round=F("assignments__round"))
        asked.append(items.order_by().values_list("assignments__pk", flat=True))
    may = _together(asked)
    return {one.pk for one in rows if one.pk in may and one.outcome != Outcome.WITHDRAWN}


def closed(rows: Sequence[Assignment], expert: Expert) -> dict[int, str]:
    """Why the text of an item is not shown (any more), by assignment id. One statement for all projects.

    It is not where a lead took the item back, or a rule bars the expert from it by now: somebody who has declared an
    interest in a party, say. That they had it, and that the project is paused, does not matter.
    """
    kept = [one for one in rows if one.outcome != Outcome.WITHDRAWN]
    asked: list[Any] = []
    for project in {one.project for one in kept}:
        items = again(project, expert, without=frozenset({HAD, PAUSED})).filter(assignments__in=kept)
        asked.append(items.order_by().values_list("assignments__pk", flat=True))
    may = _together(asked)
    taken_back = _("A lead took it back. Its text is not shown any more.")
    barred = _("You may not have this item by now. Its text is not shown any more.")
    return {
        one.pk: taken_back if one.outcome == Outcome.WITHDRAWN else barred
        for one in rows
        if one.pk not in may
    }


def _together(asked: Sequence[Any]) -> set[int]:
    if not asked:
        return set()
    return set(asked[0].union(*asked[1:]) if len(asked) > 1 else asked[0])


def check_may_read(assignment: Assignment) -> None:
    """Raises LeaseExpired where an item that one gave up, or lost, may not be read any more."""
    ended = assignment.outcome not in ("", Outcome.SUBMITTED) and not assignment.attempt_id
    if ended and closed([assignment], assignment.expert):
        raise LeaseExpired(_("It is not in your hands any more."), action=_("Open the next item."))


def unseen(projects: Iterable[Project], expert: Expert) -> dict[int, str]:
    """Why nothing of an item is shown now, by the ids of projects whose undertaking is not accepted. One statement."""
    unmet = unmet_in(sorted(set(projects), key=lambda one: one.pk), expert)
    return {
        project: str(rule.why)
        for project, rules in unmet.items()
        for rule in rules
        if rule.code == "undertaking"
    }
