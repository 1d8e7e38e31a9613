"""How often adjudicators agree with each other where a sample of decisions was decided a second time, blind."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from annotation.models.project import Project
from core.roles import Capability
from experts.models import Expert

if TYPE_CHECKING:
    from core.models import User

FEW = 10
"""Below this many pairs a figure says little and is shown grey."""


class SecondLookFigureQuerySet(models.QuerySet["SecondLookFigure"]):
    def visible_to(self, user: "User") -> "SecondLookFigureQuerySet":
        return self.filter(project__in=Project.objects.where(user, Capability.LEAD_PROJECT).values("pk"))

    def newest(self) -> "SecondLookFigureQuerySet":
        """Those of each project's last run."""
        last = SecondLookFigure.objects.filter(project=models.OuterRef("project")).order_by("-run")
        return self.filter(run=models.Subquery(last.values("run")[:1]))


class SecondLookFigure(models.Model):
    """`same` of `pairs` second looks came to what `adjudicator` had decided first (null: what anybody had).

    `low` and `high` bound that share; `kappa` corrects it for chance, over questions with one value, or `reason` says
    why there is none.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="second_look_figures")
    run = models.BigIntegerField()
    adjudicator = models.ForeignKey(Expert, null=True, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=100, blank=True)
    pairs = models.PositiveIntegerField()
    same = models.PositiveIntegerField()
    low = models.FloatField()
    high = models.FloatField()
    kappa = models.FloatField(null=True)
    kappa_low = models.FloatField(null=True)
    kappa_high = models.FloatField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    seed = models.BigIntegerField()
    inputs_hash = models.CharField(max_length=64)
    code_version = models.CharField(max_length=40)
    computed_at = models.DateTimeField()

    objects: ClassVar[SecondLookFigureQuerySet] = SecondLookFigureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["project", "run", "adjudicator", "question"],
                name="one_second_look_figure",
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id} {self.run}"

    @property
    def is_few(self) -> bool:
        """Whether it rests on too little to be read as a figure of a person."""
        return self.pairs < FEW

    @property
    def share(self) -> float | None:
        return self.same / self.pairs if self.pairs else None
