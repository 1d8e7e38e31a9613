"""Whether two results answer the same: what was sent again may come from another device, with other ids."""

from collections.abc import Mapping
from typing import Any

from annotation.formats.answers import AnswerInvalid, Checked, read_answer
from annotation.formats.schema import Schema

_SAID = ("from_name", "to_name", "type", "value")


def same_answer(schema: Schema, data: Mapping[str, Any], one: object, other: object) -> bool:
    """Whether both say the same of an item, whatever ids their regions have; what cannot be read says something else.

    Relations and answers about regions name ids: the judgement values tell to what they refer.
    """
    if one == other:
        return True
    try:
        read = [read_answer(schema, data, each, complete=False) for each in (one, other)]
    except AnswerInvalid:
        return False
    first, second = read
    return first.values == second.values and _said(first) == _said(second)


def _said(answer: Checked) -> list[dict[str, Any]]:
    """The regions in their order, without their ids."""
    return [{name: region.get(name) for name in _SAID} for region in answer.result]
