"""The one text of a field over which offsets count, in Unicode code points. The browser has its twin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from annotation.formats import dialogue, html_text, pages
from annotation.formats.brought_words import shown_cards, shown_labels, without_html
from annotation.formats.offered import offers
from annotation.formats.schema import Field, FieldKind, Schema


def field_text(field: Field, data: Mapping[str, Any]) -> str:
    """The text of the field in an item's data; empty where there is none, whatever stands there.

    Of HTML it is the `textContent` of the cleaned form, of a dialogue or chat its turns joined by a line feed, of pages
    their text layers joined by a form feed. Tables, lists and pictures have none.
    """
    read = _TEXTS.get(field.kind)
    return read(field, data.get(field.key)) if read else ""


def field_texts(schema: Schema, data: Mapping[str, Any]) -> dict[str, str]:
    """The text of each field that has one, by the field's name."""
    return {
        field.name: field_text(field, data)
        for field in schema.fields
        if field.kind in _TEXTS and data.get(field.key) is not None
    }


def shown_data(schema: Schema, data: Mapping[str, Any]) -> dict[str, Any]:
    """What a page may be given of an item's data: only what the schema shows, and HTML only where it is clean.

    Of cards and labels it is given the words (`brought_words`), and no HTML.
    """
    keys = [field.key for field in schema.fields]
    keys += [question.key_of_data for question in schema.questions if question.key_of_data]
    found = {key: data[key] for key in keys if key in data}
    for field in schema.fields:
        if field.kind is FieldKind.HTML and isinstance(found.get(field.key), str):
            found[field.key] = html_text.shown(found[field.key])
    cards = {field.key for field in schema.fields if field.kind is FieldKind.LIST} & found.keys()
    labels = {question.key_of_data for question in schema.questions if offers(question)} & found.keys()
    for key in labels:
        found[key] = shown_labels(found[key])
    for key in cards:
        found[key] = shown_cards(found[key])
    for key in cards | labels:
        found[key] = without_html(found[key])
    return found


def _text(_field: Field, value: Any) -> str:
    return value if isinstance(value, str) else ""


def _html(_field: Field, value: Any) -> str:
    return html_text.text_of(value) if isinstance(value, str) else ""


def _dialogue(field: Field, value: Any) -> str:
    return dialogue.BETWEEN.join(dialogue.turn_texts(value, field.text_key))


def _chat(_field: Field, value: Any) -> str:
    return dialogue.BETWEEN.join(dialogue.turn_texts(value, "content"))


def _pages(_field: Field, value: Any) -> str:
    return pages.BETWEEN.join(pages.page_texts(value))


_TEXTS: Mapping[FieldKind, Callable[[Field, Any], str]] = {
    FieldKind.TEXT: _text,
    FieldKind.HTML: _html,
    FieldKind.DIALOGUE: _dialogue,
    FieldKind.CHAT: _chat,
    FieldKind.PAGES: _pages,
}
