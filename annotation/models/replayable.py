"""The labels of choice questions that a replay may ask for again. Read-only.

All first-tier answers that count and were given blind, without a suggestion shown: each tells what its person says of
the item alone. Also those asked for because others differed: that would inflate an agreement, but a replay asks anew
and takes of an item what it wants of what there is. Left out are specialists' answers: they are not asked in the same
place.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from annotation.algorithms.canonical import canonical_json
from annotation.algorithms.sethash import SetHash
from annotation.formats.schema import Kind
from annotation.models.annotation import AnnotationVersion
from annotation.models.counting import Answer, Asked
from annotation.models.gold import GoldLabel, HowSettled
from annotation.models.seen import seen_by

AT_ONCE = 500
LEAST_LABELS = 2
"""Of an item with one label there is nothing to choose."""

Triple = tuple[int, int, str]


@dataclass
class Replayable:
    """(item, expert, label) by question, items in the order of their ids, and the hash of all answers looked at."""

    labels: dict[str, list[Triple]] = field(default_factory=lambda: defaultdict(list))
    seen: SetHash = field(default_factory=SetHash)


def replayable(project_id: int, run: int, *, from_results: bool = False) -> Replayable:
    """What run `run` saw. Items with fewer than LEAST_LABELS to a question are left out of it."""
    found, asked = Replayable(), Asked(project_id)
    items = seen_by(project_id, run, from_results=from_results)
    while block := list(islice(items, AT_ONCE)):
        plain = _plain(one.version for answers in block for one in answers)
        for answers in block:
            for one in answers:
                found.seen = found.seen.added(one.digest)
            _add(found, [one for one in answers if one.version in plain], asked)
    return found


@dataclass(frozen=True)
class Decided:
    """What adjudicators had decided of a question, by item, and the ids of the gold labels that say so, in order."""

    values: dict[int, str] = field(default_factory=dict)
    gold: list[int] = field(default_factory=list)


def decided(project_id: int, question: str, at: datetime) -> Decided:
    """By then, as far as it is committed: what was settled earlier may still come. So a run keeps what it read."""
    rows = _adjudicated(project_id, question).filter(
        Q(superseded_at=None) | Q(superseded_at__gt=at), settled_at__lte=at
    )
    return _decided(rows.values_list("pk", "item_id", "value"))


def decided_by(project_id: int, question: str, gold: Iterable[int]) -> Decided:
    """By these gold labels, whatever has come since."""
    kept = set(gold)
    rows = _adjudicated(project_id, question).values_list("pk", "item_id", "value")
    return _decided(row for row in rows if row[0] in kept)


def _adjudicated(project_id: int, question: str) -> "QuerySet[GoldLabel]":
    rows: QuerySet[GoldLabel] = GoldLabel.objects.filter(
        item__project=project_id, question=question, how=HowSettled.ADJUDICATED
    )
    return rows.order_by("pk")


def _decided(rows: Iterable[tuple[int, int, Any]]) -> Decided:
    found = Decided()
    for pk, item, value in rows:
        found.values[item] = canonical_json(value).decode()
        found.gold.append(pk)
    return found


def _add(found: Replayable, answers: list[Answer], asked: Asked) -> None:
    for (key, kind), said in asked.said(answers).items():
        if kind == Kind.CHOICE and len(said) >= LEAST_LABELS:
            found.labels[key] += [
                (one.item, one.expert, canonical_json(one.values.get(key)).decode()) for one in said
            ]


def _plain(versions: Iterator[int]) -> set[int]:
    """Which of these versions were given blind, without a suggestion, by the first tier."""
    rows = AnnotationVersion.objects.filter(pk__in=list(versions), blind=True, annotation__tier="first")
    return {pk for pk, shown in rows.values_list("pk", "predictions_shown") if not shown}
