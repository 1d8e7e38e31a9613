"""Outside evidence that a person knows a trade, and who checked it."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ids import new_uid
from core.models import Membership
from core.roles import Capability
from experts.models.expert import Expert
from experts.models.sector import Sector, localised

if TYPE_CHECKING:
    from core.models import User


class CredentialKind(models.Model):
    """A well-known kind of evidence, as data. `credential_class` is what a release may say of an annotator."""

    key = models.SlugField(max_length=60, unique=True)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="credential_kinds")
    names = models.JSONField(default=dict)
    credential_class = models.CharField(max_length=60)

    def __str__(self) -> str:
        return localised(self.names) or self.key


class CredentialQuerySet(models.QuerySet["Credential"]):
    def visible_to(self, user: "User") -> "CredentialQuerySet":
        """One's own, and those of people in organisations or projects that one leads or audits."""
        seen = Membership.objects.granting(user, Capability.SEE_WORK)
        members = Membership.objects.current().filter(
            Q(organisation__in=seen.filter(project_id=None).values("organisation"))
            | Q(project_id__in=seen.exclude(project_id=None).values("project_id"))
        )
        return self.filter(Q(expert__user=user) | Q(expert__user__in=members.values("user")))

    def valid_on(self, day: date) -> "CredentialQuerySet":
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def verified_by(self, organisation_id: int) -> "CredentialQuerySet":
        """Those whose newest verification by the organisation says yes."""
        newest = CredentialVerification.objects.filter(
            credential=models.OuterRef("pk"), organisation_id=organisation_id
        ).order_by("-pk")
        return self.filter(
            pk__in=self.annotate(said=models.Subquery(newest.values("accepted")[:1]))
            .filter(said=True)
            .values("pk")
        )


class Credential(models.Model):
    """Belongs to the person, whichever organisation they work for."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="credentials")
    kind = models.ForeignKey(CredentialKind, on_delete=models.PROTECT, related_name="credentials")
    issuer = models.CharField(_("issuer"), max_length=200)
    number = models.CharField(_("number"), max_length=100)
    scope = models.CharField(_("speciality"), max_length=200, blank=True)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=20, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    evidence = models.FileField(_("evidence"), upload_to="evidence/", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[CredentialQuerySet] = CredentialQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="credential_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} ({self.issuer})"


class CredentialVerification(models.Model):
    """One organisation's answer to one credential; the newest counts, the older ones stay."""

    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="verifications")
    organisation = models.ForeignKey("core.Organisation", on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    how = models.CharField(_("how it was checked"), max_length=300)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.credential_id} {self.accepted}"
