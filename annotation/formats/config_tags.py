"""The tags of Label Studio's labelling configs, by what Assay does with them."""

from __future__ import annotations

from collections.abc import Mapping

from annotation.formats.config_xml import Node
from annotation.formats.schema import FieldKind
from annotation.formats.tags import BY_CONFIG

VIEW, HEADER, STYLE, MARKDOWN = "view", "header", "style", "markdown"
COLLAPSE, PANEL, FILTER, SHORTCUT = "collapse", "panel", "filter", "shortcut"

OBJECTS: Mapping[str, FieldKind] = {
    "text": FieldKind.TEXT,
    "hypertext": FieldKind.HTML,
    "paragraphs": FieldKind.DIALOGUE,
    "chat": FieldKind.CHAT,
    "table": FieldKind.TABLE,
    "pdf": FieldKind.PAGES,
    "image": FieldKind.IMAGE,
    "list": FieldKind.LIST,
}
"""Tags that show something of the item."""

INSIDE = frozenset({"choice", "label", "relation", "bucket", "criterion", SHORTCUT})
"""Tags that stand inside a control only."""

CONTROLS = frozenset(BY_CONFIG)
LAYOUT = frozenset({VIEW, HEADER, STYLE, MARKDOWN, COLLAPSE, PANEL, FILTER})

_LABEL_STUDIO = """
    audio audioplus bitmask bitmasklabels brush brushlabels channel chatmessage customscript dialog ellipse
    ellipselabels keypoint keypointlabels magicwand multichannel pagedview paginated reactcode repeater
    timelinelabels timeseries timeserieslabels timeseriesoverview vector vectorlabels video videorectangle
    videovector videovectorlabels website
"""
UNSUPPORTED = frozenset(_LABEL_STUDIO.split())
"""The other tags of Label Studio 1.23.2."""

_HTML_TEXT = """
    a b blockquote br center code div em figure font h1 h2 h3 h4 h5 h6 hr html i img label li ol p pre section small
    span strong sub sup table tbody td th thead tr u ul
"""
_HTML = frozenset(_HTML_TEXT.split())


def name_of(node: Node) -> str:
    """What a tag is: its name in small letters, `html:…` for plain HTML."""
    name = node.tag.lower()
    # `Table` shows data and `table` is HTML; `Label` offers a label and `label` is HTML: attributes tell.
    if name in _HTML and not ((name in OBJECTS or name in INSIDE) and "value" in node.attributes):
        return f"html:{name}"
    return name


UNSUPPORTED_ATTRIBUTES = (
    "perItem",
    "valueList",
    "defaultValue",
    "saveTextResult",
    "indexFlag",
    "sync",
    "audioUrl",
    "encoding",
    "selectionEnabled",
    "apiUrl",
)
"""Attributes that change what is asked; ignoring them would ask something else."""
HARMLESS = frozenset({"", "false", "none", "0", "utf-8", "utf8"})
"""Values of those that change nothing."""
