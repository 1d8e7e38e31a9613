"""How a config's frames lie on the page: side by side, folded under a title, or neither."""

from __future__ import annotations

import re

from annotation.formats.config_attributes import said
from annotation.formats.config_tags import PANEL, VIEW, name_of
from annotation.formats.config_xml import Node

_SIDE_BY_SIDE = re.compile(r"display\s*:\s*(inline-)?(flex|grid)\b", re.IGNORECASE)
_COLUMN = re.compile(r"flex-direction\s*:\s*column", re.IGNORECASE)


def is_row(node: Node) -> bool:
    """Whether the style puts its parts side by side."""
    style = said(node, "style")
    return name_of(node) == VIEW and bool(_SIDE_BY_SIDE.search(style)) and not _COLUMN.search(style)


def title_of(node: Node) -> str:
    """The title under which a panel folds."""
    return (said(node, "value") or "…") if name_of(node) == PANEL else ""


def words_of(node: Node) -> str:
    """The words of plain HTML, in order as far as the config's reading keeps it."""
    own = " ".join(node.text.split())
    inner = [words_of(child) for child in node.children if name_of(child).startswith("html:")]
    return " ".join(part for part in (own, *inner) if part)
