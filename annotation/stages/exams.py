"""Exams are made and closed by a lead: control items that an expert answers in one sitting to be qualified."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Exam, Project
from annotation.models.sitting import controls_for
from annotation.refuse import fitting
from core import audit
from core.models import User
from core.refusals import AlreadyDone, InvalidInput

RANGES: Mapping[str, tuple[int, int]] = {
    "questions": (1, 200),
    "minutes": (1, 600),
    "attempts": (1, 50),
    "cooling_hours": (0, 24 * 365),
    "valid_days": (1, 3650),
}


@transaction.atomic
def create_exam(
    *, project: Project, by: User, title: str, kind: str = "", pass_mark: float = 0.8, **numbers: int
) -> Exam:
    """Make an exam of control items of a kind (empty: of any). `numbers` are of RANGES.

    Raises InvalidInput, also when there are too few control items, saying how many are missing.
    """
    _check(pass_mark, numbers)
    title = fitting(Exam, "title", title.strip())
    if not title:
        raise InvalidInput(_("Give the exam a title."), where="title")
    exam = Exam(
        project=project,
        title=title,
        kind=fitting(Exam, "kind", kind.strip()),
        pass_mark=pass_mark,
        created_by=by,
        **numbers,
    )
    missing = exam.questions - controls_for(exam).count()
    if missing > 0:
        raise InvalidInput(
            _("There are too few control items for this: %(missing)s more are needed."),
            action=_("Make control items first, or ask fewer questions."),
            where="questions",
            code="too_few_controls",
            params={"missing": missing},
        )
    exam.save()
    _tell("exam.made", exam, project, by, {"questions": exam.questions, "pass_mark": pass_mark})
    return exam


def _check(pass_mark: Any, numbers: Mapping[str, Any]) -> None:
    for name, value in numbers.items():
        if name not in RANGES:
            raise InvalidInput(_("There is no setting called %(name)s."), where=name, params={"name": name})
        low, high = RANGES[name]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise InvalidInput(
                _("This must be a whole number from %(low)s to %(high)s."),
                where=name,
                params={"low": low, "high": high},
            )
    if isinstance(pass_mark, bool) or not isinstance(pass_mark, int | float) or not 0 < pass_mark <= 1:
        raise InvalidInput(_("The pass mark is a share above 0 and at most 1."), where="pass_mark")


@transaction.atomic
def close_exam(*, exam: Exam, by: User) -> None:
    """Let nobody begin it any more; who sits it goes on. Raises AlreadyDone."""
    if not Exam.objects.filter(pk=exam.pk, closed_at=None).update(closed_at=timezone.now()):
        raise AlreadyDone(_("This exam is closed already."))
    _tell("exam.closed", exam, exam.project, by, {})


def _tell(action: str, on: Any, project: Project, by: User | None, changes: Mapping[str, Any]) -> None:
    audit.record(
        action,
        by=by,
        on=on,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes=changes,
    )
