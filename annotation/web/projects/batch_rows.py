"""Batches as lists show them."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from annotation.models import Batch, Item


def with_held(batches: QuerySet[Batch]) -> QuerySet[Any]:
    """Each batch with `held`: whether items of it are blocked."""
    blocked = Item.objects.filter(batch=OuterRef("pk"), routed_at=None).exclude(blocked="")
    return batches.annotate(held=Exists(blocked)).select_related("job", "created_by", "project")
