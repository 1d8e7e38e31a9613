"""What is still to be folded into a project's statistics, and what has been."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from annotation.models.annotation import AnnotationVersion
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.seen_work import WorkQuerySet


class Unfolded(models.Model):
    """An item whose answers have changed since it was last folded. Written by `stages.statistics.folding.note`.

    One insert in the transaction that changes the answers: no unique key to wait on, no row that others write too. The
    job `fold` takes rows in blocks, counts each item anew and deletes the rows, all in one transaction, so that an item
    noted twice is counted once, and one noted meanwhile is counted again.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        indexes = (models.Index(fields=["project", "id"], name="unfolded_by_project"),)

    def __str__(self) -> str:
        return f"item {self.item_id}"


class FoldState(models.Model):
    """A project's folding. Who folds holds its row lock: one block at a time, whatever the number of workers.

    `run` is the number of the last `MeasureRun`; what is folded now is seen by the next. `blocks` counts the blocks
    folded: it tells whether anything has moved. `seen_hash` (`algorithms.sethash`) is of the versions that agreement is
    measured from, `answers_hash` of all that count (see `Counted`). `stale` lists the scopes whose figures are older
    than the patterns. `fresh` counts the answers folded since the truth was last inferred. `grouped`: several of its
    items belong to one document.
    """

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="fold_state")
    run = models.BigIntegerField(default=0)
    blocks = models.BigIntegerField(default=0)
    seen_hash = models.CharField(max_length=90, blank=True)
    answers_hash = models.CharField(max_length=90, blank=True)
    grouped = models.BooleanField(default=False)
    stale = models.JSONField(default=dict)
    fresh = models.IntegerField(default=0)
    folded_at = models.DateTimeField(null=True)

    objects: ClassVar[WorkQuerySet["FoldState"]] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.project_id} after run {self.run}"


class FoldedItem(models.Model):
    """What an item has put into `DayCount`, so that it can be taken out again: `{"2026-11-21": {"answers": 2, …}}`."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="+")
    days = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"item {self.item_id}"


class Counted(models.Model):
    """Which versions the figures of run R saw: those with run_in <= R < run_out (null: still counted).

    All answers that count (not retracted, not surplus, current round, no control item); `first` are those that
    agreement is measured from (`algorithms` never sees the others): the item's first `overlap - widened` answers that
    were given blind, without a prediction shown, and by the first tier. `digest` is the SHA-256 of what the version
    says (`stages.seen.digest`): `FoldState`'s hashes are made of these. Rows are closed, never changed otherwise, so a
    stored figure can be computed again from what it saw.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+", db_index=False)
    version = models.ForeignKey(AnnotationVersion, on_delete=models.CASCADE, related_name="+", db_index=False)
    first = models.BooleanField()
    digest = models.CharField(max_length=64)
    run_in = models.BigIntegerField()
    run_out = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["version"], condition=Q(run_out=None), name="a_version_counts_once_at_a_time"
            ),
        )
        indexes = (
            models.Index(fields=["project", "item"], name="counted_by_item"),
            models.Index(fields=["item"], condition=Q(run_out=None), name="counted_now"),
        )

    def __str__(self) -> str:
        return f"version {self.version_id} from run {self.run_in}"
