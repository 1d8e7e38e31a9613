"""What the tests of control items and exams share."""

from collections.abc import Sequence
from typing import Any

from annotation.models import Assignment, ControlItem, Exam, Project
from annotation.models.assignment import Purpose
from annotation.stages import controls, exams
from core.models import User
from tests import cast
from tests.cast import Result


def bring_controls(project: Project, by: User, count: int, start: int = 0, **extra: Any) -> list[ControlItem]:
    """So many control items whose known answer is “breach”."""
    rows = [
        {"text": f"Known {at}: nothing was paid.", "_answer": {"verdict": "breach"}, **extra}
        for at in range(start, start + count)
    ]
    cast.bring(project, by, cast.jsonl(rows))
    return list(ControlItem.objects.filter(project=project).order_by("pk"))


def mix(project: Project, by: User, **settings: Any) -> None:
    """Mix control items into work."""
    controls.change_controls(project=project, by=by, **settings)


def answer(project: Project, user: User, verdicts: Sequence[str] | str, most: int = 100) -> list[Assignment]:
    """Answer what comes: work with “no breach”, control items with these verdicts until they are used up."""
    left = list(verdicts) if not isinstance(verdicts, str) else [verdicts] * most
    given: list[Assignment] = []
    while left and len(given) < most and (assignment := cast.take(project, user)):
        control = assignment.purpose == Purpose.CONTROL
        said: Result = cast.choice(left.pop(0) if control else "no breach")
        cast.submit(assignment, user, said)
        given.append(assignment)
    return given


def make_exam(project: Project, by: User, **settings: Any) -> Exam:
    """An exam of three questions, two of which must be right."""
    values = {"title": "Leases", "questions": 3, "pass_mark": 0.6, "attempts": 2, "cooling_hours": 24}
    return exams.create_exam(project=project, by=by, **{**values, **settings})
