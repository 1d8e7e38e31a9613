"""The tags of a config that show something of the item, read into fields."""

from __future__ import annotations

from annotation.formats.config_attributes import data_key, invalid, names_key, needed, said, unsupported
from annotation.formats.config_notes import Notes
from annotation.formats.config_tags import OBJECTS, name_of
from annotation.formats.config_xml import Node
from annotation.formats.schema import Field, FieldKind

_GRANULARITIES = ("symbol", "word", "sentence", "paragraph")
_VALUE_TYPES = {FieldKind.TEXT: ("text",), FieldKind.HTML: ("text",), FieldKind.DIALOGUE: ("json",)}


def is_literal(node: Node) -> bool:
    """Whether a Text shows its own words, not the item's."""
    return name_of(node) == "text" and bool(said(node, "value")) and not names_key(said(node, "value"))


def field_of(node: Node, notes: Notes) -> Field:
    """Read a tag that shows something of the item; raises ConfigInvalid."""
    kind = OBJECTS[name_of(node)]
    _check_type(node, kind)
    attribute = "value"
    if kind is FieldKind.IMAGE and said(node, "valueList"):
        kind, attribute = FieldKind.PAGES, "valueList"
        notes("pages", node)
    granularity = said(node, "granularity").lower() or "symbol"
    if granularity not in _GRANULARITIES:
        raise invalid(node, "granularity", ", ".join(_GRANULARITIES))
    field = Field(
        name=needed(node, "name"),
        key=data_key(node, attribute),
        kind=kind,
        title=said(node, "title"),
        granularity=granularity,
    )
    if kind is not FieldKind.DIALOGUE:
        return field
    keys = {"text_key": said(node, "textKey"), "name_key": said(node, "nameKey")}
    return Field(**{**field.__dict__, **{name: key for name, key in keys.items() if key}})


def _check_type(node: Node, kind: FieldKind) -> None:
    allowed = _VALUE_TYPES.get(kind, ("text", "json"))
    if said(node, "valueType").lower() not in ("", *allowed):
        raise unsupported(node, "valueType")
