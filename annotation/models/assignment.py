"""An expert's leased slot on an item, and the work in progress in it."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.item import Item
from annotation.models.project import Project
from core.ids import new_uid
from core.roles import Capability
from core.verbatim import VerbatimJSONField
from experts.models import Expert

if TYPE_CHECKING:
    from core.models import User


class Outcome(models.TextChoices):
    """How an assignment ended; empty while it is open."""

    SUBMITTED = "submitted", _("Submitted")
    SKIPPED = "skipped", _("Skipped")
    EXPIRED = "expired", _("Ran out")
    RETURNED = "returned", _("Given back")
    WITHDRAWN = "withdrawn", _("Taken back by a lead")


class Purpose(models.TextChoices):
    """What an assignment is for. The expert cannot tell a control item from work."""

    WORK = "work", _("Work")
    CONTROL = "control", _("Control item")
    EXAM = "exam", _("Exam")


class SkipReason(models.TextChoices):
    UNCLEAR = "unclear", _("The guideline does not cover it")
    NOT_MY_FIELD = "not_my_field", _("It is outside my field")
    BAD_ITEM = "bad_item", _("The text is broken or wrong")
    CONFLICT = "conflict", _("I have an interest in it")
    OTHER = "other", _("Another reason")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: "User") -> "AssignmentQuerySet":
        """One's own, in projects one still takes part in: what others are working on is nobody's business."""
        return self.filter(expert__user=user, project__in=Project.objects.visible_to(user).values("pk"))

    def of_work_seen_by(self, user: "User") -> "AssignmentQuerySet":
        """One's own, and everybody's in projects whose work one may see."""
        seen = Project.objects.where(user, Capability.SEE_WORK).values("pk")
        own = Project.objects.visible_to(user).values("pk")
        return self.filter(Q(project__in=seen) | Q(expert__user=user, project__in=own))

    def open(self) -> "AssignmentQuerySet":
        return self.filter(outcome="")

    def barring(self, user: "User") -> "AssignmentQuerySet":
        """Those that keep the person from judging others' answers: at work, answered, or skipped for an interest."""
        return self.filter(
            Q(outcome__in=["", Outcome.SUBMITTED]) | Q(skip_reason=SkipReason.CONFLICT), expert__user=user
        )


class Assignment(models.Model):
    """A lease: while `outcome` is empty one slot of the item is this expert's until `lease_until`.

    `reasons` says why the item went to this expert, as codes with their parameters; `score` and `parts` how well they
    fitted it when it was given (`algorithms.ranking`). `assigned_by` is the lead who gave it to them by name.
    `aside` is 0, or a number of its own: beside the one that counts, or in nobody's way since it was taken back.
    `extended` is how many minutes beyond the project's were granted. `attempt`: the exam that it is a question of.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    # The indexes below begin with these columns.
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    round = models.PositiveSmallIntegerField(default=0)
    aside = models.PositiveIntegerField(default=0)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.WORK)
    reasons = models.JSONField(default=list)
    score = models.FloatField(null=True)
    parts = models.JSONField(default=dict)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    extended = models.PositiveIntegerField(default=0)
    attempt = models.ForeignKey(
        "annotation.ExamAttempt", null=True, on_delete=models.PROTECT, related_name="questions"
    )
    leased_at = models.DateTimeField()
    lease_until = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    skip_reason = models.CharField(max_length=20, choices=SkipReason.choices, blank=True)
    skip_note = models.TextField(blank=True)

    objects: ClassVar[AssignmentQuerySet] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["item", "expert", "round", "aside"], name="an_expert_gets_an_item_once_a_round"
            ),
        )
        indexes = (
            models.Index(fields=["lease_until"], condition=Q(outcome=""), name="assignment_leases"),
            models.Index(fields=["expert", "project", "outcome"], name="assignment_by_expert"),
            models.Index(fields=["project", "-ended_at"], name="assignment_by_project"),
            models.Index(fields=["project", "-id"], condition=Q(outcome=""), name="assignment_open"),
        )

    def __str__(self) -> str:
        return self.uid


class Draft(models.Model):
    """Work in progress. `revision` rises by one with each save; a save from an older one is refused.

    `dismissed` names the suggestions that were put aside, in the editor's words; it counts for nothing else.
    `brought` is what an outside script sent (`models.studio`).
    """

    assignment = models.OneToOneField(
        Assignment, on_delete=models.CASCADE, primary_key=True, related_name="draft"
    )
    revision = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=list)
    brought = VerbatimJSONField(null=True)
    dismissed = models.JSONField(default=list)
    seconds = models.FloatField(default=0)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.assignment_id} r{self.revision}"

    @property
    def shown(self) -> dict[str, Any]:
        """As the editor reads it."""
        return {
            "revision": self.revision,
            "result": self.result,
            "seconds": self.seconds,
            "dismissed": self.dismissed,
        }
