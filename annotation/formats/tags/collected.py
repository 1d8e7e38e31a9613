"""Questions about regions that no two people make alike: what they say is collected, not compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotation.formats.region_place import marks_regions
from annotation.formats.schema import Kind, Question


def collected(question: Question, asked: Iterable[Question]) -> Question:
    """The question as it is among the others: about areas that are drawn, or messages that are written, of kind boxes.

    So are relations that can end there: a place is then more than the two numbers that spans have.
    """
    about = question.kind is Kind.RELATIONS or (question.per_region and question.kind is Kind.SPANS)
    fields = {question.field, *question.also}
    if about and any(one.field in fields and _makes_its_own(one) for one in asked):
        return replace(question, kind=Kind.BOXES)
    return question


def _makes_its_own(question: Question) -> bool:
    """Whether its regions are drawn or written, not found in the item."""
    return marks_regions(question) and question.kind is not Kind.SPANS
