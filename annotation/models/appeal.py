"""An annotator's appeal against a decision about an item that they annotated."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotation.models.access import demand
from annotation.models.adjudication import Dispute, Turn
from annotation.models.annotation import Annotation
from core.ids import new_uid
from core.refusals import NotAllowed, NotFound
from core.roles import Capability
from experts.models import Expert

if TYPE_CHECKING:
    from core.models import User


class Appeal(models.Model):
    """Once per dispute and annotator. `turn` is the dispute that it opened or, where somebody appealed before, joined.

    Triggers refuse an update or a delete.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="appeals")
    turn = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="reasons")
    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="appeals")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="appeals")
    reason = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["dispute", "expert"], name="one_appeal_each"),)
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.uid


def decisions_about(user: "User") -> "models.QuerySet[Dispute]":
    """First turns, decided, of items that are settled and that this person answered; the answer counts."""
    theirs = Annotation.objects.filter(expert__user=user, retracted_at=None, surplus=False)
    mine = theirs.filter(item=models.OuterRef("item"), round=models.OuterRef("round"))
    return Dispute.objects.filter(
        models.Exists(mine), turn=Turn.FIRST, adjudication__isnull=False, item__settled_at__isnull=False
    )


def to_appeal(user: "User", uid: str) -> Dispute:
    """The decided dispute of that uid, for who annotated its item and labels in its project.

    Raises NotFound for whom it does not exist, NotAllowed for who sees it and has no answer of their own there.
    """
    rows = Dispute.objects.select_related("project__organisation", "item__lane")
    found = rows.filter(uid=uid, pk__in=decisions_about(user).values("pk")).first()
    if found is None:
        if Dispute.objects.visible_to(user).filter(uid=uid).exists():
            raise NotAllowed(
                _("Only who annotated the item may appeal, once it is settled."),
                action=_("An annotator finds it in their own work."),
            )
        raise NotFound
    demand(user, found.project, Capability.LABEL)
    return found


def appeal_until(dispute: Dispute) -> datetime | None:
    """Until when this decision may be appealed; None where the project takes no appeals.

    The time begins when the item is settled: before that its annotators are told nothing. Whom a project never tells
    what became of an answer cannot appeal either.
    """
    days, settled = dispute.project.appeal_days, dispute.item.settled_at
    if not days or settled is None or dispute.project.outcomes_hidden:
        return None
    return settled + timedelta(days=days)
