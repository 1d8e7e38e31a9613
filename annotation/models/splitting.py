"""Draw the items of a project into the splits of its releases, once."""

from typing import Any

from django.db.models import QuerySet

from annotation.formats.text import content_hash
from annotation.models.item import Item
from annotation.models.item_split import ItemSplit
from annotation.models.project import Project
from annotation.models.release_policy import ReleasePolicy

AT_ONCE = 1000


def draw_some(project: Project, policy: ReleasePolicy, items: "QuerySet[Item]", after: int) -> int | None:
    """Draw the next of `items` beyond the id `after`, within a transaction; the last one seen, None at the end."""
    found: list[Any] = list(items.filter(pk__gt=after).order_by("pk")[:AT_ONCE])
    drawn = set(ItemSplit.objects.filter(item__in=found).values_list("item_id", flat=True))
    ItemSplit.objects.bulk_create(
        ItemSplit(item=item, project=project, split="train", group=content_hash(item.data))
        for item in found
        if item.pk not in drawn
    )
    return found[-1].pk if found else None
