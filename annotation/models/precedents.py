"""Decisions about what is like a dispute: found by a fixed number of short index scans, whatever the project's size."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from annotation.algorithms.similar import band_keys, key, signature, similarity
from annotation.formats.field_words import field_words
from annotation.formats.schema import Schema
from annotation.models.adjudication import Adjudication, Dispute
from annotation.models.precedent import Precedent

PER_KEY = 20
MOST = 5
LIKE = 0.1
"""Below this similarity of the texts a decision about other labels is no precedent."""

_ONE = (
    "SELECT adjudication_id FROM (SELECT adjudication_id FROM annotation_precedentkey"
    " WHERE key = %s ORDER BY adjudication_id DESC LIMIT %s) AS k{at}"
)


@dataclass(frozen=True)
class Found:
    """An earlier decision. `same_labels`: the same labels were contested. `similarity` of the texts, in [0, 1]."""

    adjudication: Adjudication
    same_labels: bool
    similarity: float


def text_of(dispute: Dispute, schema: Schema) -> str:
    """The text that the disputed question is about; all of the item's texts where the question is gone."""
    question = schema.by_key.get(dispute.question)
    fields = [question.field] if question else list(schema.data_keys)
    data: Mapping[str, Any] = dispute.item.data
    return "\n".join(field_words(schema.by_name[name], data) for name in fields)


def label_key(dispute: Dispute) -> int | None:
    """What disputes about the same labels of the same question have in common; None where nothing is known of them."""
    labels = dispute.tally.get("contested")
    return key("labels", scope_of(dispute), *labels) if labels else None


def text_keys(dispute: Dispute, of: Sequence[int]) -> list[int]:
    """What likely neighbours of the text have in common with it."""
    return band_keys(scope_of(dispute), of)


def scope_of(dispute: Dispute) -> str:
    """Precedents are of the same project, question and room: none is shown across a barrier."""
    return f"{dispute.project_id}:{dispute.question}:{dispute.item.lane.room}"


def similar(dispute: Dispute, schema: Schema, most: int = MOST) -> list[Found]:
    """The decisions most like it: those about the same contested labels first, then by the likeness of the texts.

    Not those about the same item, nor one whose question is being decided anew: an appeal and a second look are decided
    without the first decision. Three statements.
    """
    own = signature(text_of(dispute, schema))
    labels = label_key(dispute)
    candidates = _candidates([*([labels] if labels is not None else []), *text_keys(dispute, own)])
    rows = Precedent.objects.filter(adjudication__in=candidates, overruled=False)
    rows = rows.exclude(adjudication__dispute__item=dispute.item_id).exclude(Exists(_decided_anew()))
    contested = dispute.tally.get("contested") or None
    ranked = sorted(
        (
            (one.labels == contested, similarity(own, one.signature), one.adjudication_id)
            for one in rows.only("labels", "signature", "adjudication")
        ),
        reverse=True,
    )
    chosen = [row for row in ranked if row[0] or row[1] >= LIKE][:most]
    found = decisions([pk for _same, _like, pk in chosen])
    return [Found(found[pk], same, like) for same, like, pk in chosen if pk in found]


def _decided_anew() -> "QuerySet[Dispute]":
    """For a subquery over precedents: an open turn of the same question of the same item."""
    return Dispute.objects.filter(
        item=OuterRef("adjudication__dispute__item"),
        question=OuterRef("adjudication__dispute__question"),
        round=OuterRef("adjudication__dispute__round"),
        closed_at=None,
    )


def decisions(ids: Iterable[int]) -> dict[int, Adjudication]:
    """Decisions by id with what a page tells of them. One statement."""
    rows = Adjudication.objects.filter(pk__in=list(ids))
    return {one.pk: one for one in rows.select_related("dispute__item", "guideline", "label_schema")}


def _candidates(keys: Sequence[int]) -> set[int]:
    """The newest PER_KEY decisions of each key. Raw SQL: the ORM cannot limit each part of a union on SQLite."""
    if not keys:
        return set()
    statement = " UNION ALL ".join(_ONE.format(at=at) for at in range(len(keys)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [part for each in keys for part in (each, PER_KEY)])
        return {row[0] for row in cursor.fetchall()}
