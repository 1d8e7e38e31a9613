"""What each kind of field needs in an item's data, as it is stored. Refused by code and place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from annotation.formats.answer_place import AnswerInvalid
from annotation.formats.brought_words import card_words
from annotation.formats.html_text import text_of
from annotation.formats.schema import Field, FieldKind


def check_field(field: Field, data: Mapping[str, Any]) -> None:
    """Check that the item's data holds what the field shows; raises AnswerInvalid."""
    if field.key not in data:
        raise AnswerInvalid("field_missing", {"key": field.key}, field.key)
    _CHECKS[field.kind](field, data[field.key])


def _wrong(code: str, field: Field, place: str = "", **params: Any) -> AnswerInvalid:
    return AnswerInvalid(code, {"key": field.key, **params}, field.key + place)


def _text(field: Field, value: Any) -> None:
    if not isinstance(value, str):
        raise _wrong("field_not_text", field)
    if not value.strip():
        raise _wrong("field_empty", field)


def _html(field: Field, value: Any) -> None:
    _text(field, value)
    if not text_of(value).strip():
        raise _wrong("field_empty", field)


def _dialogue(field: Field, value: Any) -> None:
    parts = {"text": field.text_key, "name": field.name_key}
    if not isinstance(value, list) or not value:
        raise _wrong("dialogue_wrong", field, **parts)
    for number, turn in enumerate(value, start=1):
        place = f"[{number - 1}]"
        if not isinstance(turn, dict) or not isinstance(turn.get(field.text_key), str):
            raise _wrong("turn_wrong", field, place, number=number, part=field.text_key, **parts)
        if not isinstance(turn.get(field.name_key, ""), str):
            raise _wrong("turn_wrong", field, place, number=number, part=field.name_key, **parts)


def _chat(field: Field, value: Any) -> None:
    """A chat may be empty: then it is what the expert writes."""
    if not isinstance(value, list):
        raise _wrong("messages_wrong", field)
    for number, message in enumerate(value, start=1):
        for part in ("role", "content"):
            if not isinstance(message, dict) or not isinstance(message.get(part), str):
                raise _wrong("message_wrong", field, f"[{number - 1}]", number=number, part=part)


def _table(field: Field, value: Any) -> None:
    rows = value if isinstance(value, list) else [value]
    if not rows or not all(isinstance(row, dict) for row in rows) or not any(rows):
        raise _wrong("table_wrong", field)


def _list(field: Field, value: Any) -> None:
    if not isinstance(value, list) or not value:
        raise _wrong("list_wrong", field)
    seen: set[str] = set()
    for number, thing in enumerate(value, start=1):
        key = thing.get("id") if isinstance(thing, dict) else None
        if not isinstance(key, str) or not key:
            raise _wrong("list_item_wrong", field, f"[{number - 1}]", number=number)
        if key in seen:
            raise _wrong("list_id_twice", field, f"[{number - 1}].id", id=key)
        if not any(card_words(thing)):
            raise _wrong("list_item_blank", field, f"[{number - 1}]", number=number)
        seen.add(key)


def _pages(field: Field, value: Any) -> None:
    pages = value.get("pages") if _is_file(value) else None
    sound = isinstance(pages, list) and pages and all(_has_size(page) and "text" in page for page in pages)
    if not sound:
        raise _wrong("pages_wrong", field)


def _image(field: Field, value: Any) -> None:
    if not (_is_file(value) and _has_size(value)):
        raise _wrong("image_wrong", field)


def _is_file(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("asset"), str)


def _has_size(value: Any) -> bool:
    sides = (value.get("width"), value.get("height")) if isinstance(value, dict) else (None,)
    return all(isinstance(side, int | float) and side > 0 for side in sides)


_CHECKS: Mapping[FieldKind, Callable[[Field, Any], None]] = {
    FieldKind.TEXT: _text,
    FieldKind.HTML: _html,
    FieldKind.DIALOGUE: _dialogue,
    FieldKind.CHAT: _chat,
    FieldKind.TABLE: _table,
    FieldKind.LIST: _list,
    FieldKind.PAGES: _pages,
    FieldKind.IMAGE: _image,
}
