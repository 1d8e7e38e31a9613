"""The text nodes of cleaned HTML with their XPaths, as Label Studio names places in a HyperText."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass

from annotation.formats.html_text import shown, text_of

_PIECE = re.compile(r"<(/?)([a-z0-9]+)[^>]*>|[^<]+")
_EMPTY = frozenset({"br", "col", "hr", "wbr"})


@dataclass(frozen=True)
class TextNode:
    """A text node: its place in the whole text, in code points, and its XPath from the container."""

    start: int
    end: int
    path: str


class HtmlNodes:
    """The text nodes of a stored HTML value, in order."""

    def __init__(self, html: str) -> None:
        self.nodes = list(_nodes(shown(html)))
        self._starts = [node.start for node in self.nodes]
        self._ends = [node.end for node in self.nodes]
        self._by_path = {node.path: node for node in self.nodes}

    def starting(self, offset: int) -> TextNode:
        """The node in which a region begins: of two that meet there the second. Raises ValueError without text."""
        if not self.nodes:
            raise ValueError("there is no text")
        return self.nodes[max(0, bisect_right(self._starts, offset) - 1)]

    def ending(self, offset: int) -> TextNode:
        """The node in which a region ends: of two that meet there the first. Raises ValueError without text."""
        if not self.nodes:
            raise ValueError("there is no text")
        return self.nodes[min(len(self.nodes) - 1, bisect_left(self._ends, offset))]

    def at(self, path: str) -> TextNode:
        """The node of an XPath. Raises ValueError for a path that leads to no text."""
        try:
            return self._by_path[path]
        except KeyError:
            raise ValueError(f"no text at {path}") from None


def _nodes(html: str) -> list[TextNode]:
    found: list[TextNode] = []
    path: list[str] = []
    seen: list[Counter[str]] = [Counter()]
    at = 0
    for piece in _PIECE.finditer(html):
        closing, tag = piece[1], piece[2]
        if tag is None:
            text = text_of(piece[0])
            seen[-1]["text()"] += 1
            found.append(TextNode(at, at + len(text), "/".join(["", *path, f"text()[{seen[-1]['text()']}]"])))
            at += len(text)
        elif closing:
            path.pop()
            seen.pop()
        else:
            seen[-1][tag] += 1
            if tag not in _EMPTY:
                path.append(f"{tag}[{seen[-1][tag]}]")
                seen.append(Counter())
    return found
