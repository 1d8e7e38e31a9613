"""Where the guideline is unclear: said by an adjudicator, answered by the lead."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from annotation.models.adjudication import Adjudication, Dispute
from annotation.models.guideline import Guideline
from annotation.models.project import Project
from core.ids import new_uid
from core.roles import Capability
from experts.models import Expert

if TYPE_CHECKING:
    from core.models import User

LONGEST_NOTE = 4000
"""Characters of what is said to be unclear, and of the answer."""


class GuidelineDoubtQuerySet(models.QuerySet["GuidelineDoubt"]):
    def visible_to(self, user: "User") -> "GuidelineDoubtQuerySet":
        return self.filter(project__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))

    def holding(self) -> "GuidelineDoubtQuerySet":
        """Those for which a dispute waits."""
        return self.filter(adjudication=None, resumed_at=None)


class GuidelineDoubt(models.Model):
    """`clause` is a number of `guideline`'s, or empty where none covers the case. `note` says what is unclear.

    With `adjudication` the dispute was decided all the same; without, it waits until the lead takes it up again
    (`resumed_at`), with an `answer` or a new version of the guideline.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="doubts")
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="doubts")
    adjudication = models.ForeignKey(Adjudication, null=True, on_delete=models.PROTECT, related_name="doubts")
    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=60, blank=True)
    note = models.TextField()
    raised_by = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    resumed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[GuidelineDoubtQuerySet] = GuidelineDoubtQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(adjudication=None, resumed_at=None), name="held_once"
            ),
        )
        indexes = (models.Index(fields=["project", "-id"], name="doubt_by_project"),)

    def __str__(self) -> str:
        return self.uid

    @property
    def decided(self) -> bool:
        """Whether the dispute was decided all the same."""
        return self.adjudication_id is not None

    @property
    def holds(self) -> bool:
        """Whether the dispute waits for the lead's answer."""
        return self.adjudication_id is None and self.resumed_at is None
