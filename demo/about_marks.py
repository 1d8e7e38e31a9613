"""What a simulated expert says about the marks they made: relations between them, and answers for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from annotation.formats.known_answer import regions_of
from annotation.formats.schema import Question, Schema


def about_marks(
    schema: Schema,
    data: Mapping[str, Any],
    question: Question,
    right: Sequence[Any] | None,
    result: Sequence[Mapping[str, Any]],
    unsure: float,
    rng: Random,
) -> list[dict[str, Any]]:
    """The regions of a relation or a question about regions, as far as `result` holds the marks of the truth `right`.

    Each part of the truth is overlooked with half the probability of an error.
    """
    by_key = {one["from_name"]: schema.by_key[one["from_name"]] for one in result}
    marks = {
        _mark(one["value"], label): one["id"]
        for one in result
        if "start" in one["value"] and not by_key[one["from_name"]].per_region
        for label in one["value"].get(by_key[one["from_name"]].region_type, [])
    }
    places = {key[:2]: id_ for key, id_ in marks.items()}
    relates = question.tag == "relations"
    kept = [
        one
        for one in right or ()
        if rng.random() >= unsure / 2
        and (all(tuple(end) in marks for end in one[:2]) if relates else tuple(one[:2]) in places)
    ]
    regions = regions_of(schema, data, {question.key: kept})
    for region, said in zip(regions, kept if relates else _once(kept), strict=False):
        region["id"] = f"{rng.getrandbits(40):010x}" if relates else places[tuple(said[:2])]
        if relates:
            region["value"] |= {"from_id": marks[tuple(said[0])], "to_id": marks[tuple(said[1])]}
    return regions


def _mark(value: Mapping[str, Any], label: str) -> tuple[int, int, str]:
    return value["start"], value["end"], label


def _once(kept: Sequence[Any]) -> list[Any]:
    """One entry for each place: the labels of one region stand in one answer."""
    return list({tuple(one[:2]): one for one in kept}.values())
