"""A page of disputes as lines of a list, in the order that was asked for."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from annotation.models import Dispute, LabelSchema, Project
from annotation.models.adjudication import Turn
from annotation.models.dispute_queue import Order, in_order
from annotation.web.values import Values
from annotation.why_dispute import place_sentence
from core.roles import Capability
from core.web.page import person
from core.web.paging import Page

_EMPTY: dict[str, Any] = {"questions": [], "fields": []}


@dataclass(frozen=True)
class Line:
    """A dispute in a list. `contested` are the labels that not every answer holds; `badge` names a later turn.

    `stranded`: nobody may decide it.
    """

    dispute: Dispute
    title: str
    excerpt: str
    place: str
    contested: list[str]
    badge: str
    stranded: bool


def order_of(request: HttpRequest) -> Order:
    """What `?order=` asks for; by worth where it says nothing that is known."""
    asked = request.GET.get("order", "")
    return Order(asked) if asked in Order.values else Order.GAIN


def page_of(
    request: HttpRequest, found: QuerySet[Dispute], order: Order, stranded: frozenset[int] = frozenset()
) -> dict[str, Any]:
    """The page after the dispute that `?after=` names, with its lines. Four statements.

    `stranded` are the ids of disputes that nobody may decide.
    """
    rows = found.select_related("project", "item__lane")
    shown, following = in_order(rows, order, request.GET.get("after", "")[:40])
    kept = [(key, value) for key, value in request.GET.items() if key != "after" and value]
    page = Page(
        rows=shown,
        first="?" + urlencode(kept) if request.GET.get("after") else "",
        next="?" + urlencode([*kept, ("after", following)]) if following else "",
    )
    seen = set(Project.objects.where(person(request), Capability.SEE_WORK).values_list("pk", flat=True))
    schemas = {
        schema.project_id: schema.parsed
        for schema in LabelSchema.objects.filter(project__in={one.project_id for one in shown}).order_by(
            "project", "version"
        )
    }
    lines = [
        _line(one, schemas.get(one.project_id, _EMPTY), seen, stranded=one.pk in stranded) for one in shown
    ]
    return {"page": page, "rows": lines, "order": order.value, "orders": Order.choices}


def _line(dispute: Dispute, parsed: dict[str, Any], seen: set[int], *, stranded: bool) -> Line:
    values = Values(parsed, dispute.item.data)
    leads = dispute.project_id in seen
    # A list would show both sides of a barrier: what lies in a room is read one by one.
    closed_room = dispute.item.lane.room and not leads
    contested = [values.label(dispute.question, one) for one in dispute.tally.get("contested", [])]
    # Who decides a second look is not told that it is one.
    told = dispute.turn == Turn.APPEAL or (dispute.turn == Turn.SECOND_LOOK and leads)
    return Line(
        dispute,
        values.title(dispute.question),
        "" if closed_room else values.excerpt(),
        place_sentence(dispute),
        contested[:6],
        dispute.get_turn_display() if told else "",
        stranded,
    )
