"""Names and identifiers of parties, normalised so that two ways to write one party are one key. Pure.

A name is folded by Unicode (NFKC, case, accents), punctuation and space go, and legal forms at either end go
(`data/legal_forms.json`). Folding errs towards one key for two parties: a conflict too many costs one item, one missed
costs the set its trust. Identifiers: LEI (ISO 17442), 统一社会信用代码 (GB 32100-2015), else a register's number.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).parent / "data" / "legal_forms.json"
_ACCENT = re.compile("[\u0300-\u036f]")
_SILENT = re.compile(r"[.'’‘`´·・\u00ad\u200b-\u200f\u2060]")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_](?!\S))+")
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_GAP = re.compile(f"(?<=[{_UNSPACED}]) (?=[{_UNSPACED}])")
_LABEL = re.compile(r"^\s*(?:LEI|USCC|统一社会信用代码|社会信用代码)\s*[:：]?\s*", re.IGNORECASE)
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
SHORTEST_NUMBER = 4


class _Forms(NamedTuple):
    suffixes: list[list[str]]
    prefixes: list[list[str]]
    unspaced: list[str]
    bracketed: list[str]
    connectors: frozenset[str]


@cache
def _forms() -> _Forms:
    given = json.loads(_DATA.read_text("utf-8"))

    def words(table: dict[str, list[str]]) -> list[list[str]]:
        phrases = {tuple(_words(form)) for forms in table.values() for form in forms}
        return [list(phrase) for phrase in sorted(phrases, key=lambda one: (-len(one), one))]

    unspaced = {_fold(form) for forms in given["unspaced"].values() for form in forms}
    return _Forms(
        words(given["suffixes"]),
        words(given["prefixes"]),
        sorted(unspaced, key=lambda one: (-len(one), one)),
        [_fold(form) for form in given["bracketed"]],
        frozenset(given["connectors"]),
    )


def _fold(text: str) -> str:
    """NFKC and case folded, accents of Latin, Greek and Cyrillic letters gone; stable when done again."""
    while True:
        # Capitals first: they are how a Turkish ı and i are written alike.
        plain = unicodedata.normalize("NFKC", text).upper().casefold()
        apart = unicodedata.normalize("NFKD", plain)
        folded = unicodedata.normalize("NFKC", _ACCENT.sub("", apart))
        if folded == text:
            return folded
        text = folded


def _words(text: str) -> list[str]:
    """Folded words: dots vanish, single letters in a row are one word, script without spaces has none."""
    bare = _SILENT.sub("", _fold(text)).replace("&", " and ")
    spaced = " ".join(_WORD.findall(bare))
    joined = _LETTERS.sub(lambda found: found[0].replace(" ", ""), spaced)
    return _GAP.sub("", joined).split()


def _without_end(words: list[str], forms: _Forms) -> list[str]:
    """One legal form less, or the same words; never nothing."""
    for form in forms.suffixes:
        if len(words) > len(form) and words[-len(form) :] == form:
            rest = words[: -len(form)]
            return rest[:-1] if len(rest) > 1 and rest[-1] in forms.connectors else rest
    for form in forms.prefixes:
        if len(words) > len(form) and words[: len(form)] == form:
            return words[len(form) :]
    for sign in forms.unspaced:
        if words[-1].endswith(sign) and len("".join(words)) > len(sign):
            return [word for word in (*words[:-1], words[-1].removesuffix(sign)) if word]
        if words[0].startswith(sign) and len("".join(words)) > len(sign):
            return [word for word in (words[0].removeprefix(sign), *words[1:]) if word]
    return words


def _once(name: str) -> str:
    forms = _forms()
    folded = _fold(name)
    for mark in forms.bracketed:
        folded = folded.replace(mark, " ")
    words = _words(folded) or _words(name)
    while words and (rest := _without_end(words, forms)) != words:
        words = rest
    return "".join(words)


def name_key(name: str) -> str:
    """The normalised name: the same for every way to write it, stable when done again; empty without a letter."""
    key = _once(name)
    while (again := _once(key)) != key:
        key = again
    return key


def _is_lei(text: str) -> bool:
    """Twenty characters whose number modulo 97 is 1 (ISO 7064)."""
    shaped = re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", text)
    return bool(shaped) and int("".join(str(int(sign, 36)) for sign in text)) % 97 == 1


def _is_uscc(text: str) -> bool:
    """Eighteen characters of an alphabet of 31, the last of which checks the others."""
    if len(text) != 18 or not set(text) <= set(_USCC):
        return False
    total = sum(weight * _USCC.index(sign) for weight, sign in zip(_USCC_WEIGHTS, text, strict=False))
    return _USCC[(31 - total % 31) % 31] == text[17]


def identifier_key(identifier: str) -> str:
    """`lei:…`, `uscc:…` or `number:…`, without leading zeros; empty when it is too short to tell anybody apart."""
    bare = _LABEL.sub("", unicodedata.normalize("NFKC", identifier))
    text = "".join(sign for sign in bare.upper() if sign.isascii() and sign.isalnum())
    if _is_lei(text):
        return f"lei:{text}"
    if _is_uscc(text):
        return f"uscc:{text}"
    return f"number:{text.lstrip('0')}" if len(text.lstrip("0")) >= SHORTEST_NUMBER else ""


def party_keys(name: str, identifier: str = "") -> list[str]:
    """What a party is compared by, at most one key of each sort; empty when neither tells anything."""
    named, numbered = name_key(name)[:160], identifier_key(identifier)[:160]
    return [*([f"name:{named}"] if named else []), *([numbered] if numbered else [])]
