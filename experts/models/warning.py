"""That a person was told that a credential is about to end."""

from django.db import models

from experts.models.credential import Credential


class ExpiryWarning(models.Model):
    """One warning, `days` (30 or 7) before the end: its row forbids a second."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="warnings")
    days = models.PositiveSmallIntegerField()
    valid_until = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["credential", "days", "valid_until"], name="a_credential_is_warned_of_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.credential_id} {self.days}"
