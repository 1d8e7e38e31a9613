"""What experts wrote, one expert at a time, as far as it is gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.release.roles.gold import gold_of, listed, values_of
from annotation.formats.release.rows import GoldAnswer, ReleaseRow
from annotation.formats.schema import Question

Writing = Mapping[str, Sequence[Mapping[str, Any]]]
"""By question, the values of one expert's regions."""


def writings(row: ReleaseRow, questions: Sequence[Question]) -> list[Writing]:
    """Each expert's answers to all of the questions, each once; an expert who left one out gives none.

    Free text is collected: the gold answer holds what everybody wrote. Who wrote what together is read off the
    annotations, of which only what is gold counts. Gold that nobody here wrote (a decision's, or imported) stands for
    itself, where it can be one person's.
    """
    gold = [one for question in questions if listed(one := gold_of(row, question)) and one is not None]
    if len(gold) < len(questions):
        return []
    found = list(_annotated(row, questions, gold)) or _alone(questions, gold)
    return list({canonical_json(one): one for one in found}.values())


def texts_of(values: Sequence[Mapping[str, Any]]) -> list[str]:
    """The texts of a TextArea's values, without the empty ones."""
    found: list[str] = []
    for value in values:
        given = value.get("text")
        found += [given] if isinstance(given, str) else given if isinstance(given, list) else []
    return [text for text in found if isinstance(text, str) and text.strip()]


def _annotated(
    row: ReleaseRow, questions: Sequence[Question], gold: Sequence[GoldAnswer]
) -> Iterator[Writing]:
    """Judgement values are compared, since the gold one holds those of everybody."""
    settled = [set(map(canonical_json, one.value)) for one in gold]
    for annotation in row.annotations:
        said = [annotation.values.get(question.key) for question in questions]
        if all(_within(one, all_) for one, all_ in zip(said, settled, strict=True)):
            yield {question.key: values_of(annotation.result, question) for question in questions}


def _within(said: Any, settled: set[bytes]) -> bool:
    return isinstance(said, list) and bool(said) and set(map(canonical_json, said)) <= settled


def _alone(questions: Sequence[Question], gold: Sequence[GoldAnswer]) -> list[Writing]:
    found = {
        question.key: values_of(one.result, question) for question, one in zip(questions, gold, strict=True)
    }
    # Several regions of one chat or rubric may be several people's: a decision's are one's.
    whole = all(one.how != "collected" or len(found[one.question]) == 1 for one in gold)
    return [found] if whole and all(found.values()) else []
