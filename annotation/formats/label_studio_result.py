"""A result in the shapes that Label Studio writes, and back.

Places are converted (`label_studio_places`), relations are flat and name no question, areas carry the size of their
picture. Labels need nothing: Label Studio writes a label's alias where it has one, else its value, and so do we.
Assay's own `rubric` and `grades` stand as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotation.formats.label_studio_places import Places, places_of
from annotation.formats.region_place import PlaceKind, kind_named, kinds_of
from annotation.formats.schema import Field, FieldKind, Kind, Question, Schema

Region = Mapping[str, Any]

_SIZES = {"original_width": "width", "original_height": "height"}
_KEPT = ("id", "from_name", "to_name", "type", "value", *_SIZES, "item_index")


class PlaceUnreadable(ValueError):
    """The place of the region at this index of a result."""

    def __init__(self, at: int, cause: str) -> None:
        self.at = at
        super().__init__(cause)


def to_label_studio(
    result: Sequence[Region], schema: Schema, data: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Regions as Label Studio writes them."""
    return OnItem(schema, data).to_label_studio(result)


def from_label_studio(
    result: Sequence[Region], schema: Schema, data: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Regions in the stored form; what only Label Studio keeps with a region is left out.

    Raises PlaceUnreadable for a place that is not in the item, or within a character. What has another shape is left as
    it stands: `answers.check` says what is wrong with it.
    """
    item = OnItem(schema, data)
    item.begin(result)
    read = []
    for at, region in enumerate(result):
        try:
            read.append(item.ours(region))
        except ValueError as error:
            raise PlaceUnreadable(at, str(error)) from error
    return read


Memo = dict[tuple[Any, Any, Any], tuple[Field | None, tuple[PlaceKind, ...]]]


class OnItem:
    """Results on one item, of several people one after the other. `memo` may be shared by items of one schema."""

    def __init__(self, schema: Schema, data: Mapping[str, Any], memo: Memo | None = None) -> None:
        self.schema = schema
        self.data = data
        self._written: dict[str, list[str]] = {}
        self._memo: Memo = {} if memo is None else memo
        self._places: dict[str, Places] = {}
        self._chats = [one.name for one in schema.fields if one.kind is FieldKind.CHAT]

    def begin(self, result: Sequence[Region]) -> None:
        """The regions that follow are of this result: its messages belong to the chats that it is about."""
        if self._chats:
            self._written = _written(result)
            for name in self._chats:
                self._places.pop(name, None)

    def to_label_studio(self, result: Sequence[Region]) -> list[dict[str, Any]]:
        """A result's regions as Label Studio writes them."""
        self.begin(result)
        return [self.theirs(region) for region in result]

    def theirs(self, region: Region) -> dict[str, Any]:
        """A region as Label Studio writes it."""
        value = region.get("value")
        if not isinstance(value, Mapping):
            return dict(region)
        if region.get("type") == "relation":
            ends = {name: value.get(name) for name in ("from_id", "to_id")}
            labels = list(value.get("labels") or ())
            return {
                "type": "relation",
                **ends,
                "direction": value.get("direction", "right"),
                "labels": labels,
            }
        field, kind = self._place(region)
        if field is not None and kind is PlaceKind.TEXT:
            return {**region, "value": self._on(field).theirs(value)}
        if field is not None and kind is PlaceKind.AREA:
            return {**region, **self._sizes(field, region), "image_rotation": 0}
        return dict(region)

    def ours(self, region: Region) -> dict[str, Any]:
        """A region in the stored form; raises ValueError for a place that is not there."""
        if region.get("type") == "relation" and "value" not in region:
            return self._relation(region)
        kept = {name: region[name] for name in _KEPT if name in region}
        value, (field, kind) = region.get("value"), self._place(region)
        if not isinstance(value, Mapping) or field is None or kind is not PlaceKind.TEXT:
            return kept
        try:
            return {**kept, "value": self._on(field).ours(value)}
        except (KeyError, TypeError) as error:
            raise ValueError(f"the place of a region cannot be read: {error}") from error

    def _relation(self, region: Region) -> dict[str, Any]:
        asked = next((one for one in self.schema.questions if one.tag == "relations"), None)
        ends = {name: region.get(name) for name in ("from_id", "to_id")}
        return {
            "id": str(region.get("id") or f"{ends['from_id']}-{ends['to_id']}"),
            "from_name": asked.key if asked else "relations",
            "to_name": asked.to_name if asked else "",
            "type": "relation",
            "value": {
                **ends,
                "direction": region.get("direction") or "right",
                "labels": region.get("labels") or [],
            },
        }

    def _place(self, region: Region) -> tuple[Field | None, PlaceKind | None]:
        """The field that a region is about, and what its place there is."""
        named = region.get("from_name"), region.get("type"), region.get("to_name")
        try:
            field, kinds = self._memo[named]
        except KeyError:
            field, kinds = self._memo[named] = self._may_stand(region)
        except TypeError:  # a name that is no name
            field, kinds = self._may_stand(region)
        value = region.get("value")
        return field, kind_named(kinds, value) if kinds and isinstance(value, Mapping) else None

    def _may_stand(self, region: Region) -> tuple[Field | None, tuple[PlaceKind, ...]]:
        name = region.get("to_name")
        field = self.schema.by_name.get(name.split(",")[0]) if isinstance(name, str) else None
        return field, kinds_of(asked(self.schema, region), field) if field is not None else ()

    def _on(self, field: Field) -> Places:
        if field.name not in self._places:
            self._places[field.name] = places_of(field, self.data, self._written.get(field.name, ()))
        return self._places[field.name]

    def _sizes(self, field: Field, region: Region) -> dict[str, Any]:
        """Of a region that does not say them: the picture's, or the page's."""
        shown = self.data.get(field.key)
        if isinstance(shown, Mapping) and field.kind is FieldKind.PAGES:
            page, pages = region.get("item_index", 0), shown.get("pages")
            shown = pages[page] if isinstance(pages, list) and 0 <= page < len(pages) else None
        if not isinstance(shown, Mapping):
            return {}
        return {name: shown[side] for name, side in _SIZES.items() if name not in region and side in shown}


def asked(schema: Schema, region: Region) -> Question:
    """The question that a region answers; of one that is asked no more, a stand-in that may have any place."""
    key, tag = str(region.get("from_name")), str(region.get("type"))
    question = schema.by_key.get(key)
    if question is not None and question.region_type == tag:
        return question
    return Question(key, Kind.SPANS, "", tag=tag, per_region=True)


def _written(result: Sequence[Region]) -> dict[str, list[str]]:
    """The messages that a result adds to chats, by the chat's name; answers about a message repeat it."""
    found: dict[str, list[str]] = {}
    for region in result:
        value = region.get("value") if region.get("type") == "chatmessage" else None
        message = value.get("chatmessage") if isinstance(value, Mapping) else None
        if isinstance(message, Mapping) and isinstance(message.get("content"), str):
            found.setdefault(str(region.get("to_name")), []).append(message["content"])
    return found
