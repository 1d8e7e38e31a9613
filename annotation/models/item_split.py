"""Which split of its project's releases an item belongs to: drawn once, never moved."""

from django.db import models

from annotation.models.item import Item
from annotation.models.project import Project


class ItemSplit(models.Model):
    """`group` is the SHA-256 of what the item stays together with. Triggers refuse an update or a delete."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, primary_key=True, related_name="drawn")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", db_index=False)
    split = models.CharField(max_length=10)
    group = models.CharField(max_length=64)

    class Meta:
        indexes = (
            models.Index(fields=["project", "split", "item"], name="items_of_a_split"),
            models.Index(fields=["project", "group"], name="split_of_a_group"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.split}"
