"""TextArea: texts are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.config_attributes import data_key, misplaced, needed, said, truth, whole
from annotation.formats.schema import Kind, Question, Snippet
from annotation.formats.shown import Shown
from annotation.formats.tags.family import Control, Family

MAX_TEXT = 100_000


def _read(control: Control) -> Question:
    node = control.node
    for child in node.children:
        if child.tag.lower() != "shortcut":
            raise misplaced(child, node)
    value = said(node, "value")
    if truth(node, "skipDuplicates"):
        control.note("skip_duplicates", node)
    return control.question(
        Kind.TEXT,
        "textarea",
        placeholder=node.attributes.get("placeholder", ""),
        rows=whole(node, "rows", maximum=100) or 3,
        max_texts=whole(node, "maxSubmissions", maximum=1000),
        markdown=truth(node, "markdown"),
        prefilled="" if "$" in value else value,
        key_of_data=data_key(node, "value") if "$" in value else "",
        snippets=snippets_of(control),
    )


def snippets_of(control: Control) -> tuple[Snippet, ...]:
    """The texts that keys write, of the Shortcut tags inside a control."""
    return tuple(
        Snippet(
            text=needed(child, "value"),
            title=said(child, "alias"),
            hotkey=child.attributes.get("hotkey") or None,
        )
        for child in control.node.children
        if child.tag.lower() == "shortcut"
    )


def bounded(place: Place, text: str) -> str:
    """A text that is not too long."""
    if len(text) > MAX_TEXT:
        raise AnswerInvalid("text_too_long", {"count": len(text), "limit": MAX_TEXT}, place)
    return text


def _one(_shown: Shown, question: Question, place: Place, value: Mapping[str, Any]) -> list[str]:
    given = value.get("text")
    here = place.at("text")
    texts = [
        bounded(here, text)
        for text in here.strings([given] if isinstance(given, str) else given)
        if text.strip()
    ]
    if question.max_texts is not None and len(texts) > question.max_texts:
        params = {"question": question.key, "limit": question.max_texts, "count": len(texts)}
        raise AnswerInvalid("too_many_texts", params, here)
    return texts


def _write(_shown: Shown, _question: Question, value: Any) -> list[dict[str, Any]]:
    return [{"text": list(value)}]


def _own(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": value["text"]}


TEXTAREA = Family("textarea", ("textarea",), _read, _write, one=_one, per_region=True, several=True, own=_own)
