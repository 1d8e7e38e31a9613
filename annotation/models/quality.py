"""What was seen of a batch's texts at the door: steps with their figures, and flags on items. It rejects nothing."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotation.models.batch import Batch
from annotation.models.item import Item
from annotation.models.project import Project

if TYPE_CHECKING:
    from core.models import User


class StepKey(models.TextChoices):
    """The steps, in the order in which pages tell of them."""

    NORMAL = "normal", _("Normal form")
    ENCODING = "encoding", _("Encoding")
    LENGTHS = "lengths", _("Lengths")
    LANGUAGE = "language", _("Language")
    EXACT = "exact", _("Exact repeats")
    NEAR = "near", _("Near repeats")
    LISTS = "lists", _("Known lists")
    MACHINE = "machine", _("Machine-written")
    PERSONAL = "personal", _("Personal data")


class Outcome(models.TextChoices):
    """What somebody who looked at a flag found."""

    OPEN = "", _("Not looked at")
    CLEAR = "clear", _("Looked at: nothing there to protect")
    ASIDE = "aside", _("Item set aside")


class QualityRun(models.Model):
    """How far a batch is checked: up to the row that ends at the offset `checked_to`, `texts` of them.

    `number` counts how often it was begun; `error` says why the check was given up. Items wait for no check that was.
    """

    batch = models.OneToOneField(
        Batch, on_delete=models.CASCADE, primary_key=True, related_name="quality_run"
    )
    number = models.PositiveIntegerField(default=1)
    checked_to = models.BigIntegerField(default=-1)
    texts = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class QualityStep(models.Model):
    """One step's figures of a batch. After an `error` the step is left out until the batch is checked again."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="quality_steps", db_index=False)
    key = models.CharField(max_length=12, choices=StepKey.choices)
    version = models.PositiveSmallIntegerField()
    figures = models.JSONField(default=dict)
    flagged = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["batch", "key"], name="a_step_once_a_batch"),)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.key}"


class QualityFindingQuerySet(models.QuerySet["QualityFinding"]):
    def visible_to(self, user: "User") -> "QualityFindingQuerySet":
        """Those of batches that one may see."""
        return self.filter(batch__in=Batch.objects.visible_to(user).values("pk"))

    def to_look_at(self) -> "QualityFindingQuerySet":
        """Flags of personal data that nobody has looked at."""
        return self.filter(step=StepKey.PERSONAL, outcome=Outcome.OPEN)


def set_aside() -> models.Exists:
    """Whether an item (the outer row) is set aside for personal data: releases leave it out."""
    found = QualityFinding.objects.filter(item=models.OuterRef("pk"), step=StepKey.PERSONAL)
    return models.Exists(found.filter(outcome=Outcome.ASIDE))


class QualityFinding(models.Model):
    """A flag on an item, for people: its code, and what fills the code's sentence.

    Those of personal data stay open until somebody has looked: `outcome` says what they found, `seen_*` who and when.
    """

    batch = models.ForeignKey(
        Batch, on_delete=models.CASCADE, related_name="quality_findings", db_index=False
    )
    step = models.CharField(max_length=12, choices=StepKey.choices)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="quality_findings")
    code = models.CharField(max_length=20)
    params = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default=Outcome.OPEN)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seen_at = models.DateTimeField(null=True)

    objects: ClassVar[QualityFindingQuerySet] = QualityFindingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = (
            models.Index(fields=["batch", "step", "id"], name="finding_by_step"),
            models.Index(
                fields=["item", "outcome"], condition=models.Q(step="personal"), name="finding_personal"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.code}"


class TextFacts(models.Model):
    """What was measured of an item's text: characters, the language it seems to be in, and its sketch.

    The sketch (`algorithms/quality/sketches.py`) is empty where the text is too short for one. `key` is what texts
    share whose normal forms are equal: null where there is no text, or it was checked before keys were kept.
    """

    item = models.OneToOneField(Item, on_delete=models.CASCADE, primary_key=True, related_name="text_facts")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+", db_index=False)
    characters = models.PositiveIntegerField()
    language = models.CharField(max_length=10, blank=True)
    sketch = models.BinaryField(default=bytes)
    key = models.BigIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=["batch", "characters"], name="facts_by_length"),)

    def __str__(self) -> str:
        return str(self.item_id)


class TextKey(models.Model):
    """By which texts of a project find those that are like them: a key belongs to the first item that has it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.BigIntegerField()
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "key"], name="a_text_key_once_a_project"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.key}"
