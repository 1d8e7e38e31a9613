"""Who holds what in a project, for those who lead it. Read-only; exams have pages of their own."""

from typing import Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotation.models.assignment import Assignment, Outcome, Purpose
from annotation.models.item import Item
from annotation.models.project import Project

STATES: Final[list[tuple[str, str | Promise]]] = [
    ("open", _("Held now")),
    *Outcome.choices,
    ("all", _("All")),
]


def of_project(project: Project, state: str, expert: str = "", item: str = "") -> "QuerySet[Assignment]":
    """The assignments of one state (a code of STATES), one expert and one item (ids; empty: of all)."""
    rows = Assignment.objects.filter(project=project).exclude(purpose=Purpose.EXAM)
    if state != "all":
        rows = rows.filter(outcome="" if state == "open" else state)
    if expert:
        rows = rows.filter(expert__uid=expert)
    if item:
        rows = rows.filter(item__uid=item)
    return rows.select_related("item", "expert__user", "assigned_by")


def of_item(item: Item) -> "QuerySet[Assignment]":
    """Everybody who has or had the item in this round, the newest first."""
    rows = Assignment.objects.filter(item=item, round=item.round).exclude(purpose=Purpose.EXAM)
    return rows.select_related("expert__user", "project__sector", "assigned_by").order_by("-pk")
