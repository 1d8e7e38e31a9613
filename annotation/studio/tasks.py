"""Items as Label Studio's API tells of them: tasks, one or a page of them, in a few statements."""

import json
from collections.abc import Sequence
from typing import Any

from annotation.models import Assignment, Draft, Item, Prediction
from annotation.models.access import may
from annotation.models.assignment import Outcome
from annotation.models.studio_counts import answers, of_items, own_answers
from annotation.studio import people
from annotation.studio.answers import (
    Schemas,
    annotation_json,
    by_item,
    draft_json,
    last_change,
    prediction_json,
    with_parts,
)
from annotation.studio.projects import options_of
from core.models import User
from core.questions import NUMBER, Question, ask_all
from core.roles import Capability

_item = Question[Item](lambda item: Item.everything.filter(pk=item).order_by(), item=NUMBER)
_own = Question[Assignment](
    lambda item, user: with_parts(own_answers(user).filter(item=item)), item=NUMBER, user=NUMBER
)
_predicted = Question[Prediction](
    lambda item: Prediction.objects.filter(item=item).order_by("pk"), item=NUMBER
)
_draft = Question[Draft](
    lambda assignment: Draft.objects.filter(assignment=assignment).select_related("assignment"),
    assignment=NUMBER,
)
_ALWAYS: dict[str, Any] = {
    "file_upload": None,
    "storage_filename": None,
    "comment_authors": [],
    "comment_count": 0,
    "unresolved_comment_count": 0,
    "last_comment_updated_at": None,
    "allow_skip": True,
}


def tasks_json(
    items: Sequence[Item], user: User, *, sees_all: bool, whole: bool = True, whole_authors: bool = True
) -> list[dict[str, Any]]:
    """Tasks in the order of `items`. Who does not see all the work is told of their own answers alone.

    `whole`: with answers, predictions and drafts. `whole_authors`: authors with name and address, not by number.
    """
    ids, schemas = [item.pk for item in items], Schemas()
    counted = of_items(ids, of=None if sees_all else user)
    said = (answers() if sees_all else own_answers(user)).filter(item__in=ids)
    given: dict[int, list[Assignment]] = by_item(with_parts(said)) if whole else {}
    predicted = by_item(_predictions(ids, sees_all)) if whole else {}
    drafts = _drafts(ids, user, sees_all) if whole else {}
    version = options_of(items[0].project)["model_version"] if predicted else ""
    return [
        {
            **_facts(item, counted[item.pk]),
            **_columns(given.get(item.pk, ()), predicted.get(item.pk, ()), item, schemas, version),
            **({} if sees_all else _blind(item, counted[item.pk])),
            "annotations": [
                annotation_json(one, whole_author=whole_authors) for one in given.get(item.pk, ())
            ],
            "predictions": [prediction_json(one, item, schemas) for one in predicted.get(item.pk, ())],
            "draft_exists": item.pk in drafts,
            "drafts": [
                draft_json(one, one.assignment.expert.user, item, schemas) for one in drafts.get(item.pk, ())
            ],
        }
        for item in items
    ]


def _columns(
    given: Sequence[Assignment],
    predicted: Sequence[Prediction],
    item: Item,
    schemas: Schemas,
    version: str | None = "",
) -> dict[str, Any]:
    """What the Data Manager shows of the answers and predictions that are told: results as text, numbers in a row.

    `version`: the model version whose scores are told, where the project has chosen one.
    """
    answers_ = [annotation_json(one) for one in given]
    scores = [one.score for one in predicted if one.score is not None and version in (None, "", one.model)]
    times = [one["lead_time"] for one in answers_ if one["lead_time"] is not None]
    changed_at, changed_by = last_change(item, answers_)
    return {
        "annotations_results": _as_text([one["result"] for one in answers_]),
        "predictions_results": _as_text([prediction_json(one, item, schemas)["result"] for one in predicted]),
        "predictions_model_versions": ",".join(sorted({one.model for one in predicted if one.model})),
        "predictions_score": sum(scores) / len(scores) if scores else None,
        "annotations_ids": ",".join(str(one["id"]) for one in answers_),
        "annotators": list(dict.fromkeys(one["completed_by"] for one in answers_)),
        "ground_truth": any(one["ground_truth"] for one in answers_),
        "avg_lead_time": sum(times) / len(times) if times else None,
        "updated_at": changed_at,
        "updated_by": [{"user_id": changed_by}] if changed_by else [],
    }


