"""A release as W3C Web Annotations: JSON-LD, one annotation a line.

A marked piece of a text is an annotation whose target has a TextQuoteSelector and a TextPositionSelector (code
points); an area of a picture has a FragmentSelector (Media Fragments, percent) or an SvgSelector; an answer about
the whole item has the text as its target. A relation links two annotations. https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from annotation.algorithms.canonical import canonical_json
from annotation.formats.field_text import field_text
from annotation.formats.gold_result import merged
from annotation.formats.grid import Grid
from annotation.formats.label_studio_result import asked
from annotation.formats.region_place import PlaceKind, place_of
from annotation.formats.release.coco import corners
from annotation.formats.release.format import Lines, Out, View
from annotation.formats.release.reading import json_text
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Field

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_BESIDE = 32  # code points of context before and after a quoted piece
_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
_CELLS = "http://tools.ietf.org/rfc/rfc7111"
_MOTIVATION = {"rating": "assessing", "number": "assessing", "textarea": "describing", "ranker": "assessing"}
_PLACE = frozenset(
    {"start", "end", "row", "column", "x", "y", "width", "height", "rotation", "points", "closed"}
)
Region = Mapping[str, Any]


class WebAnnotation:
    """The `web_annotation` format."""

    key = "web_annotation"
    folder = "web_annotation"
    ending = ".jsonl"

    def misfit(self, view: View) -> str:
        """It can say everything."""
        return ""

    def open(self, out: Out, view: View) -> Lines:
        """An annotation a line."""
        return Lines(out, lambda row: list(_Item(row, view.key).lines()))


class _Item:
    def __init__(self, row: ReleaseRow, dataset: str) -> None:
        self._row, self._schema = row, row.asked
        self._base = f"urn:assay:{quote(dataset, safe='')}:{quote(row.item, safe='')}"
        self._how = {gold.question: gold for gold in row.gold}
        self._texts: dict[str, str] = {}

    def lines(self) -> Iterator[bytes]:
        """An annotation of each region of the gold answers."""
        regions = merged(self._row)
        self._ids = {str(region.get("id")): self._id(at) for at, region in reversed(list(enumerate(regions)))}
        for at, region in enumerate(regions):
            yield canonical_json(self._annotation(at, region))

    def _id(self, at: int) -> str:
        return f"{self._base}:annotation:{at}"

    def _annotation(self, at: int, region: Region) -> dict[str, Any]:
        question, tag = str(region.get("from_name")), str(region.get("type"))
        gold = self._how.get(question)
        found = {
            "@context": _CONTEXT,
            "id": self._id(at),
            "type": "Annotation",
            "motivation": "linking" if tag == "relation" else _MOTIVATION.get(tag, "classifying"),
            "body": self._bodies(region),
            "target": self._targets(region),
        }
        return {**found, "created": gold.settled_at} if gold is not None else found

    def _bodies(self, region: Region) -> list[dict[str, Any]]:
        """Each label, text or figure of an answer."""
        purpose = "tagging" if "label" in str(region.get("type")) else "describing"
        return [
            {"type": "TextualBody", "value": said, "purpose": purpose, "format": "text/plain"}
            for said in _said(region)
        ]

    def _targets(self, region: Region) -> Any:
        value = region["value"]
        if region.get("type") == "relation":
            return [
                self._ids.get(str(value[end]), f"{self._base}:{value[end]}") for end in ("from_id", "to_id")
            ]
        fields = [self._schema.by_name.get(name) for name in str(region.get("to_name")).split(",")]
        sources = [f"{self._base}:{quote(one.key, safe='')}" for one in fields if one is not None]
        selectors = self._selectors(region, fields[0]) if fields[0] is not None else []
        if not selectors:
            return sources[0] if len(sources) == 1 else sources
        return {"source": sources[0], "selector": selectors if len(selectors) > 1 else selectors[0]}

    def _selectors(self, region: Region, field: Field) -> list[dict[str, Any]]:
        stands = place_of(asked(self._schema, region), field, region)
        value = region["value"]
        if stands is None or stands.kind is PlaceKind.MESSAGE:
            return []
        if stands.kind is PlaceKind.TEXT:
            return self._quoted(field, value["start"], value["end"])
        if stands.kind is PlaceKind.CELL:
            column = Grid(self._row.data.get(field.key)).columns.index(value["column"])
            cell = f"cell={value['row'] + 1},{column + 1}"
            return [{"type": "FragmentSelector", "conformsTo": _CELLS, "value": cell}]
        return [_area(region)]

    def _quoted(self, field: Field, start: int, end: int) -> list[dict[str, Any]]:
        if field.name not in self._texts:
            self._texts[field.name] = field_text(field, self._row.data)
        text = self._texts[field.name]
        return [
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _BESIDE) : start],
                "suffix": text[end : end + _BESIDE],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ]


def _said(region: Region) -> list[str]:
    """What an answer says, part by part: everything but its place."""
    value = region["value"]
    own = value.get(str(region.get("type")), value.get("text") if region.get("type") == "textarea" else None)
    if own is None:
        own = value.get("labels") if region.get("type") == "relation" else None
    if own is None:
        own = {name: part for name, part in value.items() if name not in _PLACE and name != "text"}
    parts = own if isinstance(own, list) else [own] if own not in ({}, "") else []
    return [one if isinstance(one, str) else json_text(one) for one in parts]


def _area(region: Region) -> dict[str, Any]:
    value, page = region["value"], region.get("item_index")
    if "points" in value or value.get("rotation"):
        points = " ".join(f"{x:.12g},{y:.12g}" for x, y in corners(value, (100, 100)))
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><polygon points="{points}"/></svg>'
        found: dict[str, Any] = {"type": "SvgSelector", "value": svg}
    else:
        said = ",".join(f"{value[side]:.12g}" for side in ("x", "y", "width", "height"))
        found = {"type": "FragmentSelector", "conformsTo": _FRAGMENTS, "value": f"xywh=percent:{said}"}
    if page is None:
        return found
    on_page = {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
        "value": f"page={page + 1}",
    }
    return {**on_page, "refinedBy": found}
