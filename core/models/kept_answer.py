"""What a call with an idempotency key was answered, so that the same call again is answered the same."""

from django.conf import settings
from django.db import models


class KeptAnswer(models.Model):
    """A call that is under way (`status` null) or was answered.

    `call` is the SHA-256 of key, method and path, `sent` of what came with it. `claim` names the attempt that may
    answer. `body` is compressed; null where the answer was too long to be kept.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    call = models.CharField(max_length=64)
    sent = models.CharField(max_length=64)
    claim = models.CharField(max_length=20)
    claimed_at = models.DateTimeField(db_index=True)
    status = models.SmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "call"], name="one_answer_a_call"),)

    def __str__(self) -> str:
        return f"answer to {self.call[:12]} of {self.user_id}"
