"""What later disputes find of a decision: the keys of what it was about, and who cites it."""

from django.db import models

from annotation.models.adjudication import Adjudication


class PrecedentKey(models.Model):
    """One key of a decision (`algorithms.similar`). `kind`: of the contested labels, or of a band of the text."""

    LABELS, BAND = 0, 1

    key = models.BigIntegerField()
    kind = models.PositiveSmallIntegerField()
    adjudication = models.ForeignKey(
        Adjudication, on_delete=models.CASCADE, related_name="keys", db_index=False
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["adjudication", "kind", "key"], name="a_key_once_a_decision"),
        )
        indexes = (models.Index(fields=["key", "-adjudication"], name="precedent_by_key"),)

    def __str__(self) -> str:
        return f"{self.adjudication_id} {self.key}"


class Precedent(models.Model):
    """What a decision is compared by: the contested labels and the text's signature. `overruled`: found no more."""

    adjudication = models.OneToOneField(Adjudication, on_delete=models.CASCADE, related_name="precedent")
    labels = models.JSONField(default=list)
    signature = models.JSONField(default=list)
    overruled = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.adjudication_id)


class Citation(models.Model):
    """A decision that names an earlier one. Triggers refuse an update or a delete."""

    adjudication = models.ForeignKey(Adjudication, on_delete=models.PROTECT, related_name="citations")
    cited = models.ForeignKey(Adjudication, on_delete=models.PROTECT, related_name="cited_by")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["adjudication", "cited"], name="cited_once"),
            models.CheckConstraint(
                condition=~models.Q(adjudication=models.F("cited")), name="no_decision_cites_itself"
            ),
        )

    def __str__(self) -> str:
        return f"{self.adjudication_id} -> {self.cited_id}"
