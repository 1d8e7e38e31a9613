"""Exams are sat by an expert. A sitting's questions are assignments, so that they are answered as work is."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.algorithms.proportion import interval
from annotation.models import Assignment, ControlItem, ControlResult, Desk, Exam, ExamAttempt, Project
from annotation.models.access import demand
from annotation.models.assignment import Outcome, Purpose
from annotation.models.sitting import cooling_until, draw, fresh_questions, open_questions, unmet_for
from core import audit, faults, jobs
from core.models import User
from core.refusals import AlreadyDone, InvalidInput, NotAllowed
from core.roles import Capability
from experts.evidence import qualify, revoke_qualification
from experts.models import Expert, Qualification
from experts.models.qualification import How

END_EXAM = "end_exam"


@transaction.atomic
def start(*, exam: Exam, expert: Expert, by: User) -> ExamAttempt:
    """Begin a sitting; the one that is open, where there is one. Its questions are given at once.

    Raises NotAllowed or NotQualified with the rule that keeps the person from it, AlreadyDone (closed, no attempts
    left), InvalidInput (cooling off, too few fresh questions), each with what to do.
    """
    demand(by, exam.project, Capability.LABEL)
    # Two tabs of one person wait here, and so does whoever is taking work: a question was never seen before.
    Desk.objects.locked(exam.project_id, expert.pk)
    sittings = list(ExamAttempt.objects.filter(exam=exam, expert=expert).order_by("number"))
    for sitting in sittings:
        if sitting.finished_at is None:
            return sitting
    _check_may_start(exam, expert, sittings)
    number = len(sittings) + 1
    fresh = fresh_questions(exam, expert)
    if len(fresh) < exam.questions:
        raise InvalidInput(
            _("There are not enough questions left that you have not seen: %(missing)s are missing."),
            action=_("Ask the project's lead for more."),
            code="too_few_fresh",
            params={"missing": exam.questions - len(fresh)},
        )
    attempt = _begin(exam, expert, number, draw(fresh, exam, expert, number))
    _tell("exam.started", attempt, exam.project, by, {"exam": exam.uid, "number": number})
    faults.point("exams.before_start")
    return attempt


def _check_may_start(exam: Exam, expert: Expert, sittings: list[ExamAttempt]) -> None:
    if Exam.objects.filter(pk=exam.pk).exclude(closed_at=None).exists():
        raise AlreadyDone(_("This exam is closed."), action=_("Ask the project's lead."), code="exam_closed")
    for rule in unmet_for(exam, expert):
        raise rule.refusal(rule.why, action=rule.step, code=rule.code)
    if len(sittings) >= exam.attempts:
        raise NotAllowed(
            _("You have used all %(attempts)s attempts."),
            action=_("Ask the project's lead."),
            code="no_attempts_left",
            params={"attempts": exam.attempts},
        )
    if until := cooling_until(exam, sittings):
        raise NotAllowed(
            _("You may try again from %(until)s (UTC)."),
            action=_("Use the time to read the guideline and the review of your last sitting."),
            code="cooling_off",
            params={"until": until.strftime("%Y-%m-%d %H:%M")},
            extra={"until": until.isoformat()},
        )


def _begin(exam: Exam, expert: Expert, number: int, questions: list[ControlItem]) -> ExamAttempt:
    now = timezone.now()
    due = now + timedelta(minutes=exam.minutes)
    attempt = ExamAttempt.objects.create(
        exam=exam, expert=expert, number=number, started_at=now, due_at=due, asked=len(questions)
    )
    Assignment.objects.bulk_create(
        Assignment(
            project_id=exam.project_id,
            item=question.item,
            expert=expert,
            round=question.item.round,
            purpose=Purpose.EXAM,
            attempt=attempt,
            reasons=[{"code": "exam"}],
            leased_at=now,
            lease_until=due,
        )
        for question in questions
    )
    jobs.enqueue_once(
        END_EXAM,
        args={"attempt": attempt.pk},
        key=f"{END_EXAM}:{attempt.pk}",
        delay=(due - now).total_seconds() + 1,
        project_id=exam.project_id,
        organisation_id=exam.project.organisation_id,
        keep=False,
    )
    return attempt


def hold(assignment: Assignment) -> None:
    """Before anything else is locked for an answer that tests its expert, until the caller's transaction ends.

    Others of theirs wait at the desk: one that suspends them ends their other leases. A sitting is not ended meanwhile.
    """
    if assignment.purpose != Purpose.WORK:
        Desk.objects.locked(assignment.project_id, assignment.expert_id)
    if assignment.attempt_id:
        ExamAttempt.objects.select_for_update(no_key=True).get(pk=assignment.attempt_id)


@transaction.atomic
def finish(*, attempt: ExamAttempt, by: User | None) -> ExamAttempt | None:
    """Mark the sitting if all its questions are done or its time is over; None when not, or it was marked before.

    What is not answered is wrong. Who passes is qualified for the exam's kind of item.
    """
    held = ExamAttempt.objects.select_for_update(of=("self",), no_key=True)
    attempt = held.select_related("exam__project__sector", "exam__project__organisation", "expert").get(
        pk=attempt.pk
    )
    now = timezone.now()
    if attempt.finished_at or (attempt.due_at > now and open_questions(attempt).exists()):
        return None
    open_questions(attempt).update(outcome=Outcome.EXPIRED, ended_at=now)
    right = ControlResult.objects.filter(annotation__assignment__attempt=attempt, right=True).count()
    attempt.right = right
    attempt.low, attempt.high = interval(right, attempt.asked)
    attempt.passed = right >= attempt.exam.pass_mark * attempt.asked - 1e-9
    attempt.finished_at = min(now, attempt.due_at)
    attempt.save(update_fields=["right", "low", "high", "passed", "finished_at"])
    if attempt.passed:
        _qualify(attempt, now)
    _tell(
        "exam.passed" if attempt.passed else "exam.failed",
        attempt,
        attempt.exam.project,
        by,
        {"exam": attempt.exam.uid, "right": right, "asked": attempt.asked},
    )
    faults.point("exams.before_finish")
    return attempt


def _qualify(attempt: ExamAttempt, now: datetime) -> None:
    """In place of what passing this exam gave before, so that the days count from now."""
    exam, project, expert = attempt.exam, attempt.exam.project, attempt.expert
    held = Qualification.objects.filter(
        expert=expert, project_id=project.pk, exam_id=exam.pk, how=How.EXAM, revoked_at=None
    )
    for earlier in held:
        revoke_qualification(qualification=earlier, by=None)
    qualify(
        expert=expert,
        organisation=project.organisation,
        sector=project.sector,
        by=None,
        how=How.EXAM,
        reason=exam.title,
        project_id=project.pk,
        kind=exam.kind,
        exam_id=exam.pk,
        valid_until=timezone.localdate(now) + timedelta(days=exam.valid_days),
    )


def _tell(action: str, on: Any, project: Project, by: User | None, changes: Mapping[str, Any]) -> None:
    audit.record(
        action,
        by=by,
        on=on,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes=changes,
    )
