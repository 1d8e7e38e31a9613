"""Answers, skips, drafts and predictions as Label Studio's API tells of them."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.timesince import timesince

from annotation.formats.label_studio_result import to_label_studio
from annotation.formats.schema import Schema
from annotation.models import Annotation, Assignment, Draft, Item, LabelSchema, Prediction, StudioAnswer
from annotation.models.assignment import Outcome
from annotation.studio import people
from core.models import User

_NAMES = uuid.UUID("6f2d1c64-8a5b-4f0e-9a57-3c1f6f0d9b11")
_PARTS = ("annotation__current__label_schema", "studio", "expert__user", "item")


def with_parts(rows: "QuerySet[Assignment]") -> "QuerySet[Assignment]":
    """With all that `annotation_json` reads."""
    return rows.select_related(*_PARTS).order_by("pk")


def annotation_json(place: Assignment, *, whole_author: bool = False) -> dict[str, Any]:
    """An answer or a skip. `whole_author`: inside a task its author is told with name and address."""
    kept: StudioAnswer | None = getattr(place, "studio", None)
    annotation: Annotation | None = getattr(place, "annotation", None)
    author = place.expert.user
    made, changed = _times(place, kept, annotation)
    return {
        "id": kept.number if kept else place.pk,
        "created_username": f" {author.email}, {author.pk}",
        "created_ago": timesince(made, timezone.now()),
        "completed_by": people.simple(author) if whole_author else author.pk,
        "task": place.item_id,
        "project": place.project_id,
        "result": _result(place, kept, annotation),
        "was_cancelled": place.outcome == Outcome.SKIPPED,
        "ground_truth": bool(kept and kept.ground_truth),
        "created_at": made,
        "updated_at": changed,
        "draft_created_at": None,
        "lead_time": _lead_time(kept, annotation),
        "unique_id": str(kept.unique_id if kept else uuid.uuid5(_NAMES, place.uid)),
        "import_id": kept.import_id if kept else None,
        "last_action": (kept.last_action or None) if kept else None,
        "bulk_created": False,
        "updated_by": (kept.updated_by_id if kept else None) or author.pk,
        "parent_prediction": kept.parent_prediction if kept else None,
        "parent_annotation": kept.parent_annotation if kept else None,
        "last_created_by": None,
    }


def _times(
    place: Assignment, kept: StudioAnswer | None, annotation: Annotation | None
) -> tuple[datetime, datetime]:
    if kept:
        return kept.created_at, kept.updated_at
    made = annotation.created_at if annotation else place.ended_at or place.leased_at
    current = annotation.current if annotation else None
    return made, current.created_at if current else made


def _lead_time(kept: StudioAnswer | None, annotation: Annotation | None) -> float | None:
    if kept:
        return kept.lead_time
    return annotation.current.seconds if annotation and annotation.current else None


def _result(
    place: Assignment, kept: StudioAnswer | None, annotation: Annotation | None
) -> list[dict[str, Any]]:
    """As it was sent; what was made on Assay's pages in Label Studio's form."""
    if kept:
        result: list[dict[str, Any]] = kept.result
        return result
    if annotation is None or annotation.current is None:
        return []
    version = annotation.current
    return to_label_studio(version.result, version.label_schema.schema, place.item.data)


def last_change(item: Any, said: Iterable[Mapping[str, Any]]) -> tuple[datetime, int | None]:
    """When an item was last corrected or answered, and by whom; `said`: what is told of its answers.

    Answers that came with it are none of its changes.
    """
    changes = [
        (item.created_at, None),
        *((one["updated_at"], one["updated_by"]) for one in said if _is_new(one)),
    ]
    if item.changed_at:
        changes.append((item.changed_at, item.changed_by_id))
    return max(changes, key=lambda one: one[0])


def _is_new(answer: Mapping[str, Any]) -> bool:
    return bool(answer["last_action"] != "imported")


class Schemas(dict[int, Schema]):
    """The newest questions of each project that is asked for, read once."""

    def __missing__(self, project: int) -> Schema:
        newest = LabelSchema.objects.filter(project=project).order_by("-version")[0]
        return self.setdefault(project, newest.schema)


def prediction_json(prediction: Prediction, item: Item, schemas: Schemas) -> dict[str, Any]:
    """A prediction, as it was sent or, where Assay's pages brought it in, in Label Studio's form."""
    return {
        "id": prediction.pk,
        "model_version": prediction.model,
        "created_ago": timesince(prediction.created_at, timezone.now()),
        "result": _as_sent(prediction, item, schemas),
        "score": prediction.score,
        "cluster": None,
        "neighbors": None,
        "mislabeling": 0,
        "created_at": prediction.created_at,
        "updated_at": prediction.created_at,
        "model": None,
        "model_run": None,
        "task": prediction.item_id,
        "project": prediction.project_id,
    }


def _as_sent(kept: Prediction | Draft, item: Item, schemas: Schemas) -> list[dict[str, Any]]:
    if kept.brought is not None:
        sent: list[dict[str, Any]] = kept.brought
        return sent
    return to_label_studio(kept.result, schemas[item.project_id], item.data)


def draft_json(draft: Draft, by: User, item: Item, schemas: Schemas) -> dict[str, Any]:
    """Work in progress."""
    assignment = draft.assignment
    return {
        "id": draft.pk,
        "user": by.email,
        "created_username": f" {by.email}, {by.pk}",
        "created_ago": timesince(assignment.leased_at, timezone.now()),
        "result": _as_sent(draft, item, schemas),
        "lead_time": draft.seconds or None,
        "was_postponed": False,
        "import_id": None,
        "created_at": assignment.leased_at,
        "updated_at": draft.saved_at,
        "task": item.pk,
        "annotation": assignment.pk if assignment.outcome == Outcome.SUBMITTED else None,
    }


def by_item(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows by their item's id, in their order."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found


def moment(value: datetime) -> str:
    """As JSON tells it."""
    return value.isoformat().replace("+00:00", "Z")


def plain(body: Mapping[str, Any]) -> dict[str, Any]:
    """The same with moments as text: data and results are JSON as they stand."""
    return {name: part if name in _AS_IT_IS else _plain(part) for name, part in body.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, dict):
        return plain(value)
    return [_plain(one) for one in value] if isinstance(value, list) else value


_AS_IT_IS = frozenset({"data", "meta", "result"})
