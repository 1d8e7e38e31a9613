"""What the gate counts on the rows of a frozen release, in one pass: answers, decisions, second looks."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from annotation.models.annotation import AnnotationVersion
from annotation.models.credentials_then import NONE
from annotation.models.gold import GoldLabel
from annotation.models.release import Release
from annotation.models.second_look import pairs_about

AT_ONCE = 1000
MOST_EXAMPLES = 20

Row = tuple[str, list[dict[str, Any]], list[dict[str, Any]]]


@dataclass
class Evidence:
    """Counts over all rows. `fewest` independent answers an item has (None: there is no item), `below` items have fewer
    than was asked. `without_*` were given under no qualification, on items of which `examples` are ids. Of the
    decisions `looked` were looked at again, and `same` of those looks came to the same.
    """

    items: int = 0
    fewest: int | None = None
    below: int = 0
    answers: int = 0
    decisions: int = 0
    without_answers: int = 0
    without_decisions: int = 0
    looked: int = 0
    same: int = 0
    examples: list[str] = field(default_factory=list)

    def count_independent(self, answers: int, least: int) -> None:
        """One item with so many independent answers."""
        self.items += 1
        self.below += answers < least
        self.fewest = answers if self.fewest is None else min(self.fewest, answers)

    def count_authors(self, item: str, answers: int, decisions: int) -> None:
        """One item with so many answers and decisions by people who could show nothing for it."""
        self.without_answers += answers
        self.without_decisions += decisions
        if (answers or decisions) and len(self.examples) < MOST_EXAMPLES:
            self.examples.append(item)


def evidence_of(release: Release, tell: Callable[[int], None] | None) -> Evidence:
    """Read every row once, AT_ONCE at a time, by four statements each; `tell` hears how many have been read."""
    found, least = Evidence(), release.policy.get("least_overlap") or 0
    members = release.members.order_by("position").values_list("item__uid", "gold", "versions")
    rows = members.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        _count(found, release, some, least)
        if tell:
            tell(found.items)
    return found


def _count(found: Evidence, release: Release, rows: Collection[Row], least: int) -> None:
    leaning, decided = _leaning(rows), _decided(rows)
    for item, gold, versions in rows:
        found.answers += len(versions)
        found.count_independent(sum(one["version"] not in leaning for one in versions), least)
        found.count_authors(
            item,
            sum(one["class"] == NONE for one in versions),
            sum(one["class"] == NONE for one in gold if one["gold"] in decided),
        )
    found.decisions += len(decided)
    if decided:
        pairs = pairs_about(release.project, set(decided.values()), before=release.created_at)
        found.looked += len(pairs)
        found.same += sum(pair.same for pair in pairs)


def _leaning(rows: Collection[Row]) -> set[int]:
    """The answers given after somebody else's, or a suggestion, had been shown."""
    pks = [one["version"] for _item, _gold, versions in rows for one in versions]
    found = AnnotationVersion.objects.filter(pk__in=pks).values_list("pk", "blind", "predictions_shown")
    return {pk for pk, blind, shown in found if not blind or shown}


def _decided(rows: Collection[Row]) -> dict[int, int]:
    """Gold label -> the first dispute that its decision is about, of those that rest on a decision."""
    pks = [one["gold"] for _item, gold, _versions in rows for one in gold if one["class"] is not None]
    found = GoldLabel.objects.filter(pk__in=pks, adjudication__isnull=False).values_list(
        "pk", "adjudication__dispute_id", "adjudication__dispute__of_id"
    )
    return {pk: of or dispute for pk, dispute, of in found}
