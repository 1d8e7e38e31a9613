"""By what two items are the same sample, though their bytes differ."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from annotation.algorithms.canonical import canonical_json, sha256_hex
from annotation.algorithms.quality.normal import normalise
from annotation.formats.field_text import field_text
from annotation.formats.schema import Schema


def repeat_key(schema: Schema, data: Mapping[str, Any]) -> str:
    """The SHA-256 of what the item shows, its texts in the normal form in which the check at the door compares them.

    What has no text (pictures, tables, scans) counts as it is. Of an item that shows nothing all data count.
    """
    shown: list[str | None] = []
    for field in schema.fields:
        value = data.get(field.key)
        text = normalise(field_text(field, data)).text
        shown.append(_hash(text) if text else None if value is None else sha256_hex(canonical_json(value)))
    return sha256_hex(canonical_json(shown if any(shown) else dict(data)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
