"""Which texts are alike: a fixed-size signature, and keys by which a database finds likely neighbours.

A text is the set of its words and of its pairs of neighbouring words; of scripts written without spaces (Chinese,
Japanese, Thai) every character stands for a word. Each member of the set is hashed once; the least hash in each of
BINS bins is the signature (one permutation hashing), and the share of equal bins estimates the Jaccard similarity of
the sets. An empty bin borrows from the next one that is not, with the distance mixed in. Bands of two bins are the
keys: two texts of Jaccard similarity s share at least one with a probability of 1 - (1 - s^2)^16.

Broder, A. Z. (1997). On the resemblance and containment of documents. doi:10.1109/SEQUEN.1997.666900
Li, P., Owen, A., & Zhang, C.-H. (2012). One permutation hashing. NeurIPS 25.
Shrivastava, A., & Li, P. (2014). Densifying one permutation hashing via rotation. ICML.

Pure standard library: web processes read signatures too.
"""

import hashlib
import re
import struct
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

BINS = 32
BAND = 2
MOST_TOKENS = 4000
_EMPTY = (1 << 32) - 1
_TOKEN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0eff\U00020000-\U0003ffff]|[^\W_]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0eff\U00020000-\U0003ffff]")


def shingles(text: str) -> set[str]:
    """The words of two letters or more and the pairs of neighbours, of the first MOST_TOKENS words, case folded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    tokens = _TOKEN.findall(folded)[:MOST_TOKENS]
    pairs = {f"{one} {other}" for one, other in pairwise(tokens)}
    # A single character of a script without spaces says next to nothing; a word does.
    words = {token for token in tokens if len(token) > 1 and not _WIDE.match(token)}
    return pairs | words or set(tokens)


def signature(text: str) -> tuple[int, ...]:
    """BINS numbers of 32 bits; none at all for a text without a letter or digit."""
    found = [_EMPTY] * BINS
    members = shingles(text)
    for member in members:
        value = _hash(member.encode())
        at, rest = value % BINS, value // BINS & 0xFFFFFFFF
        found[at] = min(found[at], rest)
    return tuple(_dense(found)) if members else ()


def similarity(first: Sequence[int], second: Sequence[int]) -> float:
    """The estimated Jaccard similarity of two signatures, in [0, 1]; 0 where one is empty."""
    if not first or not second:
        return 0.0
    return sum(one == other for one, other in zip(first, second, strict=True)) / BINS


def band_keys(scope: str, of: Sequence[int]) -> list[int]:
    """A key for each band of a signature within a scope, signed, of 64 bits; texts that share one may be alike."""
    return [key(scope, f"{at}", *(str(one) for one in of[at : at + BAND])) for at in range(0, len(of), BAND)]


def key(*parts: str) -> int:
    """A signed 64-bit number for these words."""
    joined = "\x1f".join(parts).encode()
    return _hash(joined) - (1 << 63)


def _dense(found: Sequence[int]) -> list[int]:
    """Every empty bin with what it borrows. At least one is not empty."""
    filled = list(found)
    for at, value in enumerate(found):
        if value == _EMPTY:
            away = next(step for step in range(1, BINS) if found[(at + step) % BINS] != _EMPTY)
            filled[at] = (found[(at + away) % BINS] + away * 0x9E3779B1) & 0xFFFFFFFF
    return filled


def _hash(data: bytes) -> int:
    (value,) = struct.unpack("<Q", hashlib.blake2b(data, digest_size=8).digest())
    return int(value)
