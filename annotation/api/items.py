"""The items of a project: a list to filter, and one item with everything that happened to it."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.item_marks import rows_behind
from annotation.api.item_shapes import (
    ItemLine,
    ItemQuery,
    ItemWhole,
    ListedItem,
    answer_line,
    dispute_line,
    flag_line,
    gold_line,
)
from annotation.api.paging import page_of, paged, query_of, shown_as
from annotation.models import Annotation, Dispute, GoldLabel, Item, QualityFinding, TextFacts
from annotation.models.access import demand, load_project
from annotation.models.blind import may_sway, sees_answers
from annotation.models.items_like import items_like
from core.roles import Capability

MOST_FLAGS = 50
PLAIN = ("state", "language", "batch", "kind", "tier", "flag")


class ItemList(Handler):
    """The items of a project in the order in which they came; control items are no part of it."""

    @extend_schema(parameters=[ItemQuery], responses=page_of(ListedItem), operation_id="list_items")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.SEE_WORK)
        asked = query_of(request, ItemQuery)
        rows: Any = items_like(project, **{name: asked[name] for name in PLAIN})
        if behind := rows_behind(project, asked):
            for chosen in behind:
                rows = rows.filter(pk__in=chosen)
            rows = rows.exclude(settled_at=None) if may_sway(user, project) else rows
        if asked["with_data"]:
            return paged(request, rows, _with_data, asked=asked)
        return paged(request, rows.defer("data"), shown_as(ItemLine), asked=asked)


def _with_data(found: list[Item]) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = shown_as(ItemLine)(found)
    return [{**line, "data": item.data} for line, item in zip(lines, found, strict=True)]


class ItemDetail(Handler):
    """One item: its data, its flags, and the answers once they can no longer sway anybody."""

    @extend_schema(responses=ItemWhole, operation_id="get_item")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        seen: Any = Item.objects.visible_to(user).with_state()
        item: Any = one(seen.select_related("batch", "lane", "project"), uid)
        demand(user, item.project, Capability.SEE_WORK)
        told = {name: getattr(item, name) for name in ("data", "meta", "source", "licence")}
        return Response({**ItemLine(item).data, **told, **_seen_in(item), **_said_of(item, user)})


def _seen_in(item: Item) -> dict[str, Any]:
    flags = QualityFinding.objects.filter(item=item).select_related("seen_by").order_by("pk")[:MOST_FLAGS]
    facts = TextFacts.objects.filter(pk=item.pk).values_list("language", flat=True).first()
    return {"seems_to_be": facts or "", "flags": [flag_line(flag) for flag in flags]}


def _said_of(item: Item, user: Any) -> dict[str, Any]:
    if not sees_answers(item, sways=may_sway(user, item.project)):
        return {"answers_given": None, "gold": None, "disputes": None}
    given = Annotation.objects.filter(item=item, retracted_at=None).select_related("expert__user", "current")
    gold = GoldLabel.objects.current().filter(item=item)
    disputes = Dispute.objects.filter(item=item).select_related("adjudication__adjudicator__user")
    return {
        "answers_given": [answer_line(row) for row in given.prefetch_related("judgements").order_by("pk")],
        "gold": [gold_line(row) for row in gold.order_by("pk")],
        "disputes": [dispute_line(row) for row in disputes.order_by("pk")],
    }


urls = [
    path("projects/<slug:uid>/items", ItemList.as_view(), name="items"),
    path("items/<slug:uid>", ItemDetail.as_view(), name="item"),
]
