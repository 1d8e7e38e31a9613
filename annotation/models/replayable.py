"""The labels of choice questions that a replay may ask for again. Read-only.

All first-tier answers that count and were given blind, without a suggestion shown: each tells what its person says of
the item alone. Also those asked for because others differed: that would inflate an agreement, but a replay asks anew
and takes of an item what it wants of what there is. Left out are specialists' answers: they are not asked in the same
place.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db.models import Q

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


def decided(project_id: int, question: str, at: datetime) -> dict[int, str]:
    """What adjudicators had decided by then, by item."""
    rows = GoldLabel.objects.filter(
        Q(superseded_at=None) | Q(superseded_at__gt=at),
        item__project=project_id,
        question=question,
        how=HowSettled.ADJUDICATED,
        settled_at__lte=at,
    )
    return {
        item: canonical_json(value).decode()
        for item, value in rows.order_by("pk").values_list("item_id", "value")
    }


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
