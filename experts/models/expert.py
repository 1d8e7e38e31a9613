"""A person's professional self."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ids import new_uid
from core.models import Membership
from core.roles import Capability
from experts.models.sector import Sector

if TYPE_CHECKING:
    from core.models import User


class ExpertQuerySet(models.QuerySet["Expert"]):
    def visible_to(self, user: "User") -> "ExpertQuerySet":
        """Oneself, and the members of organisations whose work one may see."""
        seen = Membership.objects.granting(user, Capability.SEE_WORK)
        members = Membership.objects.current().filter(
            models.Q(organisation__in=seen.filter(project_id=None).values("organisation"))
            | models.Q(project_id__in=seen.exclude(project_id=None).values("project_id"))
        )
        return self.filter(models.Q(user=user) | models.Q(user__in=members.values("user")))


class Expert(models.Model):
    """`languages` holds `{"code", "level"}` objects; `specialities` and `jurisdictions` are lists of words."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="expert")
    sectors = models.ManyToManyField(Sector, blank=True, verbose_name=_("sectors"))
    specialities = models.JSONField(_("specialities"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    jurisdictions = models.JSONField(_("jurisdictions"), default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ExpertQuerySet] = ExpertQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return str(self.user)
