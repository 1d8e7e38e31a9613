"""What people said of flags stays when a text is checked again and says the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.models import QualityFinding
from annotation.models.quality import Outcome, StepKey

Key = tuple[int, str, bytes]
"""Item, code, and what fills the code's sentence."""
Mark = Mapping[str, Any]
"""Columns of a finding: what was said of it, by whom, when."""


def key_of(item: int, code: str, params: Mapping[str, Any]) -> Key:
    """What makes two flags the same."""
    return item, code, canonical_json(dict(params))


def marks_of(items: Iterable[int]) -> dict[Key, Mark]:
    """What people said of these items' flags; not of items that changed since. For the chunk's transaction.

    The flags stay locked: who marks one at this moment is told that it is gone, and nothing that was said is lost.
    """
    held = QualityFinding.objects.select_for_update(of=("self",), no_key=True).filter(
        item__in=items, step=StepKey.PERSONAL
    )
    columns = ("outcome", "seen_by_id", "seen_at")
    rows = held.order_by("pk").values_list("item_id", "code", "params", "item__changed_at", *columns)
    return {
        key_of(item, code, params): dict(zip(columns, (outcome, by, at), strict=True))
        for item, code, params, changed_at, outcome, by, at in rows
        if outcome != Outcome.OPEN and (changed_at is None or changed_at < at)
    }
