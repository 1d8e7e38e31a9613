"""The keys that an item's data must have for a config, and what Label Studio asks of their values on import.

Sources: `extract_data_types` and `TaskValidator.check_data` of Label Studio 1.23.2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from annotation.formats.config_xml import Node, parse_xml
from annotation.formats.messages import FormatError

_VARIABLE = re.compile(r"\$(\w+)")
_FIRST = "Video"
"""A key that a video shows is a video's, whatever else shows it."""

_LIST, _OBJECT, _TEXT, _NUMBER, _NULL = "[…]", "{…}", '"…"', "1", "null"
"""The types of JSON, as they are written: every language reads them."""
_TEXT_OR_LIST = """
    Image Paragraphs Chat List Ranker Choices Labels PolygonLabels BrushLabels EllipseLabels HyperTextLabels
    KeyPointLabels ParagraphLabels RectangleLabels TimeSeriesLabels
"""
_TYPES: Mapping[str, tuple[str, ...]] = {
    "Text": (_TEXT, _NUMBER, _LIST),
    "Header": (_TEXT, _NUMBER),
    "Table": (_OBJECT, _LIST, _TEXT),
    "TimeSeries": (_OBJECT, _LIST, _TEXT),
    "TimeSeriesChannel": (_OBJECT, _LIST, _TEXT),
    "Taxonomy": (_TEXT, _LIST, _NULL),
    **dict.fromkeys(_TEXT_OR_LIST.split(), (_TEXT, _LIST)),
}
"""What may stand under a key, by the tag that shows it; text under that of any other tag."""


def data_keys(source: str) -> dict[str, str]:
    """The keys that `$…` of named tags name, each with the tag; raises ConfigInvalid for broken XML.

    A key is written as the config does: `a.b` is a part of `a`, and what follows `[` is a repeater's. Of several
    variables in one value every one counts when it begins the value (Label Studio asks for a key of all these words,
    which nothing has), and the first when words do.
    """
    found: dict[str, str] = {}
    root = parse_xml(source, namespaces=True)
    for node in root.walk():
        if node is not root and node.attributes.get("name"):
            for key in _keys(node):
                if found.get(key) != _FIRST:
                    found[key] = node.tag
    return found


def _keys(node: Node) -> list[str]:
    value = node.attributes.get("value", "")
    variables = _VARIABLE.findall(value)
    if not value.startswith("$"):
        return variables[:1]
    if len(variables) > 1:
        return variables
    return [value[1:]] if len(value) > 1 else []


def check_data(keys: Mapping[str, str], data: Mapping[str, Any]) -> None:
    """Refuse an item's data that Label Studio would not import under these `data_keys`; raises FormatError."""
    for written, tag in keys.items():
        key, repeated, _ = written.partition("[")
        value = _under(data, key)
        allowed = (_LIST,) if repeated else _TYPES.get(tag, (_TEXT,))
        if _type(value) not in allowed:
            params = {"key": key, "tag": tag, "types": ", ".join(allowed), "found": _type(value)}
            raise FormatError("studio_key_type", params, key)


def _under(data: Mapping[str, Any], key: str) -> Any:
    found: Any = data
    for part in key.split("."):
        if not isinstance(found, Mapping) or part not in found:
            raise FormatError("studio_key_missing", {"key": key}, key)
        found = found[part]
    return found


def _type(value: Any) -> str:
    if value is None:
        return _NULL
    for kind, name in ((str, _TEXT), (int | float, _NUMBER), (Mapping, _OBJECT)):
        if isinstance(value, kind):
            return name
    return _LIST
