"""Signs that texts were written by a machine: phrases that assistants open and end with, runs that many rows share."""

from __future__ import annotations

import re

import numpy as np

from annotation.algorithms.quality.chunk import Found, Seen, Text
from annotation.algorithms.quality.grams import grams

KEY, VERSION = "machine", 1
RUN = 8
MOST_ROWS = 0xFFFF
FEWEST_ROWS, LEAST_SHARE = 5, 0.02
"""A run of eight words is repeated when so many rows, and such a share of those looked at together, hold it."""

_UPPER = np.uint64(0xFFFFFFFFFFFF0000)
# One of these stands in every stock phrase: most texts need no closer look.
_HINTS = (
    "as an a",
    "an ai",
    "certainly",
    "sure",
    "of course",
    "help with",
    "assist with",
    "as of my",
    "hope this",
)
_HINTS_CHINESE = ("作为一", "我是一", "以下是", "希望", "截至我")
_STOCK = re.compile(
    r"\bas an? (?:ai|artificial intelligence)(?: language)? (?:model|assistant)\b"
    r"|\bi(?:'|’)?m (?:just )?an ai\b|\bi am an ai\b"
    r"|^(?:certainly|sure|of course)[!,.] (?:here|below)\b"
    r"|\bi (?:cannot|can(?:'|’)t) (?:assist|help) with (?:that|this)\b"
    r"|\bas of my (?:last|latest) (?:knowledge )?(?:update|training|cutoff)\b"
    r"|\bi hope this (?:helps|information is helpful)\b"
    r"|作为一(?:个|名|款)?(?:ai|人工智能|大?语言模型)|我是一个?(?:ai|人工智能)"
    r"|^(?:当然|好的)[,，!！][^。]{0,6}以下是|希望(?:以上|这些|这|本)[^。]{0,12}(?:有所?帮助|帮到)"
    r"|截至我的(?:知识|训练)",
    re.IGNORECASE,
)


def look(texts: list[Text]) -> Seen:
    """Flags for stock phrases and repeated runs among these texts (up to a few hundred, as they came in)."""
    found = [
        Found(one.number, "stock_phrase", {"phrase": phrase})
        for one in texts
        if (phrase := _stock_phrase(one.normal.text))
    ]
    stock = len(found)
    found += _repeated(texts)
    return Seen({"stock": stock, "repeated": len(found) - stock}, found)


def _stock_phrase(text: str) -> str:
    hints = _HINTS if text.isascii() else _HINTS + _HINTS_CHINESE
    folded = text.casefold()
    if not any(hint in folded for hint in hints):
        return ""
    match = _STOCK.search(text)
    return match[0][:80] if match else ""


def _repeated(texts: list[Text]) -> list[Found]:
    """The most repeated run of each text that has one. A number has a run in 48 bits, and its text in the 16 below."""
    least = max(FEWEST_ROWS, LEAST_SHARE * len(texts))
    if not FEWEST_ROWS <= len(texts) <= MOST_ROWS:
        return []
    runs, begins = grams([one.hashes for one in texts], RUN)
    which = np.repeat(np.arange(len(texts), dtype=np.uint64), np.diff(begins))
    pairs = np.sort((runs & _UPPER) | which)
    pairs = pairs[np.diff(pairs, prepend=~pairs[:1]) != 0]  # once a text
    begin = np.flatnonzero(np.diff(pairs & _UPPER, prepend=~pairs[:1]))
    counts = np.diff(begin, append=len(pairs))
    best: dict[int, tuple[int, int]] = {}
    for at, count in zip(begin[counts >= least].tolist(), counts[counts >= least].tolist(), strict=True):
        for pair in pairs[at : at + count].tolist():
            best[pair & 0xFFFF] = max(best.get(pair & 0xFFFF, (0, 0)), (count, pair & ~0xFFFF))
    found = []
    for at, (count, run) in sorted(best.items()):
        own = runs[begins[at] : begins[at + 1]] & _UPPER
        place = int(np.flatnonzero(own == np.uint64(run))[0])
        found.append(
            Found(texts[at].number, "repeated_phrase", {"rows": count, "phrase": _phrase(texts[at], place)})
        )
    return found


def _phrase(text: Text, at: int) -> str:
    words = text.tokens[at : at + RUN]
    return ("" if all(len(word) == 1 for word in words) else " ").join(words)[:80]
