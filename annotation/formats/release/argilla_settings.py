"""What Argilla calls a dataset's settings: its fields and the questions that it can ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.release.format import View
from annotation.formats.release.reading import WORDED, Names, names_of
from annotation.formats.schema import Field, FieldKind, Kind, Question

_MOST_RATING, _MOST_RANKED = 10, 50
_TYPES: Mapping[Kind, str] = {
    Kind.CHOICE: "label_selection",
    Kind.CHOICES: "multi_label_selection",
    Kind.SPANS: "span",
    Kind.RATING: "rating",
    Kind.TEXT: "text",
    Kind.RANKING: "ranking",
}


class Named:
    """Fields and the questions that can be asked, by their names in Argilla: small letters, digits, `_` and `-`."""

    def __init__(self, view: View) -> None:
        names = Names(())
        self.fields = {names.give(_plain(one.name), "field_"): one for one in view.schema.fields}
        askable = [one for one in view.schema.questions if _settings(view, one)]
        self.questions = {names.give(_plain(one.key), "question_"): one for one in askable}

    def field(self, name: str) -> str:
        """What a field of the schema is called."""
        return next(called for called, one in self.fields.items() if one.name == name)


def settings(view: View) -> dict[str, Any]:
    """The settings as `rg.Settings.from_json` reads them."""
    named = Named(view)
    return {
        "guidelines": None,
        "allow_extra_metadata": True,
        "distribution": {"strategy": "overlap", "min_submitted": 1},
        "fields": [_field(name, one) for name, one in named.fields.items()],
        "questions": [_question(name, one, view, named) for name, one in named.questions.items()],
        "vectors": [],
        "metadata": [],
    }


def companions(view: View) -> dict[str, bytes]:
    """What stands beside each `records.json`, by path: with it the folder is one that `rg.Dataset.from_disk` reads."""
    model = {"name": view.key, "status": "draft", "allow_extra_metadata": True}
    return {
        ".argilla/settings.json": canonical_json(settings(view)) + b"\n",
        ".argilla/dataset.json": canonical_json(model) + b"\n",
    }


def _field(name: str, field: Field) -> dict[str, Any]:
    type_ = "chat" if field.kind is FieldKind.CHAT else "text"
    return {
        "name": name,
        "title": field.title or field.name,
        "required": False,
        "settings": {"type": type_, "use_markdown": False},
    }


def _question(name: str, question: Question, view: View, named: Named) -> dict[str, Any]:
    told = _settings(view, question) or {}
    if question.kind is Kind.SPANS:
        told = {**told, "field": named.field(question.field), "allow_overlapping": True}
    return {
        "name": name,
        "title": question.title or question.key,
        "required": question.required,
        "settings": {"type": _TYPES[question.kind], **told},
    }


def _settings(view: View, question: Question) -> dict[str, Any] | None:
    """What Argilla is told of a question; None where it cannot ask it."""
    if question.per_region or question.kind not in _TYPES:
        return None
    if question.kind is Kind.TEXT:
        return {"use_markdown": question.markdown} if question.tag == "textarea" else None
    if question.kind is Kind.RATING:
        most = question.max_rating or 5
        return {"options": [{"value": one} for one in range(1, most + 1)]} if most <= _MOST_RATING else None
    texts = {label.key: label.text for label in question.labels}
    options = [{"value": name, "text": texts.get(name, name)} for name in names_of(view, question)]
    if question.kind is Kind.SPANS:
        field = view.schema.by_name[question.field]
        return {"options": options} if options and field.kind in WORDED - {FieldKind.CHAT} else None
    if question.kind is Kind.RANKING and (question.buckets or len(options) > _MOST_RANKED):
        return None
    return {"options": options} if len(options) > 1 else None


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9_-]+", "_", name.lower()).strip("_-") or "field"
