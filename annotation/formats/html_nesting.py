"""How deep HTML is nested, told before it is parsed: a parser's work grows with the depth at every tag.

Wherever parsers could disagree, an element counts as open: what is refused may be harmless, what passes is not heavy.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

MOST_DEPTH: Final = 256
MOST_REOPENED: Final = 1_000_000
_ATTRIBUTE: Final = (
    r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+"""
)
_TOKEN: Final = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE})*+(?:>|\Z)",
    re.DOTALL,
)
_EMPTY: Final = "area base br col embed hr img input link meta param source track wbr"
_ENDED_BY_THE_NEXT: Final = "caption colgroup dd dt li option p rp rt tbody td tfoot th thead tr"
_NOT_NESTED: Final = frozenset(f"{_EMPTY} {_ENDED_BY_THE_NEXT}".split())
_FORMATTING: Final = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_RAW: Final = frozenset(["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"])
_FOREIGN: Final = frozenset({"math", "svg"})


class TooDeep(ValueError):
    """HTML whose elements are nested too deep, or left open too often, to be read in a reasonable time."""


class _Open:
    """The elements that are open: formatting is opened again in every block until its own end, so it stands apart."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.names: Counter[str] = Counter()
        self.formatting = 0
        self.reopened = 0

    def begin(self, name: str, *, closed: bool) -> None:
        if name in _FORMATTING:
            self.names[name] += 1
            self.formatting += 1
        else:
            self.reopened += self.formatting
            if name not in _NOT_NESTED and not (closed and self._is_foreign()):
                self.blocks.append(name)
                self.names[name] += 1
        if len(self.blocks) + self.formatting > MOST_DEPTH or self.reopened > MOST_REOPENED:
            raise TooDeep

    def _is_foreign(self) -> bool:
        """Whether `/>` ends an element: only inside SVG and MathML."""
        return any(self.names[name] for name in _FOREIGN)

    def end(self, name: str) -> None:
        if not self.names[name]:
            return
        if name in _FORMATTING:
            self.formatting -= 1
            self.names[name] -= 1
            return
        if self.blocks[-1] in _RAW and self.blocks[-1] != name:
            return
        while (last := self.blocks.pop()) != name:
            self.names[last] -= 1
        self.names[name] -= 1


def check_nesting(html: str) -> None:
    """Raises TooDeep."""
    if html.count("<") <= MOST_DEPTH:
        return
    found = _Open()
    for token in _TOKEN.finditer(html):
        name = token["name"]
        if name is None:
            continue
        if token["end"]:
            found.end(name.lower())
        else:
            found.begin(name.lower(), closed=token[0].endswith("/>"))
