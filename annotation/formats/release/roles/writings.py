"""What experts wrote, one expert at a time, as far as it is gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.release.rows import GoldAnswer, ReleaseRow, Result

Writing = Mapping[str, Sequence[Mapping[str, Any]]]
"""By question, the values of one expert's regions."""


def writings(row: ReleaseRow, questions: Sequence[str]) -> list[Writing]:
    """Each expert's answers to all of the questions, each once; an expert who left one out gives none.

    Free text is collected: the gold answer holds what everybody wrote. Who wrote what together is read off the
    annotations, of which only what is gold counts. Gold that nobody here wrote (a decision's, or imported) stands for
    itself, where it can be one person's.
    """
    gold = {one.question: one for one in row.gold if one.question in questions and one.value}
    if len(gold) < len(questions):
        return []
    found = list(_annotated(row, gold)) or _alone(gold)
    return list({canonical_json(one): one for one in found}.values())


def texts_of(values: Sequence[Mapping[str, Any]]) -> list[str]:
    """The texts of a TextArea's values, without the empty ones."""
    found: list[str] = []
    for value in values:
        given = value.get("text")
        found += [given] if isinstance(given, str) else given if isinstance(given, list) else []
    return [text for text in found if isinstance(text, str) and text.strip()]


def _annotated(row: ReleaseRow, gold: Mapping[str, GoldAnswer]) -> Iterator[Writing]:
    """Judgement values are compared, since the gold one holds those of everybody."""
    settled = {key: set(map(canonical_json, one.value)) for key, one in gold.items()}
    for annotation in row.annotations:
        said = {key: annotation.values.get(key) for key in gold}
        if all(value and set(map(canonical_json, value)) <= settled[key] for key, value in said.items()):
            yield {key: _values(annotation.result, key) for key in gold}


def _alone(gold: Mapping[str, GoldAnswer]) -> list[Writing]:
    found = {key: _values(one.result, key) for key, one in gold.items()}
    # Several regions of one chat or rubric may be several people's: a decision's are one's.
    whole = all(len(found[key]) == 1 or one.how != "collected" for key, one in gold.items())
    return [found] if whole and all(found.values()) else []


def _values(result: Result, question: str) -> list[Mapping[str, Any]]:
    return [region["value"] for region in result if region.get("from_name") == question]
