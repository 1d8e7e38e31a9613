"""A result's regions with offsets as Label Studio counts them, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotation.formats.utf16 import Utf16Offsets

Region = Mapping[str, Any]


def to_label_studio(result: Sequence[Region], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Regions with offsets in UTF-16 units. `texts` holds the item's texts by field name (`to_name`)."""
    return _converted(result, texts, lambda offsets: offsets.to_utf16)


def from_label_studio(result: Sequence[Region], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Regions with offsets in code points; raises ValueError for an offset outside a text or within a character."""
    return _converted(result, texts, lambda offsets: offsets.from_utf16)


def _converted(
    result: Sequence[Region], texts: Mapping[str, str], way: Callable[[Utf16Offsets], Callable[[int], int]]
) -> list[dict[str, Any]]:
    offsets: dict[str, Utf16Offsets] = {}
    converted = []
    for region in result:
        changed = dict(region)
        name, value = region.get("to_name"), region.get("value")
        if (
            region.get("type") == "labels"
            and isinstance(value, Mapping)
            and isinstance(name, str)
            and name in texts
        ):
            convert = way(offsets.setdefault(name, Utf16Offsets(texts[name])))
            changed["value"] = {**value, "start": convert(value["start"]), "end": convert(value["end"])}
        converted.append(changed)
    return converted
