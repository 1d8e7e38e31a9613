"""A decision that is being written."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotation.models.adjudication import Dispute
from experts.models import Expert

if TYPE_CHECKING:
    from core.models import User


class Way(models.TextChoices):
    """What the writer is about to say: an answer, that the item is bad, or that the lead has to be asked first."""

    ANSWER = "answer", _("An answer")
    BAD_ITEM = "bad_item", _("The item is bad")
    HOLD = "hold", _("The guideline is unclear")


class DisputeDraft(models.Model):
    """One adjudicator's unfinished decision of one dispute; nobody else sees it.

    `revision` rises by one with each save; a save from an older one is refused. It goes when the dispute is closed.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="drafts")
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="dispute_drafts")
    revision = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=list)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.ANSWER)
    rationale = models.TextField(blank=True)
    clause = models.CharField(max_length=60, blank=True)
    unclear = models.TextField(blank=True)
    cites = models.JSONField(default=list)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["dispute", "expert"], name="one_draft_each"),)

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.expert_id} r{self.revision}"

    @property
    def said(self) -> dict[str, Any]:
        """What was written, as the API has it."""
        return {
            "result": self.result,
            "way": self.way,
            "rationale": self.rationale,
            "clause": self.clause,
            "unclear": self.unclear,
            "cites": self.cites,
        }

    @property
    def shown(self) -> dict[str, Any]:
        """The same with its revision and when it was saved."""
        return {"revision": self.revision, "saved_at": self.saved_at.isoformat(), **self.said}


def draft_of(dispute: Dispute, user: "User") -> DisputeDraft | None:
    """This person's own draft, while the dispute is open. One statement."""
    if dispute.closed_at is not None:
        return None
    return DisputeDraft.objects.filter(dispute=dispute, expert__user=user).first()
