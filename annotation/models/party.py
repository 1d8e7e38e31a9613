"""Whom an item is about, and how many items that keeps from whom."""

from django.db import models

from annotation.models.item import Item
from annotation.models.project import Project
from experts.models import Expert


class ItemParty(models.Model):
    """One key of a party of an item (`experts.names.party_keys`); a party has up to two."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="parties", db_index=False)
    key = models.CharField(max_length=180)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["item", "key"], name="an_item_names_a_party_once"),)
        indexes = (models.Index(fields=["project", "key", "item"], name="party_by_key"),)

    def __str__(self) -> str:
        return self.key


class ConflictCount(models.Model):
    """How many items of a project an expert's interests withhold, as counted last. Never says which."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    items = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "expert"], name="one_count_per_expert"),)

    def __str__(self) -> str:
        return f"{self.expert_id}: {self.items}"
