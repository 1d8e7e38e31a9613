"""What annotators did not agree on, and the named expert's decision."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

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


class Turn(models.TextChoices):
    """Why a dispute is decided: for the first time, after an appeal, or blind, to measure who decided first."""

    FIRST = "first", _("First decision")
    APPEAL = "appeal", _("Appeal")
    SECOND_LOOK = "second_look", _("Second look")


class Outcome(models.TextChoices):
    """What a decision says."""

    ANSWER = "answer", _("An answer")
    BAD_ITEM = "bad_item", _("The item is bad")


class Review(models.TextChoices):
    """What a lead says of a second look that differs from the first decision."""

    KEPT = "kept", _("The first decision stays")
    ADOPTED = "adopted", _("The second look holds")


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def visible_to(self, user: "User") -> "DisputeQuerySet":
        """Disputes of projects where one may adjudicate or see the work.

        Also those about an item that one annotates: while open they exist for that person, but reading or deciding
        one is refused (`stages.adjudicate.check_may_see`). Not, for who only adjudicates, a decision of somebody else
        while the same question is decided anew: that is done blind.
        """
        seen = Project.objects.where(user, Capability.SEE_WORK).values("pk")
        decides = Project.objects.where(user, Capability.ADJUDICATE).values("pk")
        anew = Dispute.objects.filter(
            item=OuterRef("item"), question=OuterRef("question"), round=OuterRef("round"), closed_at=None
        )
        closed, own = Q(closed_at__isnull=False), Q(Exists(_decided_by(user, OuterRef("pk"))))
        hidden = closed & Q(Exists(anew)) & ~own
        # Nobody learns from a second look that they are being measured.
        secret = Q(turn=Turn.SECOND_LOOK) & ((closed & ~own) | (~closed & Q(Exists(decided_before(user)))))
        return self.filter(Q(project__in=seen) | Q(project__in=decides) & ~hidden & ~secret)

    def to_decide_by(self, user: "User") -> "DisputeQuerySet":
        """Open disputes of projects one adjudicates, without the items that one has a part or an interest in.

        Nobody decides the same question of an item twice, and who sees the work takes no second look: it is blind.
        """
        seen = Project.objects.where(user, Capability.SEE_WORK).values("pk")
        return (
            self.filter(
                closed_at=None,
                held_at=None,
                project__in=Project.objects.where(user, Capability.ADJUDICATE).values("pk"),
            )
            .exclude(item__in=Assignment.objects.barring(user).values("item"))
            .filter(Q(turn=Turn.FIRST) | ~Q(Exists(decided_before(user))))
            .exclude(turn=Turn.SECOND_LOOK, project__in=seen)
        )


def decided_before(user: "User") -> "models.QuerySet[Adjudication]":
    """For a subquery over disputes: this person's decisions about the same question of the same item."""
    return Adjudication.objects.filter(
        adjudicator__user=user, dispute__item=OuterRef("item"), dispute__question=OuterRef("question")
    )


def _decided_by(user: "User", dispute: OuterRef) -> "models.QuerySet[Adjudication]":
    return Adjudication.objects.filter(dispute=dispute, adjudicator__user=user)


class Dispute(models.Model):
    """One per item, question, round and turn. `rule` is the project's rule that opened it.

    A later turn stands beside the first one (`of`): the first decision stays as it is. `uncertainty` is what is not
    known of its answer, in bits; `gain` the same times the weight of its question: the order in which it is decided;
    `tally` the counts behind it, for people. While `held_at` is set it waits for the lead (`models.doubt`).
    `closed_with`: it was closed by the decision, about another question, that the item is bad. `review` is what a lead
    said of a second look that differs.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="disputes")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="disputes")
    question = models.CharField(max_length=100)
    round = models.PositiveSmallIntegerField(default=0)
    turn = models.CharField(max_length=20, choices=Turn.choices, default=Turn.FIRST)
    of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="turns")
    rule = models.CharField(max_length=20)
    uncertainty = models.FloatField(default=0)
    gain = models.FloatField(default=0)
    tally = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_with = models.ForeignKey(
        "annotation.Adjudication", null=True, on_delete=models.PROTECT, related_name="also_closed"
    )
    review = models.CharField(max_length=10, choices=Review.choices, blank=True)
    reviewed_by = models.ForeignKey("core.User", null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DisputeQuerySet] = DisputeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["item", "question", "round", "turn"], name="one_dispute_per_question"
            ),
        )
        indexes = (
            models.Index(fields=["project", "id"], condition=Q(closed_at=None), name="dispute_open"),
            models.Index(
                F("project"),
                F("gain").desc(),
                F("id"),
                condition=Q(closed_at=None, held_at=None),
                name="dispute_by_gain",
            ),
            models.Index(
                fields=["project", "id"],
                condition=Q(turn=Turn.SECOND_LOOK, closed_at__isnull=False),
                name="dispute_looked_at_again",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.question}"


class Adjudication(models.Model):
    """A decision with its reasons. One per dispute: a correction is another turn of it.

    `clause` is the number of a clause of `guideline`, or empty; rows made before numbers were checked hold what was
    typed. `outcome` is null in rows made before there were several: an answer. The item is bad: no `result`.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    dispute = models.OneToOneField(Dispute, on_delete=models.PROTECT, related_name="adjudication")
    adjudicator = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="adjudications")
    label_schema = models.ForeignKey(LabelSchema, on_delete=models.PROTECT, related_name="+")
    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="+")
    # Null without a default: SQLite adds such a column without making the table anew, and the triggers stay.
    outcome = models.CharField(max_length=20, null=True, choices=Outcome.choices)  # noqa: DJ001
    result = models.JSONField()
    value = models.JSONField(null=True)
    rationale = models.TextField()
    clause = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.uid

    @property
    def is_bad(self) -> bool:
        """Whether it says that the item is bad."""
        return self.outcome == Outcome.BAD_ITEM
