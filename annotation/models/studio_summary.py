"""What a project's data and answers hold, as Label Studio's API sums it up. Read-only."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from annotation.models.assignment import Draft
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.studio import StudioAnswer
from annotation.models.studio_counts import answers

PAGE = 2000


def summary_of(project: Project) -> dict[str, Any]:
    """Columns of the data with how many items have them, and what answers and drafts say by control.

    Read a page at a time: no list grows with the project.
    """
    items, columns = 0, Counter[str]()
    for data in Item.objects.filter(project=project).values_list("data", flat=True).iterator(chunk_size=PAGE):
        items += 1
        columns.update(data.keys())
    said = answers().filter(project=project)
    kept = StudioAnswer.objects.filter(assignment__in=said.values("pk"), cancelled=False)
    made = Counter[str]()
    labels = labels_of(kept.values_list("result", flat=True).iterator(chunk_size=PAGE), made)
    return {
        "all_data_columns": dict(columns),
        "common_data_columns": sorted(key for key, count in columns.items() if count == items),
        "created_annotations": dict(made),
        "created_labels": labels,
        "created_labels_drafts": drafted_labels(project),
    }


def drafted_labels(project: Project) -> dict[str, dict[str, int]]:
    """How often each label stands in scripts' drafts, by control."""
    drafts = Draft.objects.filter(assignment__project=project, assignment__item__deleted_at=None)
    kept = drafts.values_list("brought", flat=True).iterator(chunk_size=PAGE)
    return labels_of((one or [] for one in kept), Counter())


def labels_of(results: Iterable[Any], made: Counter[str]) -> dict[str, dict[str, int]]:
    """How often each label was given, by control; `made` counts regions as `control|object|type`."""
    labels: dict[str, Counter[str]] = {}
    for result in results:
        for region in result:
            name, target, kind = region.get("from_name"), region.get("to_name"), region.get("type")
            if not (name and target and kind):
                continue
            made[f"{name}|{target}|{kind}"] += 1
            for label in _labels(region.get("value"), str(kind)):
                labels.setdefault(str(name), Counter())[label] += 1
    return {name: dict(counted) for name, counted in labels.items()}


def _labels(value: Any, kind: str) -> list[str]:
    given = value.get(kind) if isinstance(value, Mapping) else None
    if not isinstance(given, list):
        return []
    return [str(one[-1]) if isinstance(one, list) and one else str(one) for one in given]


def numbers_of(results: Iterable[Any]) -> dict[str, list[float]]:
    """The numbers and ratings that were given, by control."""
    found: dict[str, list[float]] = {}
    for result in results:
        for region in result:
            value, kind = region.get("value"), region.get("type")
            if isinstance(value, Mapping) and kind in ("number", "rating"):
                number = value.get(kind)
                if isinstance(number, int | float) and not isinstance(number, bool):
                    found.setdefault(str(region.get("from_name")), []).append(number)
    return found
