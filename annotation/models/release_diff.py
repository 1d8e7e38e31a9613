"""What differs between two releases of a project: items added and removed, gold that changed, each with why.

Splits never move and gold is corrected only by a new row, so two frozen lists of ids say it all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from annotation.models.gold import GoldLabel
from annotation.models.item import Item
from annotation.models.release import Release, ReleaseMember

AT_ONCE = 500


class Kind(StrEnum):
    """What became of an item from one release to the other."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Why(StrEnum):
    """Why it is in one of them and not in the other."""

    SETTLED = "settled"  # after the earlier release was asked for
    AGAIN = "again"  # it was settled before, and is anew
    BAD = "bad"  # an adjudicator found that it cannot be judged
    REOPENED = "reopened"  # it waits for answers or a decision
    DELETED = "deleted"
    CONTROL = "control"  # it tests people now
    DECIDED = "decided"  # a new decision, or new answers


@dataclass(frozen=True)
class Changed:
    """One question's gold before and after; None: there was, or is, none. `same`: settled anew, to the same answer."""

    question: str
    before: GoldLabel | None
    after: GoldLabel | None

    @property
    def same(self) -> bool:
        return bool(self.before and self.after and self.before.value == self.after.value)


@dataclass(frozen=True)
class Difference:
    """One item. `number` is its row in the later release, or in the earlier one where it was removed."""

    kind: Kind
    why: Why
    item: Item
    split: str
    number: int
    since: datetime | None
    gold: tuple[Changed, ...] = ()


def counts(earlier: Release, later: Release) -> dict[str, int]:
    """How many rows differ, by kind, and how many are `kept` as they were. Three statements."""
    found = {kind.value: differing(kind, earlier, later).count() for kind in Kind}
    return {**found, "kept": later.items - found["added"] - found["changed"]}


def differing(kind: Kind, earlier: Release, later: Release) -> "QuerySet[ReleaseMember]":
    """The rows of one kind in their order: of the later release, or of the earlier where they were removed."""
    ours, theirs = (earlier, later) if kind is Kind.REMOVED else (later, earlier)
    members = ReleaseMember.objects.filter(release=ours).order_by("position")
    there = ReleaseMember.objects.filter(release=theirs, item=OuterRef("item"))
    if kind is not Kind.CHANGED:
        return members.exclude(Exists(there))
    return (
        members.annotate(before=Subquery(there.values("gold"))).exclude(before=None).exclude(before=F("gold"))
    )


def differences(kind: Kind, earlier: Release, rows: Sequence[ReleaseMember]) -> list[Difference]:
    """The same rows with what changed and why. As many statements as for one."""
    items = Item.everything.in_bulk([row.item_id for row in rows])
    gold = _gold(rows)
    return [_difference(kind, earlier, row, items[row.item_id], gold) for row in rows]


def every_difference(earlier: Release, later: Release) -> Iterator[Difference]:
    """All of them: changed gold, what was added, what was removed, each in its order; a few hundred at a time."""
    for kind in (Kind.CHANGED, Kind.ADDED, Kind.REMOVED):
        rows, last = differing(kind, earlier, later), -1
        while chunk := list(rows.filter(position__gt=last)[:AT_ONCE]):
            yield from differences(kind, earlier, chunk)
            last = chunk[-1].position


def _gold(rows: Sequence[ReleaseMember]) -> dict[int, GoldLabel]:
    wanted = {entry["gold"] for row in rows for entry in [*row.gold, *(getattr(row, "before", None) or [])]}
    labels = GoldLabel.objects.filter(pk__in=wanted)
    found = labels.select_related("adjudication__adjudicator__user", "adjudication__dispute")
    return {label.pk: label for label in found}


def _difference(
    kind: Kind, earlier: Release, row: ReleaseMember, item: Item, gold: dict[int, GoldLabel]
) -> Difference:
    now = {gold[entry["gold"]].question: gold[entry["gold"]] for entry in row.gold}
    if kind is not Kind.CHANGED:
        why = _why_added(earlier, item, now) if kind is Kind.ADDED else _why_removed(item)
        since = item.bad_at or item.deleted_at if kind is Kind.REMOVED else item.settled_at
        return Difference(kind, why, item, row.split, row.position, since)
    listed: Any = getattr(row, "before", [])
    then = {gold[entry["gold"]].question: gold[entry["gold"]] for entry in listed}
    changed = tuple(
        Changed(question, then.get(question), now.get(question))
        for question in sorted({*then, *now})
        if (one := then.get(question)) is None or (other := now.get(question)) is None or one.pk != other.pk
    )
    since = max((one.after.settled_at for one in changed if one.after), default=None)
    return Difference(kind, Why.DECIDED, item, row.split, row.position, since, changed)


def _why_added(earlier: Release, item: Item, gold: dict[str, GoldLabel]) -> Why:
    if item.settled_at is None or item.settled_at > earlier.created_at:
        return Why.SETTLED
    return Why.AGAIN


def _why_removed(item: Item) -> Why:
    if item.deleted_at is not None:
        return Why.DELETED
    if item.bad_at is not None:
        return Why.BAD
    return Why.CONTROL if item.control else Why.REOPENED
