"""What a person has an interest in, as they declared it."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.ids import new_uid
from experts.models.expert import Expert

if TYPE_CHECKING:
    from core.models import User


class ConflictKind(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    MATTER = "matter", pgettext_lazy("conflict", "Matter")
    PERSON = "person", _("Person")
    RELATION = "relation", pgettext_lazy("conflict", "Relation")


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def visible_to(self, user: "User") -> "ConflictQuerySet":
        """One's own only: what somebody has an interest in is nobody's business; that it bars them, the rules say."""
        return self.filter(expert__user=user)

    def current(self) -> "ConflictQuerySet":
        return self.filter(ended_at=None)


class Conflict(models.Model):
    """`keys` (rows of ConflictKey) are what items' parties are compared with; `fingerprint` is the keys as one text."""

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="conflicts")
    kind = models.CharField(_("kind"), max_length=20, choices=ConflictKind.choices)
    name = models.CharField(_("name"), max_length=200)
    identifier = models.CharField(_("identifier"), max_length=100, blank=True)
    fingerprint = models.CharField(max_length=400, editable=False)
    declared_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ConflictQuerySet] = ConflictQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["expert", "kind", "fingerprint"],
                condition=Q(ended_at=None),
                name="a_conflict_is_declared_once",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ConflictKey(models.Model):
    """One key of a conflict: `experts.names.party_keys` of its name and identifier. The expert is the conflict's."""

    conflict = models.ForeignKey(Conflict, on_delete=models.CASCADE, related_name="keys")
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=180)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["conflict", "key"], name="a_conflict_has_a_key_once"),)
        indexes = (models.Index(fields=["expert", "key"], name="key_by_expert"),)

    def __str__(self) -> str:
        return self.key
