"""What follows when an expert answers, skips or sits an exam: the order of the stages, in one transaction each.

Beside `pipeline`, which knows what follows for an item; this is what follows for a person.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import (
    Annotation,
    Assignment,
    Exam,
    ExamAttempt,
    Guideline,
    LabelSchema,
)
from annotation.models.assignment import Purpose
from annotation.stages import controls, label, lease, sitting, suspend
from annotation.studio import telling
from core import jobs
from core.models import User
from core.refusals import InvalidInput
from experts.models import Expert


def put(
    *,
    assignment: Assignment,
    schema: LabelSchema,
    guideline: Guideline,
    by: User,
    result: Any,
    hashes: Mapping[str, str],
    seconds: float,
    revision: int | None = None,
    suggestions: Sequence[Mapping[str, str]] = (),
    beside: Callable[[], None] = lambda: None,
    tell: bool = True,
) -> label.Submitted:
    """Store an answer (`stages.label.put`); one to a control item is judged, and may suspend its expert.

    The last answer to an exam ends it. Webhooks hear of answers to work; without `tell` the caller tells them.
    """
    sitting.hold(assignment)
    done = label.put(
        assignment=assignment,
        schema=schema,
        guideline=guideline,
        by=by,
        result=result,
        hashes=hashes,
        seconds=seconds,
        revision=revision,
        suggestions=suggestions,
        beside=beside,
    )
    if done.created and assignment.purpose != Purpose.WORK:
        _judge(done.annotation, assignment, schema, by)
    elif done.created and tell:
        telling.answered("ANNOTATION_CREATED", assignment)
    return done


submit = transaction.atomic(put)
"""The same in a transaction of its own."""


def _judge(annotation: Annotation, assignment: Assignment, schema: LabelSchema, by: User) -> None:
    controls.judge(annotation, schema.schema)
    if assignment.attempt:
        _finish(assignment.attempt, by)
    else:
        suspend.suspend_below_mark(project=assignment.project, expert=assignment.expert)


@transaction.atomic
def skip(*, assignment: Assignment, by: User, reason: str, note: str = "") -> None:
    """Give an item up (`stages.lease.skip`); a question of an exam counts as wrong."""
    sitting.hold(assignment)
    lease.skip(assignment=assignment, by=by, reason=reason, note=note)
    if assignment.attempt:
        _finish(assignment.attempt, by)


def give_back(*, assignment: Assignment, by: User) -> None:
    """Return an item (`stages.lease.give_back`); a question of an exam stays where it is. Raises InvalidInput."""
    if assignment.attempt_id:
        raise InvalidInput(
            _("A question of an exam cannot be given back."),
            action=_("Leave it: it waits until the time is over. Or skip it: then it counts as wrong."),
            code="exam_question",
        )
    lease.give_back(assignment=assignment, by=by)


@transaction.atomic
def start_exam(*, exam: Exam, expert: Expert, by: User) -> ExamAttempt:
    """Begin a sitting, after one whose time is over is marked. Raises as `stages.sitting.start`."""
    for late in ExamAttempt.objects.filter(
        exam=exam, expert=expert, finished_at=None, due_at__lte=timezone.now()
    ):
        _finish(late, None)
    return sitting.start(exam=exam, expert=expert, by=by)


@transaction.atomic
def mark_if_over(attempt: ExamAttempt) -> ExamAttempt:
    """The sitting, marked if its time is over: whoever looks at it late need not wait for the job."""
    if attempt.finished_at is None and attempt.due_at <= timezone.now():
        _finish(attempt, None)
        attempt.refresh_from_db()
    return attempt


def end_exam(running: jobs.Running) -> dict[str, Any]:
    """The job, due when a sitting's time is over: mark it, unless that is done."""
    with transaction.atomic():
        running.step()
        attempt = ExamAttempt.objects.get(pk=running.job.args["attempt"])
        if attempt.finished_at is None and attempt.due_at > timezone.now():
            raise jobs.NotYet
        return {"marked": _finish(attempt, None)}


def _finish(attempt: ExamAttempt, by: User | None) -> bool:
    ended = sitting.finish(attempt=attempt, by=by)
    if ended and ended.passed:
        suspend.end_by_exam(project=ended.exam.project, expert=ended.expert)
    return ended is not None
