"""The HTML in a TypeScript source: the template literals tagged `html`, with a hole where an expression stands.

Of an expression that is shown, in a hole or as an argument, `values` are the literals that it may come to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

HOLE = "\x00"
_TAGGED = re.compile(r"\bhtml`")
_QUOTES = "\"'"
_SPACE = re.compile(r"\s*")
_BEFORE_VALUE = re.compile(r"(?:^|[?:(+]|&&|\|\||=>|\breturn)\s*$")
"""What a literal follows that is a value; after a name, `(` begins a call's arguments."""
_COMPARED = re.compile(r"[!=]==?|\bin\b")
_CALL = re.compile(r"[\w$\])>]$")


@dataclass
class Literal:
    """A template literal: its text with holes, and where the expression of each hole stands in the source."""

    text: str = ""
    holes: list[tuple[int, int]] = field(default_factory=list)


def templates(source: str) -> Iterator[tuple[int, str]]:
    """Line and HTML of each; those inside another one's expressions are found too."""
    for at, literal in literals(source):
        yield source.count("\n", 0, at) + 1, literal.text


def literals(source: str) -> Iterator[tuple[int, Literal]]:
    """The place after the backtick and what stands there."""
    for found in _TAGGED.finditer(source):
        yield found.end(), _literal(source, found.end())[0]


def values(source: str, at: int, end: int) -> Iterator[tuple[int, str]]:
    """Place and words of the literals that an expression may come to: not those that it compares or passes on."""
    calls = [False]  # of each open bracket, whether it holds what a call is given
    begun = at
    while at < end:
        sign = source[at]
        if sign in _QUOTES or sign == "`":
            close = _string(source, at) if sign in _QUOTES else _literal(source, at + 1)[1]
            if not any(calls) and _is_value(source, begun, at, close):
                yield at, source[at + 1 : close - 1] if sign in _QUOTES else _literal(source, at + 1)[0].text
            at = close
            continue
        if (after := _comment(source, at)) > at:
            at = after
            continue
        if sign in "([{":
            calls.append(sign == "[" or (sign == "(" and bool(_CALL.search(source[begun:at]))))
        elif sign in ")]}" and len(calls) > 1:
            calls.pop()
        elif source.startswith("=>", at):
            calls[-1] = False  # what a function gives back may be shown
        at += 1


def argument(source: str, at: int) -> int:
    """The end of the first argument of a call that begins after its bracket."""
    depth = 0
    while at < len(source):
        sign = source[at]
        if sign in _QUOTES:
            at = _string(source, at)
            continue
        if sign == "`":
            at = _literal(source, at + 1)[1]
            continue
        if depth == 0 and sign in "),":
            return at
        depth += (sign in "([{") - (sign in ")]}")
        at += 1
    return at


def _is_value(source: str, begun: int, at: int, close: int) -> bool:
    before = source[begun:at]
    after = _SPACE.match(source, close)
    compared = _COMPARED.match(source, after.end() if after else close)
    return bool(_BEFORE_VALUE.search(before)) and not compared


def _literal(source: str, at: int) -> tuple[Literal, int]:
    """A literal that begins after its backtick, and the place after its end."""
    said: list[str] = []
    found = Literal()
    while at < len(source) and source[at] != "`":
        if source[at] == "\\":
            said.append(source[at + 1 : at + 2])
            at += 2
        elif source.startswith("${", at):
            end = _expression(source, at + 2)
            said.append(HOLE + "\n" * source.count("\n", at, end))
            found.holes.append((at + 2, end - 1))
            at = end
        else:
            said.append(source[at])
            at += 1
    found.text = "".join(said)
    return found, at + 1


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
        if (after := _comment(source, at)) > at:
            at = after
            continue
        depth += {"{": 1, "}": -1}.get(sign, 0)
        at += 1
    return at


def _comment(source: str, at: int) -> int:
    """The place after a comment that begins here; here when none does."""
    if not source.startswith(("//", "/*"), at):
        return at
    close = "\n" if source[at + 1] == "/" else "*/"
    end = source.find(close, at + 2)
    return len(source) if end < 0 else end + len(close)


def _string(source: str, at: int) -> int:
    """The place after a string that begins at its quote."""
    quote, at = source[at], at + 1
    while at < len(source) and source[at] != quote:
        at += 2 if source[at] == "\\" else 1
    return at + 1
