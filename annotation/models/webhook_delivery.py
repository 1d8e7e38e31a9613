"""What a webhook is owed, or has been told."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotation.models.webhook import Webhook
from core.ids import new_uid


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")


class WebhookDelivery(models.Model):
    """`body` as it is sent, at every try the same bytes in UTF-8; `uid` goes with it, for receivers to tell repeats.

    `status` is the last answer's, `error` why the last try failed.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    action = models.CharField(max_length=40)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_index=True)
    tried_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["WebhookDelivery"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.action} {self.state}"
