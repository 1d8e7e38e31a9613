"""The HTML in a TypeScript source: the template literals tagged `html`, with a hole where an expression stands."""

import re
from collections.abc import Iterator

HOLE = "\x00"
_TAGGED = re.compile(r"\bhtml`")
_QUOTES = "\"'"


def templates(source: str) -> Iterator[tuple[int, str]]:
    """Line and HTML of each; those inside another one's expressions are found too."""
    for found in _TAGGED.finditer(source):
        html, _end = _literal(source, found.end())
        yield source.count("\n", 0, found.start()) + 1, html


def _literal(source: str, at: int) -> tuple[str, int]:
    """The text of a literal that begins after its backtick, and the place after its end."""
    said: list[str] = []
    while at < len(source) and source[at] != "`":
        if source[at] == "\\":
            said.append(source[at + 1 : at + 2])
            at += 2
        elif source.startswith("${", at):
            end = _expression(source, at + 2)
            said.append(HOLE + "\n" * source.count("\n", at, end))
            at = end
        else:
            said.append(source[at])
            at += 1
    return "".join(said), at + 1


def _expression(source: str, at: int) -> int:
    """The place after the brace that closes an expression."""
    depth = 1
    while at < len(source) and depth:
        sign = source[at]
        if sign in _QUOTES:
            at = _string(source, at)
            continue
        if sign == "`":
            at = _literal(source, at + 1)[1]
            continue
        if source.startswith(("//", "/*"), at):
            end = source.find("\n" if source[at + 1] == "/" else "*/", at + 2)
            at = len(source) if end < 0 else end
        depth += {"{": 1, "}": -1}.get(sign, 0)
        at += 1
    return at


def _string(source: str, at: int) -> int:
    """The place after a string that begins at its quote."""
    quote, at = source[at], at + 1
    while at < len(source) and source[at] != quote:
        at += 2 if source[at] == "\\" else 1
    return at + 1
