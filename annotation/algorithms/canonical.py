"""One way to write a value down, so that equal inputs have equal hashes."""

import hashlib
import json
import math
from collections.abc import Hashable, Iterable

from annotation.algorithms.scalars import Boolean

CODE_VERSION = 5
"""Raised when a statistic's definition changes; stored beside every result."""


def canonical_json(value: object) -> bytes:
    """Write a JSON value as UTF-8 with sorted keys, no spaces and no ASCII escapes.

    Raises ValueError for NaN and infinities, TypeError for what JSON cannot hold, and UnicodeEncodeError
    (a ValueError) for lone surrogates.
    """
    return _ENCODER.encode(value).encode("utf-8")


def _boolean(value: object) -> bool:
    if isinstance(value, Boolean):
        return bool(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_boolean
)


def sha256_hex(content: bytes) -> str:
    """The SHA-256 of some bytes as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def sort_key(value: Hashable) -> tuple[str, float, bytes]:
    """An order over mixed values (text, numbers, tuples) that does not depend on where they came from.

    Numbers stand by size, before what is not a number.
    """
    written = _written(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "", _size(value), written
    return type(value).__name__, 0.0, written


def _size(number: float) -> float:
    try:
        return float(number)
    except OverflowError:  # a whole number beyond any float
        return math.inf if number > 0 else -math.inf


def _written(value: Hashable) -> bytes:
    """`canonical_json`, ten times faster for what most keys are: whole numbers and plain text."""
    if type(value) is int:
        return b"%d" % value
    if (
        type(value) is str
        and value.isascii()
        and value.isprintable()
        and '"' not in value
        and "\\" not in value
    ):
        return b'"%b"' % value.encode("ascii")
    return canonical_json(value)


def inputs_hash(triples: Iterable[tuple[object, object, object]]) -> str:
    """A hash of (item, rater, value) triples that does not depend on their order.

    A result that names this hash can be recomputed later and compared.
    """
    lines = sorted(canonical_json([item, rater, value]) for item, rater, value in triples)
    return sha256_hex(b"\n".join(lines))
