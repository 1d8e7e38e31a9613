"""Answers graded by a rubric, and rubrics that experts wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotation.formats.field_text import field_text
from annotation.formats.release.roles.gold import gold_of, listed, values_of
from annotation.formats.release.roles.names import NOTES, named
from annotation.formats.release.roles.prompt import WORDED, Prompt, prompt_messages, prompt_of
from annotation.formats.release.roles.reading import NO_RUBRIC, Lacks, only
from annotation.formats.release.roles.writings import writings
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Field, Question, Schema
from annotation.formats.tags.grades import criteria_of


@dataclass(frozen=True)
class Graded:
    """A Grades question over a text; `notes` are the text questions that say why."""

    question: Question
    field: Field
    prompt: Prompt
    notes: tuple[Question, ...]


@dataclass(frozen=True)
class WrittenRubric:
    """A Rubric question: what a good answer must have."""

    question: Question
    prompt: Prompt


Grading = Graded | WrittenRubric


def grade_role(schema: Schema) -> Grading | Lacks:
    """Which question grades, or writes, a rubric."""
    question = only([one for one in schema.questions if one.tag in ("grades", "rubric")], NO_RUBRIC)
    if isinstance(question, Lacks):
        return question
    if question.tag == "rubric":
        prompt = prompt_of(schema, ())
        return prompt if isinstance(prompt, Lacks) else WrittenRubric(question, prompt)
    field = schema.by_name[question.field]
    prompt = prompt_of(schema, (field.name,))
    if isinstance(prompt, Lacks):
        return prompt
    written = (one for one in schema.questions if one.tag == "textarea" and not one.per_region)
    notes = tuple(one for one in written if named(one, NOTES))
    return Graded(question, field, prompt, notes) if field.kind in WORDED else Lacks(NO_RUBRIC)


def graded(role: Grading, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """The records of an item without its id; always with the same columns."""
    found = _grades(role, row) if isinstance(role, Graded) else _rubrics(role, row)
    prompt = [one.plain() for one in prompt_messages(role.prompt, row)]
    for one in found if prompt else ():
        yield {"prompt": prompt, **one}


def _grades(role: Graded, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """`score` is of the reachable points, from 0 (or less, where criteria take away) to 1."""
    gold = gold_of(row, role.question)
    response = field_text(role.field, row.data)
    if gold is None or not response.strip():
        return
    given = [value["grades"] for value in values_of(gold.result, role.question)]
    if len(given) != 1:
        return
    points = {line["text"]: line["points"] for line in given[0]}
    criteria = criteria_of(role.question, row.data)
    if points.keys() != {one.text for one in criteria} or None in points.values():
        return
    yield {
        "response": response,
        "criteria": [
            {
                "criterion": one.text,
                "weight": float(one.weight),
                "most": one.most,
                "points": float(points[one.text]),
            }
            for one in criteria
        ],
        "score": float(gold.value),
        "rationales": _rationales(role, row),
    }


def _rationales(role: Graded, row: ReleaseRow) -> list[str]:
    return [text for question in role.notes for text in listed(gold_of(row, question))]


def _rubrics(role: WrittenRubric, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    for one in writings(row, (role.question,)):
        lines = [line for value in one[role.question.key] for line in value["rubric"]]
        if lines:
            yield {"criteria": [_criterion(line) for line in lines]}


def _criterion(line: Mapping[str, Any]) -> dict[str, Any]:
    return {"criterion": line["text"], "weight": float(line.get("weight", 1))}
