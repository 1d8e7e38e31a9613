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
    """`languages` holds `{"code", "level"}` objects; `specialities` and `jurisdictions` are lists of words.

    `paused_until` is the last day of a pause. Who wants no letters still finds warnings on their home page.
    `outcomes_seen_at`: when they last looked at what became of their answers.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="expert")
    sectors = models.ManyToManyField(Sector, blank=True, verbose_name=_("sectors"))
    specialities = models.JSONField(_("specialities"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    jurisdictions = models.JSONField(_("jurisdictions"), default=list, blank=True)
    hours_per_week = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    residence = models.CharField(_("country of residence"), max_length=2, blank=True)
    wants_letters = models.BooleanField(_("letters"), default=True)
    outcomes_seen_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ExpertQuerySet] = ExpertQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return str(self.user)


class ProfileWord(models.Model):
    """The words of a profile as rows, so that people can be found by them. Written with the profile, never alone.

    A speciality is stored casefolded; languages and jurisdictions as their codes.
    """

    class Kind(models.TextChoices):
        SPECIALITY = "speciality", _("speciality")
        LANGUAGE = "language", _("language")
        JURISDICTION = "jurisdiction", _("jurisdiction")

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="words")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    word = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "word", "expert"], name="a_profile_says_a_word_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.word}"
