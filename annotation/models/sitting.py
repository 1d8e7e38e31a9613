"""What is known of exams: who may sit one, with which questions, and what a sitting came to. Read-only."""

import random
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from annotation.formats.known_answer import comparable
from annotation.models.assignment import Assignment
from annotation.models.candidate import Candidate
from annotation.models.control import ControlItem, ControlQuerySet
from annotation.models.eligibility import unmet_in
from annotation.models.exam import Exam, ExamAttempt
from annotation.models.project import Project
from annotation.models.rule import Rule
from annotation.models.rules_person import PAUSED
from annotation.models.rules_qualification import general_rule, kind_rule, unmet_rules
from annotation.models.schema import LabelSchema
from core.models import User
from core.roles import Capability
from experts.models import Expert

WAIVED = frozenset({"suspended", PAUSED, general_rule.code, kind_rule.code})
"""What keeps nobody from an exam: it is the way out of them."""


def controls_for(exam: Exam) -> ControlQuerySet:
    """The control items that the exam can ask, of its kind; none that lies in a room: an exam crosses no barrier."""
    found = ControlItem.objects.filter(project=exam.project_id, item__lane__room="").for_exams().usable()
    return found.filter(item__lane__kind=exam.kind) if exam.kind else found


def unmet_for(exam: Exam, expert: Expert) -> list[Rule]:
    """The rules about the person that keep them from the exam; a rule that asks for an exam does not."""
    unmet = [rule for rule in unmet_in([exam.project], expert)[exam.project_id] if rule.code not in WAIVED]
    others = unmet_rules(Candidate.of(exam.project, expert)).filter(exam=None, kind="", tier="")
    return [*unmet, general_rule] if others.exists() else unmet


def fresh_questions(exam: Exam, expert: Expert) -> list[ControlItem]:
    """What the expert can be asked: control items that they never had in any form, and that no rule keeps from them."""
    schema = LabelSchema.objects.filter(project=exam.project_id).order_by("-version")[0].schema
    mine = controls_for(exam).allowed_to(exam.project, expert, without=WAIVED)
    return [one for one in mine.select_related("item").order_by("pk") if comparable(schema, one.answer)]


def draw(fresh: list[ControlItem], exam: Exam, expert: Expert, number: int) -> list[ControlItem]:
    """The questions of a sitting, in their order: drawn with a seed made of exam, expert and number."""
    seed = f"{exam.uid}:{expert.uid}:{number}"
    return random.Random(seed).sample(fresh, exam.questions)  # noqa: S311 (a draw, not a secret)


def cooling_until(exam: Exam, sittings: Collection[ExamAttempt]) -> datetime | None:
    """When the expert may sit the exam again after the last one that failed; None when now."""
    failed = [one.finished_at for one in sittings if one.finished_at and not one.passed]
    until = max(failed) + timedelta(hours=exam.cooling_hours) if failed else None
    return until if until and until > timezone.now() else None


def open_questions(attempt: ExamAttempt) -> "QuerySet[Assignment]":
    """The questions of the sitting that are not answered or skipped, in their order."""
    return Assignment.objects.open().filter(attempt=attempt).order_by("pk")


def sittings_visible_to(user: User) -> "QuerySet[ExamAttempt]":
    """One's own, in projects that one still sees, and those of projects whose work one may see."""
    return ExamAttempt.objects.filter(
        Q(expert__user=user, exam__project__in=Project.objects.visible_to(user).values("pk"))
        | Q(exam__project__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))
    )


def ways_back(project: Project) -> "QuerySet[Exam]":
    """The project's open exams: passing one ends a suspension."""
    return Exam.objects.filter(project=project, closed_at=None).order_by("pk")
