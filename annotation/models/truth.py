"""What the truth model says of items and of experts. Written by the job `truth`."""

from typing import ClassVar

from django.db import models

from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.seen_work import WorkQuerySet
from experts.models import Expert


class ItemTruth(models.Model):
    """The inferred answer to a question on an item, from all answers that count, as of run `run`.

    Of choices, several choices and ratings. `value` is the likeliest answer (a judgement value), `probability` how
    likely, `entropy` (bits) what is open, `gain` the drop of the expected error (1 - probability) that one more answer
    of an average expert would bring: what is worth asking about next. `answers` is how many it rests on. A settled item
    has one too: `open` says whether it is not settled.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="truths", db_index=False)
    question = models.CharField(max_length=100)
    value = models.JSONField(null=True)
    probability = models.FloatField()
    entropy = models.FloatField()
    gain = models.FloatField(default=0)
    answers = models.PositiveSmallIntegerField()
    open = models.BooleanField()
    run = models.BigIntegerField()

    objects: ClassVar[WorkQuerySet["ItemTruth"]] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["item", "question"], name="one_inferred_truth"),)
        indexes = (
            models.Index(fields=["project", "question", "-entropy", "item"], name="truth_by_entropy"),
            models.Index(fields=["project", "question", "-gain", "item"], name="truth_by_gain"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.question}: {self.probability:.2f}"


class ExpertMeasure(models.Model):
    """How an expert answers a question, as of run `run`. Whole-project figures (speed) stand in the row with question
    ''.

    `value` is the probability that an answer of theirs is the truth, by the model, `low` to `high` its interval;
    `answers` is how many it rests on. Against settled answers of several people `settled_right` of `settled` were right
    (an item they alone answered says nothing), against control items `controls_right` of `controls`. `drift` is the
    share of right answers, as far as the model knows, in the newer half of theirs minus that in the older half,
    `drift_low` to `drift_high` its interval; null below 20 answers. `confusion` is `{"labels": [...], "rows":
    [[...]]}`: the probability of saying the column when the truth is the row. `seconds` is the median time of an
    answer, `seconds_low` and `seconds_high` the quartiles. What is null was not to be had: `reason` names why there is
    no value.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=100, blank=True)
    run = models.BigIntegerField()
    method = models.CharField(max_length=40, blank=True)
    answers = models.IntegerField(default=0)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    settled = models.IntegerField(default=0)
    settled_right = models.IntegerField(default=0)
    controls = models.IntegerField(default=0)
    controls_right = models.IntegerField(default=0)
    drift = models.FloatField(null=True)
    drift_low = models.FloatField(null=True)
    drift_high = models.FloatField(null=True)
    confusion = models.JSONField(default=dict)
    seconds = models.FloatField(null=True)
    seconds_low = models.FloatField(null=True)
    seconds_high = models.FloatField(null=True)

    objects: ClassVar[WorkQuerySet["ExpertMeasure"]] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["project", "expert", "question"], name="one_measure_per_expert"),
        )

    def __str__(self) -> str:
        return f"{self.expert_id} {self.question}"
