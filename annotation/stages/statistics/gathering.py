"""Who said what to each question: what measures read that no table of folding holds. Read-only.

Kept in memory, so of many items only some, drawn by a seed from those that two people answered: the draw depends on
nothing but the seed and the items' ids, and comes out the same when a run is computed again.
"""

from collections.abc import Callable, Collection, Container, Hashable, Sequence
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from random import Random
from typing import Any

from django.db.models import TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Length

from annotation.algorithms.contribution import label_of
from annotation.algorithms.study import Study
from annotation.formats.lengths import length_of
from annotation.formats.schema import Field, FieldKind, Kind, Question, Schema
from annotation.models import Item, LabelSchema, Project
from annotation.models.counting import Answer, Asked
from annotation.models.seen import seen_by
from annotation.stages.statistics.tables import document_of, seed_of

MOST_ITEMS = {Kind.SPANS: 20_000, Kind.RELATIONS: 20_000, Kind.TEXT: 1_000}
"""So many items at most, by kind of question: spans, relations and texts are compared pair by pair."""
MOST_OTHERS = 50_000
AT_ONCE = 500

Said = tuple[int, int, Any]
"""An item, an expert, and what they said."""


@dataclass
class Gathered:
    """One question's answers. `shared` counts the items that two people answered, `left_out` those not drawn."""

    question: Question
    most: int
    seed: int
    shared: int = 0
    left_out: int = 0
    _drawn: list[tuple[bool, float, int, list[Said]]] = field(default_factory=list)

    def add(self, item: int, rows: list[Said]) -> None:
        """An item's answers: kept while there is room, else where the draw says so."""
        pairable = len(rows) > 1
        self.shared += pairable
        entry = (pairable, Random(f"{self.seed}:{item}").random(), item, rows)  # noqa: S311
        if len(self._drawn) < self.most:
            heappush(self._drawn, entry)
        else:
            self.left_out += heappushpop(self._drawn, entry)[0]

    @property
    def items(self) -> dict[int, int]:
        """How many answers each item has, those first that would have been drawn of fewer too."""
        return {item: len(rows) for _, _, item, rows in sorted(self._drawn, reverse=True)}

    def study(self, items: "Places", only: Container[Hashable] | None = None) -> Study:
        """As the measures read it: items of one document together; spans with the lengths of their texts."""
        kept = sorted((item, rows) for _, _, item, rows in self._drawn if only is None or item in only)
        rows = [row for _, mine in kept for row in mine]
        extents: dict[Hashable, int] | None = None
        if self.question.kind == Kind.SPANS:
            extents = {item: items.lengths.get(item, 0) for item, _ in kept}
            for item, _, spans in rows:
                # A database may end a text at a NUL: no span lies outside of its text.
                extents[item] = max(extents[item], *(end for _, end, _ in spans), 0)
        labels = [label.key for label in self.question.labels] if self.question.kind == Kind.CHOICE else []
        return Study.from_triples(rows, categories=labels, groups=items.documents or None, extents=extents)


@dataclass
class Places:
    """Of a project's items the documents, none where no two share one, and the lengths of one field."""

    documents: dict[Hashable, Hashable] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)


def gather(
    project: Project,
    run: int,
    schema: Schema,
    *,
    seed: int,
    scopes: Sequence[str],
    from_results: bool = False,
) -> list[Gathered]:
    """What run `run` saw, question by question in the schema's order; one pass over the answers.

    `scopes` has the scope of each question's figures, which its seed is drawn from. `from_results` reads the answers
    from the immutable results of their versions. Raises AnswerInvalid as `seen_by`.
    """
    found = [
        Gathered(one, MOST_ITEMS.get(one.kind, MOST_OTHERS), seed_of(project.pk, one.key, scope, seed))
        for one, scope in zip(schema.questions, scopes, strict=True)
    ]
    said = _Answers(project.pk)
    for answers in seen_by(project.pk, run, only_first=True, from_results=from_results):
        by_question = said.of(answers)
        for one in found:
            given = by_question.get((one.question.key, str(one.question.kind)), [])
            if given:
                value = _READERS.get(one.question.kind, _plain)
                key = one.question.key
                one.add(
                    given[0].item, [(each.item, each.expert, value(each.values.get(key))) for each in given]
                )
    return found


def places(project: Project, place: Field | None, *, grouped: bool) -> Places:
    """The documents of all items of the project where several are of one (`grouped`); of the field `place` how long it
    is, which of a plain text the database knows. One statement at most.
    """
    found = Places()
    if place is None and not grouped:
        return found
    rows = Item.objects.filter(project=project, control=False)
    plain = place is not None and place.kind is FieldKind.TEXT
    if place is not None and plain:
        rows = rows.annotate(size=Length(Cast(KeyTextTransform(place.key, "data"), TextField())))
    names = ("pk", "group_key", *([] if place is None else ["size" if plain else "data"]))
    for item, group, *told in rows.values_list(*names).iterator(chunk_size=AT_ONCE):
        if grouped:
            found.documents[item] = document_of(item, group)
        if place is not None:
            found.lengths[item] = (told[0] or 0) if plain else length_of(place, told[0])
    return found


class _Answers:
    """Who said something to which question: `Asked`, and the texts, which are compared nowhere else."""

    def __init__(self, project_id: int) -> None:
        self._asked = Asked(project_id)
        self._texts: dict[int, Collection[str]] = {
            one.pk: [each.key for each in one.schema.questions if each.kind == Kind.TEXT]
            for one in LabelSchema.objects.filter(project=project_id)
        }

    def of(self, answers: list[Answer]) -> dict[tuple[str, str], list[Answer]]:
        found = self._asked.said(answers)
        for answer in answers:
            for key in self._texts[answer.schema]:
                if key in answer.values:
                    found.setdefault((key, str(Kind.TEXT)), []).append(answer)
        return found


def _plain(value: Any) -> Any:
    return value


def _relations(value: Any) -> tuple[Any, ...]:
    """As the measures of relations read them: both ends, and label with direction as the kind."""
    return tuple(
        sorted(
            (tuple(one), tuple(other), label if way == "right" else f"{label} ({way})")
            for one, other, label, way in value or []
        )
    )


def _spans(value: Any) -> tuple[Any, ...]:
    return tuple(sorted(tuple(span) for span in value or []))


_READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.SPANS: _spans,
    Kind.TEXT: tuple,
    Kind.CHOICES: tuple,
    Kind.RANKING: label_of,
    Kind.RELATIONS: _relations,
}
