"""Labels that come with the item: `value="$options"` on a control. They stand after those of the config.

Each is a text, or an object with `value`, and `alias`, `html`, `background`, `hotkey`, `hint` and `children` where they
say something; the words of `html` are what people see of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotation.formats.answer_place import AnswerInvalid
from annotation.formats.brought_words import has_wordless_html, label_words
from annotation.formats.schema import Label, Question, Schema

MAX_LABELS = 10_000
_DEPTH = 32
OFFERING = frozenset(
    {
        "choices",
        "taxonomy",
        "labels",
        "hypertextlabels",
        "paragraphlabels",
        "rectanglelabels",
        "polygonlabels",
    }
)
"""Tags of questions whose answers are labels on offer."""


def offers(question: Question) -> bool:
    """Whether some of the question's labels come with the item."""
    return bool(question.key_of_data) and question.tag in OFFERING


def labels_of(question: Question, data: Mapping[str, Any]) -> tuple[Label, ...]:
    """All labels on offer for an item; what the item's data hold in no readable form is left out."""
    if not offers(question):
        return question.labels
    found = {label.key: label for label in question.labels}
    for label, _, _ in _walk(question, data.get(question.key_of_data), None, "", 0):
        if label is not None and len(found) < MAX_LABELS:
            found.setdefault(label.key, label)
    return tuple(found.values())


def check_offers(schema: Schema, data: Mapping[str, Any]) -> None:
    """Check the labels that come with an item; raises AnswerInvalid."""
    for question in schema.questions:
        if offers(question):
            _check(question, data)


def _check(question: Question, data: Mapping[str, Any]) -> None:
    key = question.key_of_data
    if key not in data:
        raise AnswerInvalid("field_missing", {"key": key}, key)
    seen = {label.key for label in question.labels}
    for count, (label, place, given) in enumerate(_walk(question, data[key], None, "", 0)):
        if label is None:
            raise AnswerInvalid("offer_wrong", {"key": key}, key + place)
        if not label.text or has_wordless_html(given):
            raise AnswerInvalid("offer_blank", {"key": key, "label": label.key}, key + place)
        if label.key in seen:
            raise AnswerInvalid("offer_twice", {"key": key, "label": label.text}, key + place)
        if count >= MAX_LABELS:
            raise AnswerInvalid("offers_too_many", {"key": key, "limit": MAX_LABELS}, key)
        seen.add(label.key)
    if not seen:
        raise AnswerInvalid("offer_wrong", {"key": key}, key)


def _walk(
    question: Question, given: Any, parent: str | None, place: str, depth: int
) -> Iterator[tuple[Label | None, str, Any]]:
    """Each label with its place, and as it is given."""
    if not isinstance(given, list) or depth > _DEPTH:
        yield None, place, given
        return
    for at, one in enumerate(given):
        here = f"{place}[{at}]"
        label = _label(one, parent)
        yield label, here, one
        below = one.get("children") if isinstance(one, dict) else None
        if label is not None and below:
            nests = question.tag in ("choices", "taxonomy")
            yield from _walk(question, below if nests else None, label.key, f"{here}.children", depth + 1)


def _label(one: Any, parent: str | None) -> Label | None:
    given = {"value": one} if isinstance(one, str) else one
    if not isinstance(given, dict):
        return None
    part = _said(given, "alias") or _said(given, "value")
    if not part:
        return None
    alone = parent is None or bool(_said(given, "alias"))
    return Label(
        key=part if alone else f"{parent} / {part}",
        text=label_words(given),
        hotkey=_said(given, "hotkey") or None,
        parent=parent,
        part="" if alone else part,
        hint=_said(given, "hint"),
    )


def _said(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    return value.strip() if isinstance(value, str) else ""
