"""An organisation's decision that an expert may judge a sector's items."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ids import new_uid
from experts.models.credential import Credential
from experts.models.expert import Expert
from experts.models.sector import Sector


class QualificationQuerySet(models.QuerySet["Qualification"]):
    def in_force(self, day: date) -> "QualificationQuerySet":
        """Neither revoked nor expired, and resting on a credential that is valid that day."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day), revoked_at=None, credential__valid_from__lte=day
        ).filter(Q(credential__valid_until=None) | Q(credential__valid_until__gte=day))


class Qualification(models.Model):
    """Rests on a credential, so that it ends the day its credential does: an expiry is a fact that reads see."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="qualifications")
    organisation = models.ForeignKey("core.Organisation", on_delete=models.PROTECT, related_name="+")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="qualifications")
    reason = models.CharField(_("reason"), max_length=300)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[QualificationQuerySet] = QualificationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["expert", "organisation", "sector"],
                condition=Q(revoked_at=None),
                name="one_current_qualification_per_sector",
            ),
        )

    def __str__(self) -> str:
        return f"{self.expert_id} {self.sector_id}"
