"""An organisation's decision that an expert may judge a sector's items, or a kind of item of one project."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.ids import new_uid
from experts.models.credential import Credential
from experts.models.expert import Expert
from experts.models.sector import Sector


class How(models.TextChoices):
    """What the decision rests on."""

    CREDENTIAL = "credential", pgettext_lazy("qualified by", "Credential")
    EXAM = "exam", pgettext_lazy("qualified by", "Exam")
    GRANT = "grant", pgettext_lazy("qualified by", "A lead's grant")


class QualificationQuerySet(models.QuerySet["Qualification"]):
    def in_force(self, day: date) -> "QualificationQuerySet":
        """Neither revoked nor expired; one that rests on a credential only while that is valid."""
        return self.filter(
            Q(credential=None)
            | Q(Q(credential__valid_until=None) | Q(credential__valid_until__gte=day))
            & Q(credential__valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gte=day),
            revoked_at=None,
        )

    def for_sectors(self) -> "QualificationQuerySet":
        """Those that hold for every project of a sector."""
        return self.filter(project_id=None)


class Qualification(models.Model):
    """Rests on a credential, so that it ends the day its credential does; or on an exam, or on a lead's word.

    With `project_id` (a plain number: this app knows no projects) it holds there only, for items of the `kind`
    (empty: of any); such a one lets nobody in by itself, a project's rules ask for it. `exam_id` (likewise) is the exam
    that was passed: a rule that names an exam asks for that one.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="qualifications")
    organisation = models.ForeignKey("core.Organisation", on_delete=models.PROTECT, related_name="+")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    project_id = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(_("kind of item"), max_length=60, blank=True)
    exam_id = models.BigIntegerField(null=True, blank=True)
    how = models.CharField(max_length=20, choices=How.choices, default=How.CREDENTIAL)
    credential = models.ForeignKey(
        Credential, null=True, blank=True, on_delete=models.PROTECT, related_name="qualifications"
    )
    reason = models.CharField(_("reason"), max_length=300)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[QualificationQuerySet] = QualificationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["expert", "organisation", "sector"],
                condition=Q(revoked_at=None, project_id=None),
                name="one_current_qualification_per_sector",
            ),
            models.CheckConstraint(
                condition=Q(credential__isnull=False) | ~Q(how="credential"),
                name="a_credential_where_one_is_named",
            ),
        )
        indexes = (
            models.Index(
                fields=["expert", "project_id", "kind"],
                condition=Q(revoked_at=None),
                name="qualification_by_expert",
            ),
        )

    def __str__(self) -> str:
        return f"{self.expert_id} {self.sector_id}"
