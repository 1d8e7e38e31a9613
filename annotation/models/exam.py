"""Exams: control items that an expert answers in one sitting to be qualified."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.project import Project
from core.ids import new_uid
from experts.models import Expert

if TYPE_CHECKING:
    from core.models import User


class Exam(models.Model):
    """`questions` control items of the `kind` (empty: of any), drawn anew for each attempt; passed at `pass_mark`.

    `minutes` for one attempt, `attempts` in all, `cooling_hours` after one that failed; what it grants is in force for
    `valid_days`.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="exams")
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind of item"), max_length=60, blank=True)
    questions = models.PositiveSmallIntegerField(_("questions"), default=10)
    pass_mark = models.FloatField(_("pass mark"), default=0.8)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=3)
    cooling_hours = models.PositiveIntegerField(_("hours between attempts"), default=24)
    valid_days = models.PositiveIntegerField(_("days it counts"), default=365)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    questions__gte=1,
                    pass_mark__gt=0,
                    pass_mark__lte=1,
                    minutes__gte=1,
                    attempts__gte=1,
                    valid_days__gte=1,
                ),
                name="exam_in_range",
            ),
        )

    def __str__(self) -> str:
        return self.title


class ExamAttempt(models.Model):
    """One sitting. Its questions are assignments (`Assignment.attempt`); `low` and `high` bound the true share."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="sittings")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="exam_attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    right = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField()
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["exam", "expert", "number"], name="one_attempt_of_a_number"),
            models.UniqueConstraint(
                fields=["exam", "expert"], condition=Q(finished_at=None), name="one_sitting_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return self.uid


def exams_visible_to(user: "User") -> "models.QuerySet[Exam]":
    """Those of projects that one sees: whoever labels there may sit them."""
    return Exam.objects.filter(project__in=Project.objects.visible_to(user).values("pk"))
