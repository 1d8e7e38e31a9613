"""Tokens as numbers, and runs of tokens (n-grams) as numbers: the same on every machine and in every year.

A token is a word, or one sign of a script written without spaces between words (Chinese, Japanese, Korean, Thai), so
that thirteen tokens are thirteen words of English and thirteen characters of Chinese.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_TOKEN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0eff\U00020000-\U0003ffff]|[^\W_]+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_MOST_KNOWN = 200_000
_known: dict[str, int] = {}


def tokens_of(text: str) -> list[str]:
    """The tokens of a text, case folded."""
    return _TOKEN.findall(text.casefold())


def hashes_of(tokens: Iterable[str]) -> Hashes:
    """A number of 64 bits for each token."""
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    return np.fromiter((_known.get(one) or _hash(one) for one in tokens), dtype=np.uint64)


def grams(rows: Sequence[NDArray[np.unsignedinteger]], length: int) -> tuple[Hashes, NDArray[np.int64]]:
    """Every run of `length` numbers within a row as one number, and where each row's runs begin (rows + 1 places)."""
    counts = np.array([max(len(row) - length + 1, 0) for row in rows], dtype=np.int64)
    begins = np.concatenate(([0], np.cumsum(counts)))
    long = [row for row in rows if len(row) >= length]
    if not long:
        return np.empty(0, np.uint64), begins
    flat = np.concatenate(long).astype(np.uint64)
    total: Hashes = np.zeros(len(flat) - length + 1, np.uint64)
    with np.errstate(over="ignore"):
        for at in range(length):
            total = total * _FACTOR + flat[at : at + len(total)]
        total = mixed(total)
    return total[_within(long, length)], begins


def mixed(values: Hashes) -> Hashes:
    """The same numbers with their bits spread, one to one."""
    with np.errstate(over="ignore"):
        for _round in range(2):
            values = (values ^ (values >> np.uint64(32))) * _MIX
        return values ^ (values >> np.uint64(32))


def _within(rows: Sequence[NDArray[np.unsignedinteger]], length: int) -> NDArray[np.bool_]:
    """Which runs of the rows laid end to end do not cross from one row into the next."""
    ends = np.cumsum([len(row) for row in rows])
    fine = np.ones(int(ends[-1]) - length + 1, bool)
    for end in ends[:-1]:
        fine[end - length + 1 : end] = False
    return fine


def _hash(token: str) -> int:
    value = int.from_bytes(hashlib.blake2b(token.encode(), digest_size=8).digest(), "little") or 1
    _known[token] = value
    return value
