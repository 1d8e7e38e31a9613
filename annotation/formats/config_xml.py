"""A safe reading of a labelling config's XML into a small tree that knows line numbers.

Document types and entities are refused, size and depth are bounded: a config comes from anybody's browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from annotation.formats.messages import FormatError

MAX_BYTES = 1_000_000
MAX_DEPTH = 64


class ConfigInvalid(FormatError):
    """A labelling config that cannot be used; `tag` and `line` say where."""

    def __init__(self, code: str, *, tag: str | None = None, line: int | None = None, **params: Any) -> None:
        self.tag = tag
        self.line = line
        super().__init__(code, {"tag": tag, "line": line, **params}, None if line is None else f"line {line}")

    @property
    def message(self) -> str:
        """What happened, in English; the same as `detail`."""
        return self.detail


@dataclass(slots=True)
class Node:
    """An element: its tag as written, attributes, line of its start tag, children and own text.

    `head` is what of its text stands before its first child.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    text: str = ""
    head: str = ""

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


def parse_xml(source: str, *, namespaces: bool = False) -> Node:
    """Read XML text into its root node; raises ConfigInvalid.

    With `namespaces` a prefix must be declared, and a name in a namespace is `{uri}name`.
    """
    if not source.strip():
        raise ConfigInvalid("config_empty")
    try:
        encoded = source.encode("utf-8")
    except UnicodeEncodeError as error:
        line = source.count("\n", 0, error.start) + 1
        raise ConfigInvalid("config_not_text", line=line) from None
    if len(encoded) > MAX_BYTES:
        raise ConfigInvalid("config_too_large", size=len(encoded), limit=MAX_BYTES)
    return _Builder(namespaces).read(encoded)


class _Builder:
    def __init__(self, namespaces: bool) -> None:
        self.parser = expat.ParserCreate("utf-8", "}" if namespaces else None)
        self.parser.buffer_text = True  # one piece for a text of many lines
        self.open: list[Node] = []
        self.root: Node | None = None
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def read(self, encoded: bytes) -> Node:
        try:
            self.parser.Parse(encoded, True)
        except expat.ExpatError as error:
            tag = self.open[-1].tag if self.open else None
            problem = expat.ErrorString(error.code)
            raise ConfigInvalid("config_xml", tag=tag, line=error.lineno, problem=problem) from None
        if self.root is None:
            raise ConfigInvalid("config_empty")
        return self.root

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if "}" in tag or any("}" in name for name in attributes):
            tag, attributes = _full(tag), {_full(name): value for name, value in attributes.items()}
        node = Node(tag, attributes, self.parser.CurrentLineNumber)
        if len(self.open) >= MAX_DEPTH:
            raise ConfigInvalid("config_too_deep", tag=tag, line=node.line, limit=MAX_DEPTH)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def _end(self, _tag: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        node = self.open[-1]
        node.text += text
        if not node.children:
            node.head += text

    def _doctype(self, *_: object) -> None:
        raise ConfigInvalid("config_dtd", line=self.parser.CurrentLineNumber)


def _full(name: str) -> str:
    return f"{{{name}" if "}" in name else name
