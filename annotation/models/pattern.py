"""The tables that figures of agreement are computed from, kept while answers arrive.

A question's *pattern* on an item is what the measures need of the item's counted answers (`Counted.first`):

- a choice, a rating, a number: `[[label, times], …]`, the labels sorted;
- several choices: the same, a label being the sorted list of what was chosen;
- spans: `{"": [2 * matches, spans], label: [...], …}` over pairs of annotators (`algorithms.spans`).

Free text is never compared. Sums over rows are sums over items, so a project's table is the sum over guideline
versions, or days, or shards.
"""

from typing import ClassVar

from django.db import models

from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.seen_work import WorkQuerySet
from experts.models import Expert


class PatternCount(models.Model):
    """How many items (`items`, at least 1) have a pattern of a question, by guideline version and day.

    `guideline` is the version under which all of the item's counted answers were given, 0 when they were given under
    several: such items are in the whole and neither before nor after a version. `day` is when the last of them came in
    (UTC). `digest` is the first 32 hexadecimal digits of the SHA-256 of the pattern's canonical JSON: group by it to
    add up over days and versions.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    question = models.CharField(max_length=100)
    kind = models.CharField(max_length=10)
    guideline = models.PositiveIntegerField()
    day = models.DateField()
    digest = models.CharField(max_length=32)
    pattern = models.JSONField()
    items = models.BigIntegerField()

    objects: ClassVar[WorkQuerySet["PatternCount"]] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["project", "question", "kind", "guideline", "day", "digest"],
                name="one_count_per_pattern",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question} {self.pattern}: {self.items}"


class ItemPattern(models.Model):
    """What an item has put into `PatternCount` and `PairCount`, so that it can be taken out again.

    Charts link through it to the items behind a cell: by `cell`, or by `cell__digest`. `said` is `[[expert id, value],
    …]` of the counted answers, in the order in which they were given; spans that were asked for and not marked are
    `[]`. `labels` is how many there are. `entropy` is how much they differ: of labels the Shannon entropy in bits, of
    spans the share of marks that found no match (1 - F1); 0 for one answer, and for equal ones.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="patterns", db_index=False)
    question = models.CharField(max_length=100)
    kind = models.CharField(max_length=10)
    cell = models.ForeignKey(PatternCount, on_delete=models.PROTECT, related_name="members")
    said = models.JSONField()
    labels = models.PositiveSmallIntegerField()
    entropy = models.FloatField()

    objects: ClassVar[WorkQuerySet["ItemPattern"]] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["item", "question", "kind"], name="one_pattern_per_question"),
        )
        indexes = (
            models.Index(fields=["project", "question", "-entropy", "item"], name="pattern_by_entropy"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.question}"


class PairCount(models.Model):
    """On how many items `first` said `one` where `second` said `two` (`first` has the lower id).

    Of choices, several choices and ratings: what Cohen's and Light's kappa and a confusion of two people need. Equal
    answers are counted too. `digest` is the first 32 hexadecimal digits of the SHA-256 of `[one, two]`.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    question = models.CharField(max_length=100)
    kind = models.CharField(max_length=10)
    first = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="+", db_index=False)
    one = models.JSONField()
    two = models.JSONField()
    digest = models.CharField(max_length=32)
    items = models.BigIntegerField()

    objects: ClassVar[WorkQuerySet["PairCount"]] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["project", "question", "kind", "first", "second", "digest"], name="one_count_per_pair"
            ),
        )

    def __str__(self) -> str:
        return f"{self.question} {self.one} {self.two}: {self.items}"


class BoundaryCount(models.Model):
    """How often two annotators' overlapping spans of an item differ in this way, whoever they were.

    `one` and `two` are the labels, sorted; `start` and `end` by how many code points the edges differ, at most 50
    (which stands for more). Each span is held against the one that it overlaps most; equal spans are counted as 0, 0.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    question = models.CharField(max_length=100)
    one = models.CharField(max_length=200)
    two = models.CharField(max_length=200)
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()
    pairs = models.BigIntegerField()

    objects: ClassVar[WorkQuerySet["BoundaryCount"]] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["project", "question", "one", "two", "start", "end"], name="one_count_per_boundary"
            ),
        )

    def __str__(self) -> str:
        return f"{self.question} {self.one} {self.two}: {self.pairs}"


class DayCount(models.Model):
    """What happened on a day (UTC) to a project's items, control items left out: for progress and forecast.

    `answers` counts those that count now (not retracted, not surplus, of the current round) on the day on which they
    were given, `seconds` their time on task; `labelled` the items that got their last answer, `disputed` those with a
    dispute opened, `settled` those that were settled. Sums over days are the project's totals.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    answers = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    labelled = models.BigIntegerField(default=0)
    disputed = models.BigIntegerField(default=0)
    settled = models.BigIntegerField(default=0)

    objects: ClassVar[WorkQuerySet["DayCount"]] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "day"], name="one_count_a_day"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.day}"