def _as_text(results: Sequence[Any]) -> str:
    """Without quotation marks, as Label Studio's list has them."""
    return ", ".join(json.dumps(one, ensure_ascii=False).replace('"', "") for one in results)


def facts_json(items: Sequence[Item]) -> list[dict[str, Any]]:
    """Tasks without what was said of them."""
    counted = of_items([item.pk for item in items])
    return [_facts(item, counted[item.pk]) for item in items]


def _predictions(ids: Sequence[int], sees_all: bool) -> Any:
    rows = Prediction.objects.filter(item__in=ids).order_by("pk")
    return rows if sees_all else rows.filter(project__suggestions=True)


def _drafts(ids: Sequence[int], user: User, sees_all: bool) -> dict[int, list[Draft]]:
    rows = Draft.objects.filter(assignment__item__in=ids).select_related("assignment__expert__user")
    if not sees_all:
        rows = rows.filter(assignment__expert__user=user)
    found: dict[int, list[Draft]] = {}
    for draft in rows.order_by("pk"):
        found.setdefault(draft.assignment.item_id, []).append(draft)
    return found


def _facts(item: Item, counted: dict[str, int]) -> dict[str, Any]:
    return {
        "id": item.pk,
        "data": item.data,
        "meta": item.meta,
        "created_at": item.created_at,
        "updated_at": item.changed_at or item.labelled_at or item.created_at,
        "is_labeled": item.filled >= item.overlap,
        # What is still to be opened will ask for what the project asks for then.
        "overlap": item.overlap if item.routed_at else item.project.overlap,
        "inner_id": item.number,
        "project": item.project_id,
        "total_annotations": counted["answered"],
        "cancelled_annotations": counted["skipped"],
        "total_predictions": counted["predicted"],
        "completed_at": item.labelled_at,
        "updated_by": [{"user_id": item.changed_by_id}] if item.changed_by_id else [],
        **_ALWAYS,
        "file_upload": item.batch_id,
    }


def _blind(item: Item, counted: dict[str, int]) -> dict[str, Any]:
    """What is told otherwise to who labels: nothing of what others said, or of whether it is a control item.

    Those are not counted in their project, and an item on which people differ is asked of more of them.
    """
    return {
        "is_labeled": counted["answered"] > 0,
        "inner_id": item.pk,
        "overlap": item.project.overlap,
        "total_predictions": counted["predicted"] if item.project.suggestions else 0,
        "completed_at": None,
        "updated_at": item.changed_at or item.created_at,
        "file_upload": None,
    }


def next_json(assignment: Assignment, user: User) -> dict[str, Any]:
    """The task that an expert holds, as an editor needs it: nobody else's answers."""
    project, here = assignment.project, assignment.item_id
    (item,), drafts, mine, predicted = ask_all(
        (_item, {"item": here}),
        (_draft, {"assignment": assignment.pk}),
        (_own, {"item": here, "user": user.pk}),
        (_predicted, {"item": here}),
    )
    item.project, draft = project, next(iter(drafts), None)
    counted = {
        "answered": sum(one.outcome == Outcome.SUBMITTED for one in mine),
        "skipped": sum(one.outcome == Outcome.SKIPPED for one in mine),
        "predicted": len(predicted),
    }
    schemas, told = Schemas(), _blind(item, counted)
    sees_all = may(user, project, Capability.SEE_WORK)  # they are shown suggestions anyway
    if sees_all:
        told |= {"total_predictions": len(predicted), "inner_id": item.number or item.pk}
    shown = predicted if sees_all or project.suggestions else []
    version = options_of(project)["model_version"] if shown else ""
    return {
        **_facts(item, counted),
        **_columns(mine, shown, item, schemas),
        **told,
        "draft_exists": draft is not None,
        "annotations": [annotation_json(one, whole_author=True) for one in mine],
        "predictions": [
            prediction_json(one, item, schemas) for one in shown if version in (None, "", one.model)
        ],
        "drafts": [draft_json(draft, user, item, schemas)] if draft else [],
        "queue": "Sequence",
        "user": people.simple(user),
    }
