"""What a lead's look at an item is given: the item as its annotators saw it, and the answers. Read-only."""

from typing import Any

from django.utils.translation import gettext

from annotation.models import Annotation, GoldLabel, Item, LabelSchema
from annotation.payloads import questions_of, shown_item


def answers_of_item(item: Item, schema: LabelSchema, *, answers: bool) -> dict[str, Any]:
    """The item with its settled answer, where it has one, and every answer by name; without `answers` neither."""
    return {
        "project": item.project.uid,
        "item": shown_item(item, schema),
        "schema": questions_of(schema),
        "answers": [*_gold(item), *_given(item)] if answers else [],
    }


def _gold(item: Item) -> list[dict[str, Any]]:
    settled = GoldLabel.objects.current().filter(item=item).order_by("pk").values_list("result", flat=True)
    result = [region for regions in settled for region in regions]
    return [{"name": gettext("Gold"), "gold": True, "result": result}] if settled else []


def _given(item: Item) -> list[dict[str, Any]]:
    given = Annotation.objects.filter(item=item, retracted_at=None).exclude(current=None)
    return [
        {"name": str(one.expert), "gold": False, "result": one.current.result if one.current else []}
        for one in given.select_related("expert__user", "current").order_by("pk")
    ]
