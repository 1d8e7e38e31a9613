"""Which items a lead may give to an expert by name, and why not the others. Read-only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, QuerySet

from annotation.models.assignment import Assignment, Outcome
from annotation.models.candidate import Candidate
from annotation.models.eligibility import HAD, allowed, allowed_lanes, unmet_of_items
from annotation.models.item import Item
from annotation.models.lane import Lane
from annotation.models.project import Project
from annotation.models.rule import About
from experts.models import Expert

PRIVATE = "private"
"""Stands for every rule whose name would tell what somebody has an interest in."""
NO_SLOT, UNKNOWN, CONTROL = "no_slot", "unknown", "control"
AGAIN = frozenset({Outcome.EXPIRED, Outcome.RETURNED, Outcome.WITHDRAWN})
"""How an assignment ended that may be given to the same expert again."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for by description: items of the queue, of this kind, batch (uid) and language; empty means any."""

    count: int
    kind: str = ""
    batch: str = ""
    language: str = ""


@dataclass(frozen=True)
class Sorted:
    """`items` may be given; `had` holds the expert's own earlier or open assignments by item id; `barred` the others.

    `barred` is the code of one rule for each item that may not be given.
    """

    items: list[Item]
    had: Mapping[int, Assignment]
    barred: list[str]


def named(project: Project, uids: Sequence[str]) -> tuple[list[Item], list[str]]:
    """The items of these uids in the order of their ids, and a code for each uid that may not be given at all."""
    found = list(Item.objects.filter(project=project, uid__in=uids).select_related("lane").order_by("pk"))
    items = [one for one in found if not one.control]
    missing = len(set(uids)) - len(found)
    return items, [CONTROL] * (len(found) - len(items)) + [UNKNOWN] * missing


def described(
    project: Project, expert: Expert, wanted: Wanted, most: int, passed: dict[str, int]
) -> list[Item]:
    """The next items of the queue that fit the description and that no rule keeps from the expert, at most so many.

    `passed` says how far each lane (by id) has been read, and is brought forward: what was read is not read again. One
    statement along an index for each lane, until there are enough.
    """
    candidate = Candidate.of(project, expert)
    asked = {name: value for name, value in (("kind", wanted.kind), ("language", wanted.language)) if value}
    lanes = allowed_lanes(Lane.objects.filter(project=project, **asked), candidate)
    found: list[Item] = []
    for lane in lanes.order_by("-priority", "-again", "pk"):
        after, end = passed.get(str(lane.pk), 0), lane.next_position - 1
        if len(found) == most:
            break
        if after >= end:
            continue
        queue = queued(project, wanted).filter(lane=lane, position__gt=after)
        allowed_ = allowed(queue, candidate, about=(About.ITEM,)).select_related("lane")
        items = list(allowed_.order_by("position")[: most - len(found)])
        found += items
        passed[str(lane.pk)] = items[-1].position if len(found) == most else end
    return found


def queued(project: Project, wanted: Wanted) -> "QuerySet[Item]":
    """The open items that fit the description."""
    asked = {"lane__kind": wanted.kind, "batch__uid": wanted.batch, "lane__language": wanted.language}
    given = {name: value for name, value in asked.items() if value}
    items: QuerySet[Item] = Item.objects.filter(project=project, open_slots__gt=0, control=False, **given)
    return items


def by_room(project: Project, items: Sequence[Item]) -> Iterator[list[Item]]:
    """The items in groups whose rooms do not bar one another; one group where the project has no barriers."""
    if not project.walls:
        yield list(items)
        return
    for _room, group in groupby(
        sorted(items, key=lambda one: (one.lane.room, one.pk)), lambda one: one.lane.room
    ):
        yield list(group)


def sort_out(project: Project, expert: Expert, items: Sequence[Item]) -> Sorted:
    """Ask every rule about these items for the expert. Two statements."""
    pks = [one.pk for one in items]
    unmet = unmet_of_items(Item.objects.filter(pk__in=pks), Candidate.of(project, expert))
    given = Assignment.objects.filter(item__in=pks, expert=expert, round=F("item__round"), aside=0)
    had = {one.item_id: one for one in given}
    may, barred = [], []
    for item in items:
        earlier = had.get(item.pk)
        is_back = earlier is not None and (earlier.outcome == "" or earlier.outcome in AGAIN)
        against = [rule for rule in unmet.get(item.pk, ()) if not (rule.code == HAD and is_back)]
        if against:
            barred.append(PRIVATE if against[0].private else against[0].code)
        else:
            may.append(item)
    return Sorted(may, had, barred)


def why_none(project: Project, expert: Expert, wanted: Wanted, most: int) -> list[str]:
    """A code for each of the first open items, at most so many, that fit the description and may not be given."""
    items = list(queued(project, wanted).select_related("lane").order_by("pk")[:most])
    sorted_out = sort_out(project, expert, items)
    return [*sorted_out.barred, *[HAD for one in sorted_out.items if one.pk in sorted_out.had]]
