"""Suspend an expert who answers too few control items rightly, and let them work again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Assignment, Project, Suspension
from annotation.models.assignment import Outcome, Purpose
from annotation.models.ending import end_lease
from annotation.models.reliability import tested
from core import audit, faults, jobs
from core.models import User
from core.refusals import AlreadyDone, InvalidInput
from experts.models import Expert

BY_EXAM = "exam"


@transaction.atomic
def suspend_below_mark(*, project: Project, expert: Expert) -> Suspension | None:
    """Suspend the expert if the last control items say so; None when they do not, or it is done already.

    What is counted are the project's own numbers as they stand now. Open leases go back to the queue with their drafts.
    """
    right, asked = tested(project, expert.pk)
    if asked < project.control_least or right >= project.control_mark * asked - 1e-9:
        return None
    made = Suspension(
        project=project,
        expert=expert,
        right=right,
        asked=asked,
        mark=project.control_mark,
        began_at=timezone.now(),
    )
    # Of two tabs one writes the row; the constraint turns the other one away without an error.
    Suspension.objects.bulk_create([made], ignore_conflicts=True)
    suspension = Suspension.objects.filter(uid=made.uid).first()
    if suspension is None:
        return None
    _return_leases(suspension)
    _tell("expert.suspended", suspension, None, {"right": right, "asked": asked, "mark": suspension.mark})
    if expert.wants_letters:
        jobs.enqueue(
            "suspension_letter",
            args={"suspension": suspension.pk},
            project_id=project.pk,
            organisation_id=project.organisation_id,
        )
    faults.point("suspend.before_commit")
    return suspension


def _return_leases(suspension: Suspension) -> None:
    held = Assignment.objects.open().filter(project=suspension.project_id, expert=suspension.expert_id)
    why = {"suspension": suspension.uid}
    work = held.exclude(purpose=Purpose.EXAM).select_related("project", "item")
    for assignment in work.order_by("pk"):
        end_lease(assignment, Outcome.RETURNED, action="assignment.returned", by=None, changes=why)


@transaction.atomic
def end(*, suspension: Suspension, by: User, reason: str) -> None:
    """A lead lets the expert work again, and says why. Raises InvalidInput, AlreadyDone."""
    reason = reason.strip()
    if not reason:
        raise InvalidInput(
            _("Say why."), action=_("What makes you trust this person's answers again?"), where="reason"
        )
    if suspension.expert.user_id == by.pk:
        raise InvalidInput(
            _("Nobody ends a suspension of their own."), action=_("Ask another lead."), code="own"
        )
    if not _end(suspension, by, reason[:300]):
        raise AlreadyDone(_("This suspension has ended already."))


@transaction.atomic
def end_by_exam(*, project: Project, expert: Expert) -> None:
    """An exam that is passed ends the suspension, if there is one."""
    for suspension in Suspension.objects.current().filter(project=project, expert=expert):
        _end(suspension, None, BY_EXAM)


def _end(suspension: Suspension, by: User | None, how: str) -> bool:
    current = Suspension.objects.current().filter(pk=suspension.pk)
    if not current.update(ended_at=timezone.now(), ended_by=by, how_ended=how):
        return False
    suspension.refresh_from_db()
    _tell("suspension.ended", suspension, by, {"how": how})
    return True


def _tell(action: str, suspension: Suspension, by: User | None, changes: Mapping[str, Any]) -> None:
    project = suspension.project
    audit.record(
        action,
        by=by,
        on=suspension,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"expert": suspension.expert.uid, **changes},
    )
