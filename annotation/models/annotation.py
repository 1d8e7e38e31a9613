"""What an expert answered, and the values that statistics read."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
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


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def visible_to(self, user: "User") -> "AnnotationQuerySet":
        """One's own in projects one still takes part in, and those of projects whose work one may see."""
        return self.filter(
            Q(expert__user=user, project__in=Project.objects.visible_to(user).values("pk"))
            | Q(project__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))
        )

    def counted(self) -> "AnnotationQuerySet":
        """Those that agreement and gold are made from: not retracted, not surplus, of the item's current round."""
        return self.filter(retracted_at=None, surplus=False, round=models.F("item__round"))


class Annotation(models.Model):
    """The stable identity of one expert's answer to one item in one round. What was said stands in its versions."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="annotations")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="annotations")
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="annotation")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="annotations")
    round = models.PositiveSmallIntegerField(default=0)
    aside = models.PositiveIntegerField(default=0)
    surplus = models.BooleanField(default=False)
    tier = models.CharField(max_length=20, default="first")
    current = models.ForeignKey(
        "annotation.AnnotationVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AnnotationQuerySet] = AnnotationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["item", "expert", "round", "aside"], name="an_expert_answers_once_a_round"
            ),
        )
        indexes = (
            models.Index(fields=["project", "-created_at"], name="annotation_by_project"),
            models.Index(fields=["expert", "-id"], name="annotation_by_expert"),
        )

    def __str__(self) -> str:
        return self.uid


class AnnotationVersion(models.Model):
    """One immutable answer; a correction is the next number. Triggers refuse an update or a delete.

    `text_hashes` maps a text field to the SHA-256 of the text that the expert saw; offsets in `result` are code
    points of it.
    `seconds` is time on task without idling. `blind`: nobody's answer had been shown.
    """

    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(default=1)
    label_schema = models.ForeignKey(LabelSchema, on_delete=models.PROTECT, related_name="+")
    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="+")
    result = models.JSONField()
    text_hashes = models.JSONField(default=dict)
    predictions_shown = models.JSONField(default=list)
    blind = models.BooleanField(default=True)
    seconds = models.FloatField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["annotation", "number"], name="one_answer_per_version"),
        )

    def __str__(self) -> str:
        return f"{self.annotation_id} v{self.number}"

    @property
    def shown(self) -> dict[str, Any]:
        """As the editor reads it: like a draft that is never saved again."""
        return {"revision": 0, "result": self.result, "seconds": self.seconds, "dismissed": []}


class Judgement(models.Model):
    """The value of an annotation's current version for one question, as `formats.answers.check` gives it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="judgements")
    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="judgements")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=100)
    value = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["annotation", "question"], name="one_value_per_question"),
        )
        indexes = (models.Index(fields=["project", "question", "item"], name="judgement_by_question"),)

    def __str__(self) -> str:
        return f"{self.annotation_id} {self.question}"
