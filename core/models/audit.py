"""The audit trail: append-only, so shaped that a later job can seal it in batches."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class AuditEvent(models.Model):
    """Who did what, on what, when, and what changed.

    Plain ids instead of foreign keys: nothing that happens to the object may touch the trail. `changes` holds
    references and salted hashes, never personal text. `sealed_batch` is the only column that may ever change, once:
    writers insert unsealed rows without waiting for one another. Database triggers refuse everything else.
    """

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_uid = models.CharField(max_length=40)
    organisation_id = models.BigIntegerField(null=True)
    project_id = models.BigIntegerField(null=True)
    changes = models.JSONField(default=dict)
    sealed_batch = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["project_id", "-id"], name="audit_by_project"),
            models.Index(fields=["organisation_id", "-id"], name="audit_by_organisation"),
            models.Index(fields=["id"], condition=Q(sealed_batch=None), name="audit_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.action} {self.object_kind} {self.object_uid}"


class AuditAddress(models.Model):
    """From which address: beside the trail, so that it can be erased without touching it."""

    event = models.OneToOneField(
        AuditEvent, on_delete=models.DO_NOTHING, primary_key=True, related_name="address"
    )
    address = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.address
