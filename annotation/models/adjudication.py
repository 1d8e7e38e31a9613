"""What annotators did not agree on, and the named expert's decision."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from annotation.models.assignment import Assignment
from annotation.models.guideline import Guideline
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.schema import LabelSchema
from core.ids import new_uid
from core.roles import Capability
from experts.models import Expert

if TYPE_CHECKING:
    from core.models import User


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def visible_to(self, user: "User") -> "DisputeQuerySet":
        """Disputes of projects where one may adjudicate or see the work.

        Also those about an item that one annotates: while open they exist for that person, but reading or deciding
        one is refused (`stages.adjudicate.check_may_see`).
        """
        projects = Project.objects.filter(
            Q(pk__in=Project.objects.where(user, Capability.ADJUDICATE).values("pk"))
            | Q(pk__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))
        )
        return self.filter(project__in=projects.values("pk"))

    def to_decide_by(self, user: "User") -> "DisputeQuerySet":
        """Open disputes of projects one adjudicates, without the items that one has a part or an interest in."""
        return self.filter(
            closed_at=None, project__in=Project.objects.where(user, Capability.ADJUDICATE).values("pk")
        ).exclude(item__in=Assignment.objects.barring(user).values("item"))


class Dispute(models.Model):
    """One per item, question and round. `rule` is the project's rule that opened it."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="disputes")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="disputes")
    question = models.CharField(max_length=100)
    round = models.PositiveSmallIntegerField(default=0)
    rule = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DisputeQuerySet] = DisputeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["item", "question", "round"], name="one_dispute_per_question"),
        )
        indexes = (models.Index(fields=["project", "id"], condition=Q(closed_at=None), name="dispute_open"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.question}"


class Adjudication(models.Model):
    """A decision with its reasons. One per dispute: a correction is a new round's dispute."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    dispute = models.OneToOneField(Dispute, on_delete=models.PROTECT, related_name="adjudication")
    adjudicator = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="adjudications")
    label_schema = models.ForeignKey(LabelSchema, on_delete=models.PROTECT, related_name="+")
    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="+")
    result = models.JSONField()
    value = models.JSONField(null=True)
    rationale = models.TextField()
    clause = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.uid
