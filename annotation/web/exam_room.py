"""Sitting an exam: beginning it, and what it came to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from annotation import answering
from annotation.models import Assignment, Exam, ExamAttempt, Project
from annotation.models.access import demand
from annotation.models.review import Reviewed, review_of
from annotation.models.rule import Rule
from annotation.models.sitting import (
    cooling_until,
    fresh_questions,
    open_questions,
    sittings_visible_to,
    unmet_for,
)
from annotation.models.standing import has_undertaken
from annotation.web.gate import Here, in_project
from annotation.web.projects.undertaking import to_undertaking
from annotation.web.shares import Share
from annotation.web.values import Values
from core.refusals import NotFound
from core.roles import Capability
from experts.evidence import expert_of
from experts.models import Expert


@dataclass(frozen=True)
class Room:
    """Where a person stands before an exam: sittings so far, the one that goes on, or why none can be begun.

    `missing` questions are not there that the person has never had; `left` attempts.
    """

    sittings: list[tuple[ExamAttempt, Share]]
    going_on: ExamAttempt | None
    rules: list[Rule]
    cooling: datetime | None
    left: int
    missing: int

    @property
    def open(self) -> bool:
        return not (self.going_on or self.rules or self.cooling or self.missing) and self.left > 0


def exam_of(project: Project, uid: str) -> Exam | None:
    """The project's exam of that uid."""
    rows = Exam.objects.select_related("project__organisation", "project__sector")
    return rows.filter(project=project, uid=uid).first()


def standing(exam: Exam, expert: Expert) -> Room:
    """Read where the person stands; what is over by now is marked first."""
    found = list(
        ExamAttempt.objects.filter(exam=exam, expert=expert).select_related("exam").order_by("number")
    )
    sittings = [answering.mark_if_over(one) for one in found]
    going_on = next((one for one in sittings if one.finished_at is None), None)
    missing = 0 if going_on or exam.closed_at else exam.questions - len(fresh_questions(exam, expert))
    return Room(
        sittings=[(one, Share(one.right, one.asked)) for one in reversed(sittings) if one.finished_at],
        going_on=going_on,
        rules=unmet_for(exam, expert),
        cooling=cooling_until(exam, sittings),
        left=exam.attempts - len(sittings),
        missing=max(0, missing),
    )


def sitting_address(attempt: ExamAttempt) -> tuple[str, str, str, str]:
    """The page of a sitting, as `redirect` takes it."""
    return "web:sitting", attempt.exam.project.uid, attempt.exam.uid, attempt.uid


@require_POST
@in_project(Capability.SEE_PROJECT)
def start(here: Here, exam: str) -> HttpResponse:
    """Begin a sitting, or go on with it: the editor opens on the next question."""
    found = exam_of(here.project, exam)
    if found is None:
        raise NotFound
    demand(here.user, here.project, Capability.LABEL)
    attempt = answering.start_exam(exam=found, expert=expert_of(here.user), by=here.user)
    question = open_questions(attempt).first()
    return redirect("web:label", question.uid) if question else redirect(*sitting_address(attempt))


@in_project(Capability.SEE_PROJECT)
def sitting(here: Here, exam: str, sitting: str) -> HttpResponse:
    """The result with every question, one's own answer beside the known one; while it goes on, the way back."""
    rows = sittings_visible_to(here.user).select_related("exam__project", "expert__user")
    found = rows.filter(exam__project=here.project, exam__uid=exam, uid=sitting).first()
    if found is None:
        raise NotFound
    if found.expert.user_id == here.user.pk and not has_undertaken(here.project, found.expert):
        return to_undertaking(here.request, here.project)
    attempt = answering.mark_if_over(found)
    context: dict[str, Any] = {
        "attempt": attempt,
        "exam": attempt.exam,
        "mine": attempt.expert.user_id == here.user.pk,
        "share": Share(attempt.right, attempt.asked),
        "mark": round(100 * attempt.exam.pass_mark),
    }
    if attempt.finished_at:
        context["review"] = _review(here.project, attempt)
        context["cooling"] = None if attempt.passed else cooling_until(attempt.exam, [attempt])
    else:
        questions = Assignment.objects.open().filter(attempt=attempt)
        context["unanswered"] = questions.count()
    return here.render("exams/sitting.html", context)


@dataclass(frozen=True)
class Line:
    """One question of the review: title, what was said, what is right (empty: it was not compared), whether it was."""

    title: str
    said: str
    known: str
    wrong: bool


def _review(
    project: Project, attempt: ExamAttempt
) -> list[tuple[Reviewed, list[tuple[str, str]], list[Line]]]:
    schema = project.schemas.first()
    parsed = schema.parsed if schema else {"questions": [], "fields": []}
    return [_reviewed(one, parsed) for one in review_of(attempt)]


def _reviewed(one: Reviewed, parsed: dict[str, Any]) -> tuple[Reviewed, list[tuple[str, str]], list[Line]]:
    values = Values(parsed, one.item.data)
    texts = list(zip([field["name"] for field in values.fields], values.texts, strict=True))
    said = one.said or {}
    lines = [
        Line(
            title=values.title(key),
            said=values.show(key, said.get(key)),
            known=values.show(key, one.control.answer[key]),
            wrong=key in one.wrong or one.said is None,
        )
        for key in values.keys
        if key in one.control.answer
    ]
    return one, texts, lines


urls = [
    path("exams/<slug:exam>/start", start, name="exam-start"),
    path("exams/<slug:exam>/sittings/<slug:sitting>/", sitting, name="sitting"),
]
