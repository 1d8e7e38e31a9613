"""What was settled, as an export: tasks with one annotation each, which is the gold answer."""

from collections.abc import Iterator
from typing import Any

from annotation.formats.gold_result import merged
from annotation.formats.label_studio_result import to_label_studio
from annotation.formats.release.rows import GoldAnswer, ReleaseRow
from annotation.formats.schema import Schema
from annotation.models import GoldLabel, Item, Project
from annotation.models.newest import newest_schema
from annotation.studio.answers import by_item, moment

NAME = "GOLD"
"""What `exportType` says."""
PAGE = 500


def settled(project: Project) -> Iterator[dict[str, Any]]:
    """The settled items in the order of their numbers; who decided is named, by number. Two statements a page."""
    schema = newest_schema(project).schema
    rows = Item.objects.filter(project=project, control=False, bad_at=None).exclude(settled_at=None)
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:PAGE]):
        here: dict[str, Any] = {"project": project, "item__gt": last, "item__lte": page[-1].pk}
        last = page[-1].pk
        labels = (
            GoldLabel.objects.current()
            .filter(**here)
            .select_related("adjudication__adjudicator")
            .order_by("pk")
        )
        gold = by_item(labels)
        for item in page:
            if said := gold.get(item.pk):
                yield _task(project, item, said, schema)


def _task(project: Project, item: Item, said: list[GoldLabel], schema: Schema) -> dict[str, Any]:
    answers = [
        GoldAnswer(one.question, one.value, one.result, one.how, moment(one.settled_at)) for one in said
    ]
    row = ReleaseRow(item.uid, item.data, {}, answers, schema=schema)
    regions = [{**one, "id": one.get("id") or f"r{at}"} for at, one in enumerate(merged(row))]
    deciders = [one.adjudication.adjudicator.user_id for one in said if one.adjudication]
    return {
        "id": item.pk,
        "inner_id": item.number,
        "project": project.pk,
        "data": item.data,
        "meta": {**item.meta, "assay": {"settled": {one.question: one.how for one in said}}},
        "created_at": moment(item.created_at),
        "updated_at": max(answer.settled_at for answer in answers),
        "annotations": [
            {
                "id": said[0].pk,
                "task": item.pk,
                "project": project.pk,
                "completed_by": deciders[0] if deciders else None,
                "result": to_label_studio(regions, schema, item.data),
                "was_cancelled": False,
                "ground_truth": True,
                "created_at": min(answer.settled_at for answer in answers),
                "updated_at": max(answer.settled_at for answer in answers),
                "lead_time": None,
            }
        ],
        "predictions": [],
        "drafts": [],
    }
