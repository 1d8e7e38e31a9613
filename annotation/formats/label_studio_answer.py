"""What an outside script answers, read for storing: regions in our form, and how many of them Assay cannot read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.answers import read_answer
from annotation.formats.label_studio_result import PlaceUnreadable, from_label_studio
from annotation.formats.schema import Schema

RELATION = "relation"
_LEFT_OUT = frozenset({"answered_twice", "box_outside"})
"""What Label Studio's own client sends and Assay cannot ask: such a region is kept, and read by nobody."""
_MOST_LEFT_OUT = 50
_AT = re.compile(r"\Aresult\[([0-9]+)\]")


@dataclass(frozen=True)
class Read:
    """`result`: regions of the schema's questions, in the stored form. `unread`: how many others there are."""

    result: list[dict[str, Any]]
    unread: int
    stood: Sequence[int] = ()
    """Where each region of `result` stood in what was sent."""


def read_outside(
    schema: Schema, data: Mapping[str, Any], result: object, *, also: Collection[str] | None
) -> Read:
    """Split what was sent into what can be read and what is only kept.

    `also` names controls of the config that the schema has no question for; None: whatever the config does not know is
    kept (it asks nothing itself). Raises AnswerInvalid for what is no list of objects, for a region of a control that
    there is not, and for a place that is not in the item.
    """
    place = Place("result")
    regions = [_in_words(place.at(at).mapping(one)) for at, one in enumerate(place.items(result))]
    relates = any(question.tag == "relations" for question in schema.questions)
    ours: list[Mapping[str, Any]] = []
    stood: list[int] = []
    unread = 0
    for at, region in enumerate(regions):
        here, name = place.at(at).at("from_name"), region.get("from_name")
        if region.get("type") == RELATION and "from_name" not in region:
            known = relates
        elif isinstance(name, str) and name in schema.by_key:
            known = True
        elif also is not None and here.string(name) not in also:
            raise AnswerInvalid("unknown_question", {"question": name}, str(here))
        else:
            known = False
        if known:
            ours.append(region)
            stood.append(at)
        else:
            unread += 1
    try:
        return Read(from_label_studio(ours, schema, data), unread, stood)
    except PlaceUnreadable as error:
        where = str(place.at(stood[error.at]).at("value"))
        raise AnswerInvalid("place_unreadable", {"cause": str(error)}, where) from error


def read_kept(
    schema: Schema, data: Mapping[str, Any], result: object, *, also: Collection[str] | None
) -> Read:
    """The same, whose `result` is an answer that may be stored: regions that Assay cannot ask for are unread too.

    Raises AnswerInvalid for whatever else is wrong, where it stands in what was sent.
    """
    read = read_outside(schema, data, result, also=also)
    ours, stood = list(read.result), list(read.stood)
    while True:
        try:
            read_answer(schema, data, ours, complete=False)
        except AnswerInvalid as error:
            found = _AT.match(str(error.where or ""))
            if found is None:
                raise
            at = int(found[1])
            if error.code not in _LEFT_OUT or len(read.stood) - len(stood) >= _MOST_LEFT_OUT:
                error.where = f"result[{stood[at]}]{str(error.where)[found.end() :]}"
                raise
            del ours[at], stood[at]
        else:
            return Read(ours, read.unread + len(read.stood) - len(stood), stood)


def _in_words(region: Mapping[str, Any]) -> Mapping[str, Any]:
    """Labels that came as numbers as the texts that a config has."""
    kind, value = region.get("type"), region.get("value")
    given = value.get(kind) if isinstance(value, Mapping) and isinstance(kind, str) else None
    if (
        not isinstance(value, Mapping)
        or not isinstance(given, list)
        or not any(type(one) is int for one in given)
    ):
        return region
    return {**region, "value": {**value, kind: [str(one) if type(one) is int else one for one in given]}}
