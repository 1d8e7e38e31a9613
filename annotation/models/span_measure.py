"""How an expert marks spans. Written by a full measurement."""

from typing import ClassVar

from django.db import models

from annotation.models.project import Project
from annotation.models.seen_work import WorkQuerySet
from experts.models import Expert


class SpanMeasure(models.Model):
    """One figure of an expert's spans of a question as of full run `run` (`algorithms.span_reliability`).

    `measure` is `span_person_f1`, `span_person_sensitivity` (of what is there, how much they marked) or
    `span_person_precision` (of what they marked, how much is there); what is there is inferred from the others alone.
    `low` to `high` is its 95 % interval, `texts` how many texts of theirs somebody else answered too. Null where
    `reason` names why there is no value. Only the newest full run's are kept.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=100)
    measure = models.CharField(max_length=40)
    run = models.BigIntegerField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    texts = models.IntegerField(default=0)
    seed = models.BigIntegerField(default=0)

    objects: ClassVar[WorkQuerySet["SpanMeasure"]] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["project", "question", "expert", "measure"], name="one_span_measure_per_expert"
            ),
        )

    def __str__(self) -> str:
        return f"{self.expert_id} {self.question} {self.measure}"
