"""What the gate counts on the rows of a frozen release, in one pass: answers, decisions, second looks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from annotation.models.annotation import AnnotationVersion
from annotation.models.credentials_then import NONE
from annotation.models.gold import GoldLabel
from annotation.models.release import Release
from annotation.models.second_look import pairs_about

AT_ONCE = 1000
MOST_EXAMPLES = 20

Entry = dict[str, Any]


@dataclass
class Tally:
    """Counts over all rows. `fewest` independent answers an item has (null: there is no item), `below` items have fewer
    than was asked. `without_*` were given under no qualification, on items of which `examples` are ids.
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

    def count_answers(self, independent: int, least: int) -> None:
        """One item with so many independent answers."""
        self.items += 1
        self.below += independent < least
        self.fewest = independent if self.fewest is None else min(self.fewest, independent)


def tally_of(release: Release) -> Tally:
    """Read every row once, AT_ONCE at a time, by three or four statements each."""
    tally, least = Tally(), release.policy.get("least_overlap") or 0
    members = release.members.order_by("position").values_list("item__uid", "gold", "versions")
    for rows in batched(members.iterator(chunk_size=AT_ONCE), AT_ONCE):
        shown = _not_independent(rows)
        decided = _decided(rows)
        for item, gold, versions in rows:
            tally.count_answers(sum(entry["version"] not in shown for entry in versions), least)
            tally.answers += len(versions)
            answers = sum(entry["class"] == NONE for entry in versions)
            decisions = sum(entry["class"] == NONE for entry in gold if entry["gold"] in decided)
            tally.without_answers += answers
            tally.without_decisions += decisions
            if (answers or decisions) and len(tally.examples) < MOST_EXAMPLES:
                tally.examples.append(item)
        tally.decisions += len(decided)
        _count_looks(tally, release, set(decided.values()))
    return tally


def _not_independent(rows: tuple[Any, ...]) -> set[int]:
    """The answers given after somebody else's, or a prediction, had been shown."""
    pks = [entry["version"] for _item, _gold, versions in rows for entry in versions]
    found = AnnotationVersion.objects.filter(pk__in=pks).values_list("pk", "blind", "predictions_shown")
    return {pk for pk, blind, shown in found if not blind or shown}


def _decided(rows: tuple[Any, ...]) -> dict[int, int]:
    """Gold label -> the first dispute that its decision is about, of those that rest on a decision."""
    pks = [entry["gold"] for entry in _gold(rows) if entry["class"] is not None]
    if not pks:
        return {}
    found = GoldLabel.objects.filter(pk__in=pks).values_list(
        "pk", "adjudication__dispute_id", "adjudication__dispute__of_id"
    )
    return {pk: of or dispute for pk, dispute, of in found if dispute is not None}


def _gold(rows: tuple[Any, ...]) -> Iterator[Entry]:
    for _item, gold, _versions in rows:
        yield from gold


def _count_looks(tally: Tally, release: Release, disputes: set[int]) -> None:
    if not disputes:
        return
    pairs = pairs_about(release.project, disputes, before=release.created_at)
    tally.looked += len(pairs)
    tally.same += sum(pair.same for pair in pairs)


