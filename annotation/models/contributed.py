"""What an item puts into the tables of folding: computed from its answers, or read back from what is stored."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Min

from annotation.algorithms import contribution
from annotation.models.adjudication import Dispute
from annotation.models.counting import Answer, Asked, Question
from annotation.models.folding import Counted, FoldedItem
from annotation.models.item import Item
from annotation.models.pattern import ItemPattern


class Cell(NamedTuple):
    """The row of `PatternCount` that an item belongs to, but for the project."""

    question: str
    kind: str
    guideline: int
    day: date
    digest: str


@dataclass(frozen=True)
class Part:
    """What an item puts in for one question. `said` is `[[expert id, value], …]`; `shape` its pattern, where known."""

    cell: Cell
    said: list[list[Any]]
    shape: Any = field(default=None, compare=False)

    @property
    def pattern(self) -> Any:
        """The pattern whose digest stands in `cell`."""
        return contribution.pattern(self.cell.kind, self.said_pairs) if self.shape is None else self.shape

    @cached_property
    def said_pairs(self) -> list[tuple[Any, Any]]:
        """`said` as pairs."""
        return [(who, value) for who, value in self.said]


Seen = dict[int, tuple[bool, str]]
"""By version (an id): whether it is one of the first, and its digest."""

Days = dict[str, dict[str, int]]
"""What an item puts into `DayCount`, by day in ISO form."""


@dataclass(frozen=True)
class Contributed:
    """All that one item puts in."""

    parts: dict[Question, Part]
    seen: Seen
    days: Days


def computed(items: Sequence[int], asked: Asked, answers: dict[int, list[Answer]]) -> dict[int, Contributed]:
    """What these items put in, by their answers and the facts about them. One statement, besides the schemas."""
    facts = _facts(items)
    return {
        item: Contributed(
            parts=parts_of(answers.get(item, []), asked),
            seen={one.version: (one.first, one.digest) for one in answers.get(item, [])},
            days=_days(answers.get(item, []), *facts.get(item, (None, None, None))),
        )
        for item in items
    }


def parts_of(answers: Sequence[Answer], asked: Asked) -> dict[Question, Part]:
    """By question, what an item's answers put in: those that agreement is measured from."""
    found = {}
    for question, said_by in asked.said(one for one in answers if one.first).items():
        key, kind = question
        said = [[one.expert, one.values.get(key, [])] for one in said_by]
        versions = {one.guideline for one in said_by}
        shape = contribution.pattern(kind, [(who, value) for who, value in said])
        cell = Cell(
            question=key,
            kind=kind,
            guideline=versions.pop() if len(versions) == 1 else 0,
            day=max(one.given_at for one in said_by).date(),
            digest=contribution.digest(shape),
        )
        found[question] = Part(cell, said, shape)
    return found


def stored(items: Sequence[int]) -> dict[int, Contributed]:
    """What these items have put in, as the tables say. Three statements."""
    parts: dict[int, dict[Question, Part]] = defaultdict(dict)
    columns = ("item_id", "question", "kind", "cell__guideline", "cell__day", "cell__digest", "said")
    for item, key, kind, guideline, day, digest, said in ItemPattern.objects.filter(
        item__in=items
    ).values_list(*columns):
        parts[item][key, kind] = Part(Cell(key, kind, guideline, day, digest), said)
    seen: dict[int, Seen] = defaultdict(dict)
    now = Counted.objects.filter(item__in=items, run_out=None)
    for item, version, first, digest in now.values_list("item_id", "version_id", "first", "digest"):
        seen[item][version] = (first, digest)
    days = dict(FoldedItem.objects.filter(item__in=items).values_list("item_id", "days"))
    return {item: Contributed(parts[item], seen[item], days.get(item, {})) for item in items}


def _facts(items: Sequence[int]) -> dict[int, tuple[Any, Any, Any]]:
    """When each item got its last answer, when its first dispute was opened, when it was settled."""
    rows = Item.objects.filter(pk__in=items, control=False).values_list("pk", "labelled_at", "settled_at")
    opened = dict(
        Dispute.objects.filter(item__in=items)
        .order_by()
        .values("item_id")
        .annotate(at=Min("opened_at"))
        .values_list("item_id", "at")
    )
    return {pk: (labelled, opened.get(pk), settled) for pk, labelled, settled in rows}


def _days(answers: Sequence[Answer], labelled: Any, disputed: Any, settled: Any) -> Days:
    days: dict[str, Counter[str]] = defaultdict(Counter)
    for one in answers:
        day = one.given_at.date().isoformat()
        days[day]["answers"] += 1
        days[day]["seconds"] += round(one.seconds)  # whole: sums are taken apart again
    for name, at in (("labelled", labelled), ("disputed", disputed), ("settled", settled)):
        if at is not None:
            days[at.date().isoformat()][name] += 1
    return {day: dict(counts) for day, counts in days.items()}
