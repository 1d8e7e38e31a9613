"""Outside evidence that a person knows a trade, and who checked it."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.ids import new_uid
from core.models import Membership
from core.roles import Capability
from experts.models.expert import Expert
from experts.models.sector import Sector, localised

if TYPE_CHECKING:
    from core.models import User


class Category(models.TextChoices):
    """What sort of evidence it is."""

    LICENCE = "licence", pgettext_lazy("kind of credential", "Licence")
    DEGREE = "degree", pgettext_lazy("kind of credential", "Degree")
    CERTIFICATE = "certificate", pgettext_lazy("kind of credential", "Certificate")
    MEMBERSHIP = "membership", pgettext_lazy("kind of credential", "Membership")
    EMPLOYMENT = "employment", pgettext_lazy("kind of credential", "Employment")


class State(models.TextChoices):
    """What a credential is to one organisation on one day. Derived: see `CredentialQuerySet.with_state`."""

    SUBMITTED = "submitted", _("submitted")
    VERIFIED = "verified", _("verified")
    REJECTED = "rejected", _("rejected")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("revoked")


class CredentialKind(models.Model):
    """A well-known kind of evidence, as data. `credential_class` is what a release may say of an annotator.

    `number_formats` holds `{"jurisdiction", "pattern", "check"}` objects, as `experts/numbers.py` reads them.
    """

    key = models.SlugField(max_length=60, unique=True)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="credential_kinds")
    names = models.JSONField(default=dict)
    credential_class = models.CharField(max_length=60)
    class_names = models.JSONField(default=dict)
    category = models.CharField(max_length=20, choices=Category.choices, default=Category.CERTIFICATE)
    issuers = models.JSONField(default=list)
    jurisdictions = models.JSONField(default=list)
    expires = models.BooleanField(default=True)
    number_formats = models.JSONField(default=list)

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

    def with_state(self, organisation_id: int, day: date) -> "CredentialQuerySet":
        """Adds `state`, one of State: the organisation's newest answer, and what the day makes of it."""
        newest = CredentialVerification.objects.filter(
            credential=models.OuterRef("pk"), organisation_id=organisation_id
        ).order_by("-pk")
        told = self.annotate(
            said=models.Subquery(newest.values("accepted")[:1]),
            withdrawn=models.Subquery(newest.values("revoked")[:1]),
        )
        return told.annotate(
            state=Case(
                When(withdrawn=True, then=Value(State.REVOKED)),
                When(said=False, then=Value(State.REJECTED)),
                When(valid_until__lt=day, then=Value(State.EXPIRED)),
                When(said=True, then=Value(State.VERIFIED)),
                default=Value(State.SUBMITTED),
                output_field=models.CharField(),
            )
        )

    def with_rivals(self) -> "CredentialQuerySet":
        """Adds `rivals`: whether somebody else claims the same number of the same issuer."""
        same = Credential.objects.filter(claim=models.OuterRef("claim")).exclude(
            expert=models.OuterRef("expert")
        )
        return self.annotate(rivals=models.Exists(same))


class Credential(models.Model):
    """Belongs to the person, whichever organisation they work for. `claim` is issuer and number, normalised."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="credentials")
    kind = models.ForeignKey(CredentialKind, on_delete=models.PROTECT, related_name="credentials")
    issuer = models.CharField(_("issuer"), max_length=200)
    number = models.CharField(_("number"), max_length=100)
    claim = models.CharField(max_length=620, db_index=True, editable=False, default="")
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
    """One organisation's answer to one credential; the newest counts, the older ones stay.

    `revoked` comes with `accepted` False: it was good and was taken away.
    """

    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="verifications")
    organisation = models.ForeignKey("core.Organisation", on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    revoked = models.BooleanField(default=False)
    how = models.CharField(_("how it was checked"), max_length=300)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.credential_id} {self.accepted}"
