"""Lists that experts put into order, best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotation.formats.brought_words import html_words
from annotation.formats.release.roles.gold import gold_of, listed
from annotation.formats.release.roles.prompt import Prompt, prompt_of
from annotation.formats.release.roles.reading import NO_RANKING, Lacks, only
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Field, FieldKind, Question, Schema


@dataclass(frozen=True)
class Ranked:
    """A Ranker question over a list."""

    question: Question
    field: Field
    prompt: Prompt


def rank_role(schema: Schema) -> Ranked | Lacks:
    """Which question puts a list into order."""
    question = only(rankers(schema), NO_RANKING)
    if isinstance(question, Lacks):
        return question
    prompt = prompt_of(schema, (question.field,))
    return prompt if isinstance(prompt, Lacks) else Ranked(question, schema.by_name[question.field], prompt)


def rankers(schema: Schema) -> list[Question]:
    """The questions that put a list into one order: buckets are sorted into, and may mean anything."""
    return [
        one
        for one in schema.questions
        if one.tag == "ranker" and not one.buckets and schema.by_name[one.field].kind is FieldKind.LIST
    ]


def best_first(role: Ranked, row: ReleaseRow) -> list[str]:
    """The words of the list in their order; nothing unless all of it is ranked, and every part has words."""
    given = row.data.get(role.field.key)
    if not isinstance(given, list):
        return []
    words = {str(one["id"]): _words(one) for one in given if isinstance(one, Mapping) and "id" in one}
    found = [words.get(str(each), "") for each in listed(gold_of(row, role.question))]
    return found if len(found) == len(words) > 1 and all(one.strip() for one in found) else []


def _words(card: Mapping[str, Any]) -> str:
    """The body verbatim; else the words of its HTML, else its title."""
    said = [one for name in ("body", "title") if isinstance(one := card.get(name), str) and one.strip()]
    if said and said[0] is card.get("body"):
        return str(said[0])
    return html_words(card) or (str(said[0]) if said else "")
