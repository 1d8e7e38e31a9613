"""Tokens of a text, after the Penn Treebank's rules for English; of Chinese and Japanese writing a token a character.

The rules are those of the Treebank's sed script (R. MacIntyre, 1995) in the order in which Label Studio applies them:
each puts spaces around what stands alone. The one that writes `"` in two characters is undone when tokens are placed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ALONE = r" \g<0> "
_SINGLE = (  # writing without spaces between words, and its punctuation
    r"\u2e80-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
    r"\U00020000-\U0003ffff"
)
_VARIANTS = r"\ufe00-\ufe0f\U000e0100-\U000e01ef"
_ANY_SINGLE = re.compile(f"[{_SINGLE}]")
_PIECE = re.compile(rf"[{_SINGLE}][{_VARIANTS}]*|[^{_SINGLE}]+")

_QUOTES_AND_SIGNS = [
    (re.compile(rule), becomes)
    for rule, becomes in (
        (r'^"', "``"),
        (r"``", _ALONE),
        (r"""([ (\[{<])("|'')""", r"\1 `` "),
        (r"([:,])(\D)", r" \1 \2"),
        (r"[:,]$", _ALONE),
        (r"\.\.\.|[;@#$/%&]", _ALONE),
        (r"""([^.])(\.)([\])}>"']*)\s*$""", r"\1 \2\3 "),
        (r"[?!]", _ALONE),
        (r"([^'])' ", r"\1 ' "),
        (r"[\[\](){}<>]", _ALONE),
        (r"--", _ALONE),
    )
]
_TWO_WORDS = (
    r"(?i)\b(can(?=not\b)|d(?='ye\b)|(?:gim|lem)(?=me\b)|gon(?=na\b)|got(?=ta\b)|more(?='n\b)|wan(?=na\s))"
    r"('?\w+)"
)
_ENDS_AND_CONTRACTIONS = [
    (re.compile(rule), becomes)
    for rule, becomes in (
        (r"''", _ALONE),
        (r'"', " '' "),
        (r"([^' ])('[sSmMdD]|') ", r"\1 \2 "),
        (r"([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", r"\1 \2 "),
        (
            _TWO_WORDS,
            r" \1 \2 ",
        ),
        (r"(?i) ('t)(is|was)\b", r" \1 \2 "),
    )
]


def tokens_of(text: str) -> Iterator[tuple[int, int]]:
    """Half-open (start, end) in code points, in the text's order; together they cover all but its white space."""
    at, whole = 0, not _ANY_SINGLE.search(text)
    for token in _split(text):
        while text[at].isspace():
            at += 1
        end = at + (1 if text[at] == '"' and token in ("``", "''") else len(token))
        if whole:
            yield at, end
        else:
            yield from (found.span() for found in _PIECE.finditer(text, at, end))
        at = end


def _split(text: str) -> list[str]:
    for rule, becomes in _QUOTES_AND_SIGNS:
        text = rule.sub(becomes, text)
    text = f" {text} "
    for rule, becomes in _ENDS_AND_CONTRACTIONS:
        text = rule.sub(becomes, text)
    return text.split()
