"""A measured agreement, with everything needed to measure it again."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from annotation.models.project import Project
from core.roles import Capability

if TYPE_CHECKING:
    from core.models import User


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: "User") -> "AgreementQuerySet":
        return self.filter(project__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))


class Agreement(models.Model):
    """One statistic of one question at one time; the newest row of (project, question, measure) counts.

    `value`, `low`, `high` are null where `reason` names why there is none. `label` is empty for the
    question as a whole.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="agreements")
    question = models.CharField(max_length=100)
    measure = models.CharField(max_length=40)
    label = models.CharField(max_length=200, blank=True)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    items = models.IntegerField(default=0)
    judgements = models.IntegerField(default=0)
    details = models.JSONField(default=dict)
    seed = models.BigIntegerField(default=0)
    inputs_hash = models.CharField(max_length=64)
    code_version = models.CharField(max_length=20)
    run = models.BigIntegerField(db_index=True)
    computed_at = models.DateTimeField()

    objects: ClassVar[AgreementQuerySet] = AgreementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = (models.Index(fields=["project", "-run"], name="agreement_newest"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.question} {self.measure}"
