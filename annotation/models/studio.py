"""What the Label Studio compatible API keeps beside what Assay reads: so that what came in goes out as it was."""

from django.conf import settings
from django.db import models

from annotation.models.assignment import Assignment
from annotation.models.item import Item
from annotation.models.project import Project
from core.verbatim import VerbatimJSONField

NUMBER = "number"


class StudioProject(models.Model):
    """A project that an outside script made or changed. `options`: what Assay has no words for, as it was sent."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, primary_key=True, related_name="studio")
    options = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.project_id)


class StudioAnswer(models.Model):
    """An answer that came through that API, by the assignment that it is stored for; that is its number there.

    `result` is what was sent, keys in their order, offsets in UTF-16 units: Assay's reading of it stands in
    the annotation's version. `cancelled` ones are skips. `unread` says how many of its regions Assay could not read.
    `more` holds what has no column; NUMBER of it the number that was told of it first.
    """

    assignment = models.OneToOneField(
        Assignment, on_delete=models.CASCADE, primary_key=True, related_name="studio"
    )
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    result = VerbatimJSONField(default=list)
    cancelled = models.BooleanField(default=False)
    ground_truth = models.BooleanField(default=False)
    lead_time = models.FloatField(null=True)
    unique_id = models.UUIDField()
    import_id = models.BigIntegerField(null=True)
    last_action = models.CharField(max_length=20, blank=True)
    parent_prediction = models.BigIntegerField(null=True)
    parent_annotation = models.BigIntegerField(null=True)
    unread = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    more = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.assignment_id)

    @property
    def number(self) -> int:
        """By what it is known outside: an answer that became a skip, or the other way, keeps its number."""
        return int(self.more.get(NUMBER) or self.assignment_id)
