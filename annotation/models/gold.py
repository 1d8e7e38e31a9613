"""The settled answer of an item to one question."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.adjudication import Adjudication
from annotation.models.item import Item
from annotation.models.project import Project
from core.ids import new_uid
from core.roles import Capability

if TYPE_CHECKING:
    from core.models import User


class HowSettled(models.TextChoices):
    SINGLE = "single", _("One annotation")
    UNANIMOUS = "unanimous", _("Unanimous")
    MAJORITY = "majority", _("Majority")
    STOPPED = "stopped", _("Certain enough")
    WEIGHED = "weighed", _("Weighed by reliability")
    ADJUDICATED = "adjudicated", _("Adjudicated")
    COLLECTED = "collected", _("Collected")
    IMPORTED = "imported", _("Imported")


class GoldQuerySet(models.QuerySet["GoldLabel"]):
    def visible_to(self, user: "User") -> "GoldQuerySet":
        return self.filter(project__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))

    def current(self) -> "GoldQuerySet":
        return self.filter(superseded_at=None)


class GoldLabel(models.Model):
    """`result` holds the regions behind `value` (null: rightly unanswered). `dissent` lists `{annotation, value}` of
    those who said otherwise. `chance` is the posterior at which the stopping rule settled it; `soft` lists `[value,
    probability]`, the likeliest first, and `reliabilities` maps the annotations that were weighed to how often their
    experts are held to be right (null: nothing to count; empty: plain votes). A correction supersedes; releases keep
    pointing at the row they froze.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="gold")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="gold")
    question = models.CharField(max_length=100)
    value = models.JSONField(null=True)
    result = models.JSONField(default=list)
    how = models.CharField(max_length=20, choices=HowSettled.choices)
    adjudication = models.ForeignKey(Adjudication, null=True, on_delete=models.PROTECT, related_name="gold")
    dissent = models.JSONField(default=list)
    chance = models.FloatField(null=True, blank=True)
    soft = models.JSONField(null=True, blank=True)
    reliabilities = models.JSONField(null=True, blank=True)
    settled_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[GoldQuerySet] = GoldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["item", "question"], condition=Q(superseded_at=None), name="one_truth_per_question"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.question}"
