"""A release as Argilla's records: a folder a file, which `rg.Dataset.from_disk` reads with the settings beside it.

The gold answer is a record's suggestion, by the agent `gold`, with the chance at which it was settled as its score.
What Argilla cannot ask (relations, numbers, days, areas, answers about regions) stands in the metadata as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.release.argilla_settings import Named, companions
from annotation.formats.release.format import Out, View
from annotation.formats.release.json_list import JsonList
from annotation.formats.release.reading import json_text, words_of
from annotation.formats.release.rows import GoldAnswer, ReleaseRow
from annotation.formats.schema import Field, FieldKind, Kind, Question


class Argilla:
    """The `argilla` format."""

    key = "argilla"
    folder = "argilla"
    ending = "/records.json"

    def misfit(self, view: View) -> str:
        """It needs a question that Argilla can ask."""
        return "" if Named(view).questions else "release_no_argilla"

    def companions(self, view: View) -> Mapping[str, bytes]:
        """Its settings, without which the folder is no dataset."""
        return companions(view)

    def open(self, out: Out, view: View) -> JsonList:
        """A list of records."""
        named = Named(view)
        return JsonList(out, lambda row: [canonical_json(_record(row, named))] if row.gold else [])


def _record(row: ReleaseRow, named: Named) -> dict[str, Any]:
    gold = {one.question: one for one in row.gold}
    asked = {one.key for one in named.questions.values()}
    suggestions = {
        name: _suggestion(one, gold[one.key])
        for name, one in named.questions.items()
        if one.key in gold and gold[one.key].value is not None
    }
    others = {key: json_text(one.value) for key, one in gold.items() if key not in asked}
    return {
        "id": row.item,
        "fields": {name: _shown(one, row) for name, one in named.fields.items()},
        "metadata": {
            **others,
            "split": row.split,
            "language": row.language,
            "source": row.source,
            "licence": row.licence,
            "group": row.group,
        },
        "suggestions": suggestions,
        "responses": {},
        "vectors": {},
        "status": "pending",
    }


def _shown(field: Field, row: ReleaseRow) -> Any:
    given = row.data.get(field.key)
    if field.kind is FieldKind.CHAT and isinstance(given, list):
        return [{"role": one["role"], "content": one["content"]} for one in given]
    return words_of(field, row.data)


def _suggestion(question: Question, gold: GoldAnswer) -> dict[str, Any]:
    value = gold.value
    if question.kind is Kind.SPANS:
        value = [{"start": start, "end": end, "label": label} for start, end, label in value]
    if question.kind is Kind.TEXT:
        value = "\n".join(value)
    found = {"value": value, "agent": "gold"}
    return found if gold.chance is None else {**found, "score": gold.chance}
