"""The gold answers of an item as one result: they may come from different people, with ids of their own."""

from __future__ import annotations

from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.label_studio_result import asked
from annotation.formats.region_place import PlaceKind, StandsAt, marks_regions, place_of
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Schema
from annotation.formats.tags import MARKING

_Region = dict[str, Any]


def merged(row: ReleaseRow) -> list[_Region]:
    """The regions of all gold answers; what relations join is one region with what marks it.

    Relations and answers about regions are given the ids of the marks that stand where theirs did.
    """
    pairs = [(gold.question, dict(region)) for gold in row.gold for region in gold.result]
    if not any(one.per_region or one.tag == "relations" for one in row.asked.questions):
        return _apart([region for question, region in pairs if region.get("from_name") == question])
    own = [(question, region) for question, region in pairs if region.get("from_name") == question]
    marks = _Marks(row.asked)
    for _, region in own:
        if marks.are(region):
            marks.add(region)
    joined: list[_Region] = []
    renamed: dict[tuple[str, Any], str] = {}
    for question, region in pairs:
        if region.get("from_name") == question or not marks.are(region):
            continue
        before, same = region.get("id"), marks.same(region)
        if same is None:
            same = marks.add(region)
            joined.append(region)
        renamed[question, before] = same
    for question, region in own:
        if region.get("type") == "relation":
            ends = {name: region["value"][name] for name in ("from_id", "to_id")}
            found = {name: renamed.get((question, end), end) for name, end in ends.items()}
            region["value"] = {**region["value"], **found}
        else:
            marks.attach(region)
    return [*(region for _, region in own), *joined]


def _apart(regions: list[_Region]) -> list[_Region]:
    """Regions to which no other refers, under ids of their own."""
    taken: set[str] = set()
    for at, region in enumerate(regions, start=1):
        id_ = str(region.get("id") or f"mark-{at}")
        region["id"] = id_ if id_ not in taken else f"{id_}-{at}"
        taken.add(region["id"])
    return regions


class _Marks:
    """The marked regions of the result: by id, by place, and by what they say."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._by_id: dict[str, StandsAt | None] = {}
        self._at: dict[StandsAt | None, str] = {}
        self._said: dict[bytes, str] = {}

    def are(self, region: _Region) -> bool:
        """Whether the region is one that others can be about; of a question that is asked no more, its tag tells."""
        question = self._schema.by_key.get(str(region.get("from_name")))
        return region.get("type") in MARKING if question is None else marks_regions(question)

    def add(self, region: _Region) -> str:
        """Remember a mark under an id that no other has; it is given that id."""
        id_ = str(region.get("id") or f"mark-{len(self._by_id) + 1}")
        region["id"] = id_ if id_ not in self._by_id else f"{id_}-{len(self._by_id) + 1}"
        stands = self._place(region)
        self._by_id[region["id"]] = stands
        self._at.setdefault(stands, region["id"])
        self._said.setdefault(_said(region), region["id"])
        return str(region["id"])

    def same(self, region: _Region) -> str | None:
        """The id of the mark that says the same at the same place."""
        return self._said.get(_said(region))

    def attach(self, region: _Region) -> None:
        """Give an answer about a region the id of a mark at its place, unless its own names one there."""
        question = self._schema.by_key.get(str(region.get("from_name")))
        if question is None or not question.per_region:
            return
        named, stands = self._by_id.get(str(region.get("id"))), self._place(region)
        if named is not None and (named == stands or named.kind is PlaceKind.MESSAGE):
            return
        if stands in self._at:
            region["id"] = self._at[stands]
        elif named is not None:  # its own mark did not become gold, and another has the id
            region["id"] = f"{region['id']}-{question.key}"

    def _place(self, region: _Region) -> StandsAt | None:
        question = asked(self._schema, region)
        field = self._schema.by_name.get(str(region.get("to_name")).split(",")[0])
        return place_of(question, field, region) if field is not None else None


def _said(region: _Region) -> bytes:
    return canonical_json([region.get("from_name"), region.get("item_index", 0), region.get("value")])
