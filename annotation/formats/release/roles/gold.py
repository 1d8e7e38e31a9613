"""The gold answer to a question, where it is one to the question as the schema has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotation.formats.release.rows import GoldAnswer, ReleaseRow, Result
from annotation.formats.schema import Question

_SPAN = 3


def gold_of(row: ReleaseRow, question: Question) -> GoldAnswer | None:
    """None where nobody answered, or where an earlier schema asked something else by the same name."""
    gold = next((one for one in row.gold if one.question == question.key), None)
    if gold is None or gold.value is None or gold.value == []:
        return None
    own = (one for one in gold.result if one.get("from_name") == question.key)
    return gold if all(one.get("type") == question.region_type for one in own) else None


def listed(gold: GoldAnswer | None) -> Sequence[Any]:
    """The parts of a value that is a list; none of another."""
    return gold.value if gold is not None and isinstance(gold.value, list) else ()


def spans_of(gold: GoldAnswer | None) -> list[Sequence[Any]]:
    """The spans of a value: start, end, label."""
    return [one for one in listed(gold) if isinstance(one, list) and len(one) == _SPAN]


def values_of(result: Result, question: Question) -> list[Mapping[str, Any]]:
    """The values of the regions that answer a question."""
    return [
        one["value"]
        for one in result
        if one.get("from_name") == question.key and one.get("type") == question.region_type
    ]
