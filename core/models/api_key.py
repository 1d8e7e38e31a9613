"""The keys by which programs call in a person's name. Nothing here is secret (see `core/key_forms.py`)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core.ids import new_uid
from core.models.membership import Membership


def _barred(permission: str) -> Exists:
    """Whether an organisation in which the key's person holds a role forbids keys of this kind."""
    held = Membership.objects.current().filter(user=OuterRef("user"))
    return Exists(held.filter(**{f"organisation__{permission}": False}))


class LegacyKeyQuerySet(models.QuerySet["LegacyKey"]):
    def of_active_people(self) -> "LegacyKeyQuerySet":
        """With the person, and `barred` where an organisation of theirs forbids legacy keys."""
        active = self.filter(user__is_active=True).select_related("user")
        return active.annotate(barred=_barred("legacy_keys_allowed"))


class LegacyKey(models.Model):
    """The one key of a person that never ends; a reset raises `counter`, and so makes another one.

    `digest` is the SHA-256 of the key: it finds the person. The key itself is derived again when it is shown.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="legacy_key"
    )
    counter = models.IntegerField(default=0)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)

    objects: ClassVar[LegacyKeyQuerySet] = LegacyKeyQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"legacy key {self.counter} of {self.user_id}"


class PersonalTokenQuerySet(models.QuerySet["PersonalToken"]):
    def in_force(self) -> "PersonalTokenQuerySet":
        """Neither revoked nor at its end."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def of_active_people(self) -> "PersonalTokenQuerySet":
        """In force, with the person, and `barred` where an organisation of theirs forbids tokens."""
        active = self.in_force().filter(user__is_active=True).select_related("user")
        return active.annotate(barred=_barred("tokens_allowed"))


class PersonalToken(models.Model):
    """A personal access token, named by its `jti`. Whoever has it gets access tokens that live for minutes."""

    jti = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personal_tokens"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    objects: ClassVar[PersonalTokenQuerySet] = PersonalTokenQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None), name="one_personal_token_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"token {self.jti} of {self.user_id}"
