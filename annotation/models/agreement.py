"""A measured agreement, with everything needed to measure it again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotation.models.project import Project
from annotation.models.schema import LabelSchema
from annotation.models.seen_work import WorkQuerySet


class AgreementQuerySet(WorkQuerySet["Agreement"]):
    def current(self) -> "AgreementQuerySet":
        """Of each scope the newest figures."""
        return self.filter(current=True)


class Agreement(models.Model):
    """One statistic of one question in one run; those with `current` set count.

    `scope` is '' for the whole, `guideline:<version>` for the items whose answers were all given under it,
    `week:<date>` for those whose last answer came in the week that begins on that Monday; `spans` and `full` are the
    whole too, for what only a full run computes of questions about spans and of the others. A run computes the whole,
    and of the other scopes those that changed: so of each scope the newest run that has it counts, which `current`
    says.

    What is measured: of each item the first answers, as many as the project asked for without regard to what was
    answered (`overlap - widened`), given blind, without a prediction shown, by the first tier. Answers asked for
    because the first ones differed, specialists', adjudicators', surplus and retracted answers, control items and exams
    are left out: they would make the figure too high or too low. A correction replaces what it corrects. An item
    that is found bad later stays in: to leave out what was disputed would make the figure too high.

    `value`, `low`, `high` are null where `reason` names why there is none. `label` is empty for the question as a
    whole. `details` is the whole `Statistic` as JSON; of alpha also `confusion` (`{"labels": [...], "rows": [[...]]}`,
    how often the row's label met the column's on an item, counted over ordered pairs of answers). `inputs_hash` is the
    sum in `MeasureRun.seen_hash`, the hash of the annotations that the run saw.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="agreements")
    question = models.CharField(max_length=100)
    measure = models.CharField(max_length=40)
    label = models.CharField(max_length=200, blank=True)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    items = models.IntegerField(default=0)
    judgements = models.IntegerField(default=0)
    details = models.JSONField(default=dict)
    seed = models.BigIntegerField(default=0)
    inputs_hash = models.CharField(max_length=64)
    code_version = models.CharField(max_length=20)
    run = models.BigIntegerField(db_index=True)
    scope = models.CharField(max_length=40, blank=True)
    current = models.BooleanField(default=True)
    computed_at = models.DateTimeField()

    objects: ClassVar[AgreementQuerySet] = AgreementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = (
            models.Index(fields=["project", "-run"], name="agreement_newest"),
            models.Index(fields=["project", "scope"], condition=Q(current=True), name="agreement_current"),
        )

    def __str__(self) -> str:
        return f"{self.project_id} {self.question} {self.measure}"


class RunKind(models.TextChoices):
    FOLD = "fold", _("Kept while answers arrive")
    FULL = "full", _("Computed anew from all answers")
    TRUTH = "truth", _("Truth and reliability")
    REPLAY = "replay", _("What other ways of asking would have cost")


class MeasureRun(models.Model):
    """One computation of a project's figures, with what is needed to do it again: `number` counts up in the project.

    `seen_hash` is the hash of the annotations that it saw (`algorithms.sethash`); which they were stands in `Counted`.
    `label_schema` is the version whose questions and labels it measured. `seed` is what each figure's seed is drawn
    from. `result` is what is said of the run as a whole (of a full one: what differed from the folded tables).
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=RunKind.choices)
    at = models.DateTimeField()
    seen = models.BigIntegerField()
    seen_hash = models.CharField(max_length=90)
    label_schema = models.ForeignKey(LabelSchema, null=True, on_delete=models.PROTECT, related_name="+")
    seed = models.BigIntegerField()
    code_version = models.CharField(max_length=20)
    result = models.JSONField(default=dict)

    objects: ClassVar[WorkQuerySet["MeasureRun"]] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "number"], name="one_run_per_number"),)
        indexes = (
            # While answers arrive there is a run a second: who wants the last full one does not read them all.
            models.Index(fields=["project", "-number"], condition=Q(kind="full"), name="full_runs"),
        )

    def __str__(self) -> str:
        return f"{self.project_id} run {self.number}"
