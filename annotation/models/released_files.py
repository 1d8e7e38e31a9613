"""The files that the items of a release show. A release names them by hash; on request it holds them too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Sum

from annotation.models.asset import Asset, AssetQuerySet, ItemAsset
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.release import Release, ReleaseMember

FOLDER = "files"
"""Where they stand in a release, each named by its hash."""
FORMAT = "file"
"""The format of their rows in `ReleaseFile`."""


def files_of(release: Release) -> AssetQuerySet:
    """Each file once, by hash."""
    items = ReleaseMember.objects.filter(release=release).values("item")
    shown = ItemAsset.objects.filter(item__in=items).values("asset")
    return Asset.objects.filter(pk__in=shown).order_by("sha256")


def files_by_item(items: Sequence[int]) -> dict[int, dict[str, str]]:
    """Where the files that these items show stand in a release that holds them: by item, path by hash. One query."""
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for shown in ItemAsset.objects.filter(item__in=items).select_related("asset"):
        found[shown.item_id][shown.asset.sha256] = f"{FOLDER}/{shown.asset.file_name}"
    return found


def files_settled(project: Project) -> dict[str, int]:
    """How many files a release made now would name, and their bytes."""
    items = Item.objects.filter(project=project, control=False, bad_at=None).exclude(settled_at=None)
    shown = ItemAsset.objects.filter(item__in=items.values("pk")).values("asset")
    return _counted(Asset.objects.filter(pk__in=shown))


def files_facts(release: Release, *, included: bool) -> dict[str, Any]:
    """What a manifest says of them; nothing where items are texts only."""
    counted = _counted(files_of(release))
    return {"files": {**counted, "included": included}} if counted["count"] else {}


def _counted(rows: AssetQuerySet) -> dict[str, int]:
    found = rows.order_by().aggregate(count=Count("pk"), size=Sum("size"))
    return {"count": found["count"], "size": found["size"] or 0}
