"""Signs that a text was read in the wrong encoding, or came out of a broken tool."""

from __future__ import annotations

import re

from annotation.algorithms.quality.chunk import Found, Seen, Text

KEY, VERSION = "encoding", 1

_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|apos|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_LOST = re.compile("\ufffd")
_HALVES = (
    "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019"
)
_MORE_HALVES = "\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
_MISREAD = re.compile(f"[\u00c2-\u00f4][{_HALVES}{_MORE_HALVES}]{{1,3}}")
# What is left of replacement signs, and of memory never written to, when read as GBK.
_GBK = re.compile("\u951f\u65a4\u62f7|\u70eb{4,}|\u5c6f{4,}")
# Cyrillic, and the Greek letters that look Latin; others stand beside Latin ones in medicine ("TNFα").
_LOOKALIKE = (
    "\u0400-\u04ff\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
)
_MIXED = re.compile(f"[A-Za-z][{_LOOKALIKE}]|[{_LOOKALIKE}][A-Za-z]")


def signs_of(text: str) -> dict[str, int]:
    """How often each sign stands in a text; only those that do."""
    counts = {
        "control": len(_CONTROL.findall(text)),
        "entity": len(_ENTITY.findall(text)) if "&" in text else 0,
    }
    if not text.isascii():
        misread = sum(_was_utf8(match[0]) for match in _MISREAD.finditer(text))
        counts |= {
            "lost": len(_LOST.findall(text)),
            "misread": misread + len(_GBK.findall(text)),
            "mixed_script": len(_MIXED.findall(text)),
        }
    return {code: count for code, count in counts.items() if count}


def _was_utf8(run: str) -> bool:
    """Whether these signs are the bytes of one sensible character, read as Windows-1252 or Latin-1."""
    data = b"".join(_byte(sign) for sign in run)
    for end in range(2, len(data) + 1):
        try:
            sign = data[:end].decode()
        except UnicodeDecodeError:
            continue
        # Latin letters and signs, dashes and quotes, Chinese and Japanese: not what words happen to spell.
        return (
            "\u00a0" <= sign <= "\u017f"
            or "\u2010" <= sign <= "\u2044"
            or "\u3000" <= sign <= "\u9fff"
            or sign >= "\uff00"
        )
    return False


def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def look(texts: list[Text]) -> Seen:
    """Which texts hold such signs, and how many of each."""
    figures: dict[str, int] = {}
    found = []
    for one in texts:
        for code, count in signs_of(one.text).items():
            figures[code] = figures.get(code, 0) + 1
            found.append(Found(one.number, code, {"count": count}))
    return Seen({"texts": figures}, found)
