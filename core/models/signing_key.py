"""The keys that an organisation signs its releases with (Ed25519). One is current, the others retired."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from assay import keys
from assay.encoding import base64_bytes
from core.models.organisation import Organisation


class SigningKeyQuerySet(models.QuerySet["SigningKey"]):
    def current(self) -> "SigningKeyQuerySet":
        """Those that new releases are signed with: one an organisation, or none yet."""
        return self.filter(retired_at=None)


class SigningKey(models.Model):
    """`key_id` is the SHA-256 of the public key, `public` that key in base64. Rows stay: releases name them.

    `private` is encrypted under a key derived from SECRET_KEY (`core/sealing.py`); empty once the key is retired.
    `made_by` is null for one made on first use.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="signing_keys")
    key_id = models.CharField(max_length=64, unique=True)
    public = models.CharField(max_length=44)
    private = models.TextField(blank=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[SigningKeyQuerySet] = SigningKeyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(retired_at=None),
                name="one_current_signing_key_an_organisation",
            ),
        )
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"signing key {self.key_id[:16]}"

    @property
    def raw(self) -> bytes:
        """The public key, 32 bytes."""
        return base64_bytes(self.public) or b""

    @property
    def pem(self) -> str:
        """The public key as PEM, as `assay verify --key` reads it."""
        return keys.pem(self.raw)
