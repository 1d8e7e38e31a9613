"""Which language a text seems to be in: Chinese and Japanese by their signs, others by Compact Language Detector 2.

It would rather not say than be wrong: of texts of 40 characters it names the wrong language in less than one of a
hundred, and none at all for about three. What it says is a suggestion and no item's language.
"""

from __future__ import annotations

import re
from collections import Counter

import pycld2

from annotation.algorithms.quality.chunk import Found, Seen, Text

KEY, VERSION = "language", 1
UNKNOWN = ""
MOST = 400
"""Characters of a text that are looked at."""
SURE_LENGTH = 20
"""A text of fewer letters is too short to contradict what is stated."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KANA = re.compile(r"[\u3041-\u30fa]+")
_LETTER = re.compile(r"[^\W\d_]+")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def language_of(text: str) -> str:
    """Its code (ISO 639), or UNKNOWN. Chinese is `zh`, however it is written."""
    text = text[:MOST]
    if not text.isascii() and (han := _signs(_HAN, text)):
        kana = _signs(_KANA, text)
        # A Chinese character says about as much as four letters.
        if 4 * (han + kana) >= _signs(_LETTER, text) - han - kana:
            return "ja" if 10 * kana > han else "zh"
    try:
        is_sure, _bytes, details = pycld2.detect(_UNREADABLE.sub(" ", text))
    except pycld2.error:
        return UNKNOWN
    code = details[0][1].split("-")[0]
    return code if is_sure and code != "un" else UNKNOWN


def look(texts: list[Text], languages: dict[int, str]) -> Seen:
    """The languages of the texts, counted; also put into `languages` by number. Flags contradict what is stated."""
    found = []
    for one in texts:
        seen = languages[one.number] = language_of(one.text)
        stated = one.language.replace("_", "-").split("-")[0].lower()
        if stated and seen and seen != stated and _is_long(one.text):
            found.append(Found(one.number, "language_differs", {"stated": one.language, "seen": seen}))
    unstated = [one.number for one in texts if not one.language]
    figures = {"languages": dict(Counter(languages[one.number] for one in texts)), "unstated": len(unstated)}
    return Seen(figures, found)


def _is_long(text: str) -> bool:
    text = text[:MOST]
    return _signs(_LETTER, text) >= SURE_LENGTH or _signs(_HAN, text) >= SURE_LENGTH // 4


def _signs(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))
