"""How often adjudicators agree with each other where a sample of decisions was decided a second time, blind."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from annotation.algorithms.verdict import canonical_value
from annotation.models.adjudication import Adjudication, Dispute, Outcome, Turn
from annotation.models.project import Project
from core.roles import Capability
from experts.models import Expert

if TYPE_CHECKING:
    from core.models import User

MOST_READ = 1000
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


@dataclass(frozen=True)
class Pair:
    """A decision and the second look at it. The keys are equal where both say the same."""

    look: Dispute
    first: Adjudication
    second: Adjudication
    kind: str

    @property
    def first_said(self) -> str:
        return self.first.outcome or Outcome.ANSWER

    @property
    def second_said(self) -> str:
        return self.second.outcome or Outcome.ANSWER

    @property
    def first_key(self) -> bytes:
        return said(self.kind, self.first)

    @property
    def second_key(self) -> bytes:
        return said(self.kind, self.second)

    @property
    def same(self) -> bool:
        return self.first_key == self.second_key


def said(kind: str, decision: Adjudication) -> bytes:
    """What a decision comes to, in a form that is equal for equal decisions."""
    return b"bad item" if decision.is_bad else canonical_value(kind, decision.value or None)


def pairs_of(project: Project) -> list[Pair]:
    """Every pair of the project, in the order of the second looks; it grows with them, so it is for a job."""
    return _pairs(_looked(project))


def pairs_about(project: Project, disputes: Collection[int], *, before: datetime) -> list[Pair]:
    """The pairs about these disputes of which the second look was closed by then."""
    return _pairs(_looked(project).filter(of__in=disputes, closed_at__lte=before))


def differing(project: Project, *, look: int | None = None, after: int = 0, most: int = 50) -> list[Pair]:
    """The newest pairs that differ, before the look of that id (0: all); with `look` this one, if it does.

    Of the last MOST_READ second looks: what is older is found by its page.
    """
    rows = _looked(project).order_by("-pk")
    if look is not None:
        rows = rows.filter(pk=look)
    if after:
        rows = rows.filter(pk__lt=after)
    return [pair for pair in _pairs(rows[:MOST_READ]) if not pair.same][:most]


def _looked(project: Project) -> "models.QuerySet[Dispute]":
    looks = Dispute.objects.filter(project=project, turn=Turn.SECOND_LOOK, closed_at__isnull=False)
    joined = (
        "adjudication__adjudicator__user",
        "of__adjudication__adjudicator__user",
        "adjudication__label_schema",
    )
    return looks.select_related("item", "reviewed_by", *joined).order_by("pk")


def _pairs(looks: "models.QuerySet[Dispute]") -> list[Pair]:
    found = []
    for look in looks:
        first = look.of.adjudication  # type: ignore[union-attr]  # a second look has a first one
        question = look.adjudication.label_schema.schema.by_key.get(look.question)
        found.append(Pair(look, first, look.adjudication, question.kind if question else ""))
    return found
