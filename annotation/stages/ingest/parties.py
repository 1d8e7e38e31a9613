"""Whom an item names, read again when its data are corrected."""

from collections.abc import Mapping
from typing import Any

from annotation.formats.messages import FormatError
from annotation.formats.row_types import Position, Row
from annotation.models import Item, ItemParty, Project
from annotation.refuse import refusal
from annotation.stages.ingest.reading import parties_named
from core.refusals import InvalidInput


def parties_in(project: Project, data: Mapping[str, Any]) -> set[str]:
    """The keys of the parties that the data name. Raises InvalidInput for what names nobody."""
    row = Row(1, dict(data), {}, Position(1, 1))
    try:
        return parties_named(project, row)
    except FormatError as error:
        raise refusal(error, InvalidInput) from error


def name_parties_anew(item: Item, data: Mapping[str, Any]) -> None:
    """The item's parties are those of its new data. In a transaction. Raises InvalidInput."""
    keys = parties_in(item.project, data)
    ItemParty.objects.filter(item=item).exclude(key__in=keys).delete()
    ItemParty.objects.bulk_create(
        [ItemParty(project_id=item.project_id, item=item, key=key) for key in sorted(keys)],
        ignore_conflicts=True,
    )
