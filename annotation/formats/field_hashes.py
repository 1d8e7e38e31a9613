"""The hashes that say which text, or table, or picture an answer is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotation.algorithms.canonical import canonical_json, sha256_hex
from annotation.formats.field_text import field_text
from annotation.formats.schema import FieldKind, Schema
from annotation.formats.text import text_hash

_WITHOUT_TEXT = frozenset({FieldKind.TABLE, FieldKind.LIST, FieldKind.IMAGE})


def field_hashes(schema: Schema, data: Mapping[str, Any]) -> dict[str, str]:
    """The SHA-256 of each field that the item has, by the field's name.

    Of what has a text it is that of the text over which offsets count, else that of the value's canonical JSON.
    """
    found = {}
    for field in schema.fields:
        value = data.get(field.key)
        if field.kind in _WITHOUT_TEXT and value is not None:
            found[field.name] = sha256_hex(canonical_json(value))
        elif value is not None and not (field.kind is FieldKind.TEXT and not isinstance(value, str)):
            found[field.name] = text_hash(field_text(field, data))
    return found
