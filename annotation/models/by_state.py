"""How far the items of projects have come: counts by derived state, and why blocked items are blocked. Read-only."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from annotation.models.item import Item, ItemState
from annotation.models.project import Project

ORDER = (
    ItemState.BLOCKED,
    ItemState.STORED,
    ItemState.OPEN,
    ItemState.LABELLED,
    ItemState.DISPUTED,
    ItemState.SETTLED,
)


@dataclass(frozen=True)
class ByState:
    """`counts` has every state, in the order of the way; `held` maps the code of why items are blocked to a count."""

    counts: dict[str, int]
    held: dict[str, int]


def counted(projects: Collection[Project]) -> dict[int, ByState]:
    """By project id, in two statements; the second only when something is blocked. Control items are no part of it."""
    ids = [project.pk for project in projects]
    rows = Item.objects.filter(project__in=ids, control=False).with_state().values_list("project", "state")
    counts: dict[int, dict[str, int]] = {pk: {state.value: 0 for state in ORDER} for pk in ids}
    for pk, state, count in rows.annotate(Count("pk")).order_by():
        counts[pk][state] = count
    blocking = [pk for pk in ids if counts[pk][ItemState.BLOCKED]]
    held = _held(blocking) if blocking else {}
    return {pk: ByState(counts[pk], held.get(pk, {})) for pk in ids}


def _held(projects: list[int]) -> dict[int, dict[str, int]]:
    waiting = Item.objects.filter(
        ~Q(blocked=""), project__in=projects, labelled_at=None, settled_at=None
    ).values_list("project", "blocked")
    found: dict[int, dict[str, int]] = {}
    for project, code, count in waiting.annotate(Count("pk")).order_by("project", "blocked"):
        found.setdefault(project, {})[code] = count
    return found
