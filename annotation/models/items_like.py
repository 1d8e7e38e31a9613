"""The items of a project that a list is filtered by. Read-only."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.quality import QualityFinding

ANY_FLAG = "any"


def items_like(
    project: Project,
    *,
    state: str = "",
    language: str = "",
    batch: str = "",
    kind: str = "",
    tier: str = "",
    flag: str = "",
) -> QuerySet[Any]:
    """Those with all that is named, each with its `state`; control items are no part of them.

    `batch` is an id, `kind` and `tier` are what the item's lane asks for, `flag` is a step of the check at the door or
    ANY_FLAG.
    """
    found = Item.objects.filter(project=project, control=False).with_state().select_related("batch", "lane")
    plain = {
        "state": state,
        "language": language,
        "batch__uid": batch,
        "lane__kind": kind,
        "lane__tier": tier,
    }
    found = found.filter(**{name: value for name, value in plain.items() if value})
    if flag:
        flags = QualityFinding.objects.filter(item=OuterRef("pk"))
        found = found.filter(Exists(flags if flag == ANY_FLAG else flags.filter(step=flag)))
    return found
