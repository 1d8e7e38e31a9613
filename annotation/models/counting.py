"""The answers that statistics are made from, item by item. Read-only.

All that count: not retracted, not surplus, of the item's current round, to no control item. Of these agreement is
measured from each item's *first* ones, as many as were asked for without regard to what was answered (`overlap -
widened`): given blind, without a prediction shown, by the first tier. Experts answer an item once a round, and a
correction replaces what it corrects: so there are no repeated labels.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotation.algorithms.canonical import canonical_json, sha256_hex
from annotation.formats.schema import Kind
from annotation.models.annotation import Annotation
from annotation.models.schema import LabelSchema

_MAY_BE_NONE = (Kind.SPANS, Kind.RELATIONS)

Question = tuple[str, str]
"""A question's key and kind."""


@dataclass(frozen=True)
class Answer:
    """One version of one expert's answer to an item. `values` are judgement values by question key."""

    item: int
    version: int
    annotation: str
    number: int
    expert: int
    schema: int
    guideline: int
    given_at: datetime
    seconds: float
    first: bool
    values: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """The SHA-256 of what it says, and of whose version it is: a member of the hashes of `FoldState`."""
        return sha256_hex(canonical_json([self.annotation, self.number, dict(self.values)]))


_COLUMNS = (
    "pk",
    "uid",
    "item_id",
    "expert_id",
    "tier",
    "current_id",
    "current__number",
    "current__label_schema_id",
    "current__guideline__version",
    "current__blind",
    "current__predictions_shown",
    "current__seconds",
    "current__created_at",
    "item__overlap",
    "item__widened",
    "judgements__question",
    "judgements__value",
)


def answers_of(items: Sequence[int]) -> dict[int, list[Answer]]:
    """The answers that count for these items (ids), in the order in which they were given. One statement."""
    counted = Annotation.objects.counted().filter(item__in=items, item__control=False).exclude(current=None)
    rows: dict[int, tuple[Any, ...]] = {}
    values: dict[int, dict[str, Any]] = defaultdict(dict)
    for *columns, question, value in counted.order_by("pk").values_list(*_COLUMNS):
        rows[columns[0]] = tuple(columns)
        if question is not None:
            values[columns[0]][question] = value
    found: dict[int, list[Answer]] = defaultdict(list)
    taken: dict[int, int] = defaultdict(int)
    for pk, uid, item, expert, tier, version, number, schema, guideline, *more in rows.values():
        blind, shown, seconds, given_at, overlap, widened = more
        first = tier == "first" and blind and not shown and taken[item] < overlap - widened
        taken[item] += first
        found[item].append(
            Answer(
                item, version, uid, number, expert, schema, guideline, given_at, seconds, first, values[pk]
            )
        )
    return found


class Asked:
    """Which questions each version of a project's schema asks. Versions never change: read once."""

    def __init__(self, project_id: int) -> None:
        self._project_id = project_id
        self._known: dict[int, tuple[Question, ...]] = {}

    def by(self, schema: int) -> tuple[Question, ...]:
        """The questions that this version (an id) asks, those left out whose answers are only collected."""
        if schema not in self._known:
            for one in LabelSchema.objects.filter(project=self._project_id):
                asked = [(str(each.key), str(each.kind)) for each in one.schema.questions]
                self._known[one.pk] = tuple(each for each in asked if Kind(each[1]).compared)
        return self._known[schema]

    def said(self, answers: Iterable[Answer]) -> dict[Question, list[Answer]]:
        """By question, who of these said something to it: whose own schema asked it, and who answered.

        Who was asked for spans or relations and marked none said that there are none.
        """
        found: dict[Question, list[Answer]] = defaultdict(list)
        for answer in answers:
            for question in self.by(answer.schema):
                if question[1] in _MAY_BE_NONE or question[0] in answer.values:
                    found[question].append(answer)
        return found
