"""Items as exports hold them, a page at a time, and which of them are wanted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from annotation import scripted
from annotation.api.label_studio.base import whole
from annotation.api.label_studio.tasks import selected, view_query
from annotation.formats.label_studio_query import Query
from annotation.models import Assignment, Draft, Item, Prediction, Project
from annotation.models.assignment import Outcome
from annotation.models.studio_counts import ANSWERED, SKIPPED, answers
from annotation.studio import people
from annotation.studio.answers import (
    Schemas,
    annotation_json,
    by_item,
    draft_json,
    last_change,
    moment,
    plain,
    prediction_json,
    with_parts,
)
from core.models import User

PAGE = 1000
_FACTS = (
    "pk",
    "project_id",
    "batch_id",
    "data",
    "meta",
    "number",
    "created_at",
    "changed_at",
    "changed_by_id",
)


@dataclass(frozen=True)
class Wanted:
    """Which items, which of their answers, and how much is said of them."""

    ids: Sequence[int] | None = None
    answered_only: bool = False
    annotated: str = ""
    skipped: str = ""
    finished: str = ""
    query: Query = field(default_factory=Query)
    usual: bool = True
    truth: bool = True
    skips: bool = True
    authors_whole: bool = False

    @classmethod
    def of(cls, user: User, given: Mapping[str, Any]) -> "Wanted":
        """What a snapshot is asked for. Raises InvalidInput, NotFound."""
        tasks = given.get("task_filter_options") or {}
        said = given.get("annotation_filter_options")
        kinds = dict.fromkeys(("usual", "ground_truth", "skipped"), said is None)
        kinds |= {"usual": True, **(said or {})}
        if not any(kinds.values()):  # who wants no kind is given all of them, as Label Studio does
            kinds = dict.fromkeys(kinds, True)
        shape = given.get("serialization_options") or {}
        query = Query()
        if tasks.get("view"):
            view = scripted.view_of(user, whole(tasks["view"], "task_filter_options.view"))
            query = view_query(view.data)
        author = shape.get("annotations__completed_by")
        return cls(
            answered_only=bool(tasks.get("only_with_annotations")),
            annotated=str(tasks.get("annotated") or ""),
            skipped=str(tasks.get("skipped") or ""),
            finished=str(tasks.get("finished") or ""),
            query=query,
            usual=bool(kinds["usual"]),
            truth=bool(kinds["ground_truth"]),
            skips=bool(kinds["skipped"]),
            authors_whole=isinstance(author, dict) and author.get("only_id") is False,
        )


def exported(project: Project, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """The wanted tasks in the order of their numbers; some statements a page."""
    rows = _chosen(Item.objects.filter(project=project, control=False), wanted)
    last = 0
    while page := _page(rows, last):
        yield from _tasks(project, last, page, wanted)
        last = page[-1].pk


def _page(rows: "QuerySet[Item]", after: int) -> list[Any]:
    """Rows and not objects: most tasks have little more to say than their data, and making objects costs as much."""
    return list(rows.filter(pk__gt=after).order_by("pk").values_list(*_FACTS, named=True)[:PAGE])


def _chosen(rows: "QuerySet[Item]", wanted: Wanted) -> "QuerySet[Item]":
    if wanted.ids is not None:
        rows = rows.filter(pk__in=wanted.ids)
    said = answers().filter(item=OuterRef("pk"))
    if wanted.answered_only:
        rows = rows.filter(Exists(said))
    rows = _only(rows, wanted.annotated, Exists(said.filter(ANSWERED)))
    rows = _only(rows, wanted.skipped, Exists(said.filter(SKIPPED)))
    rows = _only(rows, wanted.finished, Exists(said.filter(ANSWERED)))
    return selected(rows, wanted.query)


def _only(rows: "QuerySet[Item]", how: str, found: Exists) -> "QuerySet[Item]":
    if how == "only":
        return rows.filter(found)
    return rows.filter(~found) if how == "exclude" else rows


def _tasks(project: Project, after: int, page: Sequence[Any], wanted: Wanted) -> Iterator[dict[str, Any]]:
    # Numbers from … to are found by an index at once; a list of a thousand is read one by one.
    here: dict[str, Any] = {"project": project, "item__gt": after, "item__lte": page[-1].pk}
    said: dict[int, list[Assignment]] = by_item(with_parts(answers().filter(**here)))
    predicted = by_item(Prediction.objects.filter(**here).order_by("pk"))
    drafts: dict[int, list[Draft]] = {}
    kept = Draft.objects.filter(**{f"assignment__{name}": value for name, value in here.items()})
    for draft in kept.select_related("assignment__expert__user"):
        drafts.setdefault(draft.assignment.item_id, []).append(draft)
    schemas = Schemas()
    for item in page:
        given, brought = said.get(item.pk, ()), predicted.get(item.pk, ())
        told = [_annotation(one, wanted) for one in given if _is_wanted(one, wanted)]
        changed_at, changed_by = last_change(item, told)
        yield {
            "id": item.pk,
            "annotations": [plain(one) for one in told],
            "file_upload": item.batch_id,
            "drafts": [
                plain(draft_json(one, one.assignment.expert.user, item, schemas))
                for one in drafts.get(item.pk, ())
            ],
            "predictions": [plain(prediction_json(one, item, schemas)) for one in brought],
            "data": item.data,
            "meta": item.meta,
            "created_at": moment(item.created_at),
            "updated_at": moment(changed_at),
            "allow_skip": True,
            "inner_id": item.number,
            "total_annotations": sum(one.outcome == Outcome.SUBMITTED for one in given),
            "cancelled_annotations": sum(one.outcome == Outcome.SKIPPED for one in given),
            "total_predictions": len(brought),
            "comment_count": 0,
            "unresolved_comment_count": 0,
            "last_comment_updated_at": None,
            "project": project.pk,
            "updated_by": changed_by,
            "comment_authors": [],
        }


def _is_wanted(place: Assignment, wanted: Wanted) -> bool:
    kept = getattr(place, "studio", None)
    if place.outcome == Outcome.SKIPPED:
        return wanted.skips
    return wanted.truth if kept and kept.ground_truth else wanted.usual


def _annotation(place: Assignment, wanted: Wanted) -> dict[str, Any]:
    told = annotation_json(place)
    del told["created_username"], told["created_ago"]
    if wanted.authors_whole:
        told["completed_by"] = people.simple(place.expert.user)
    return {**told, "prediction": {}, "result_count": len(told["result"])}
