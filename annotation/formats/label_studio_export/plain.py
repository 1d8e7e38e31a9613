"""A control's values as JSON_MIN, CSV and TSV show them, and the JSON text that stands in a cell."""

from __future__ import annotations

import json
from typing import Any

from annotation.formats.label_studio_export.answered import Values

CHATS = ("Chat", "chatmessage")
_ONLY = {"Choices": "choices", "TextArea": "text"}


def plain(values: Values) -> Any:
    """One choice or one text alone as itself, several as `{"choices": [...]}`; of regions the list of their values."""
    found = [_one(value) for value in values]
    return found[0] if len(found) == 1 and values[0]["type"] in _ONLY else found


def _one(value: dict[str, Any]) -> Any:
    kind = value["type"]
    rest = {name: part for name, part in value.items() if name != "type"}
    if kind in CHATS:
        return rest.get("chatmessage", rest)
    said = rest.get(_ONLY.get(kind, ""))
    return said[0] if isinstance(said, list | str) and len(said) == 1 else rest


def cell_text(value: object) -> str:
    """JSON in a cell, to the byte as Label Studio writes it: no spaces, and each slash escaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")


def transcript(messages: object) -> str:
    """A chat as lines of `role: content`."""
    if not isinstance(messages, list):
        return ""
    return "\n".join(_line(one) for one in messages if isinstance(one, dict))


def _line(message: dict[str, Any]) -> str:
    role, content = str(message.get("role", "")), str(message.get("content", ""))
    if not role:
        return content
    return f"{role}: {content}" if content else f"{role}:"
