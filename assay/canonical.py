"""Canonical JSON: one way to write a value down, and a reader that takes no other.

Sorted keys, no spaces, UTF-8 without escapes that are not needed, no NaN: the bytes of Python's `json.dumps` with
`sort_keys`, `separators=(",", ":")` and `ensure_ascii=False`.
"""

from __future__ import annotations

import json
from typing import Any


class NotCanonical(ValueError):
    """`reason`: `text` (no UTF-8), `json` (no JSON), `twice` (a key stands twice), `form` (another way of writing)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def write(value: object) -> bytes:
    """The bytes of a JSON value. Raises ValueError for NaN, infinities and lone surrogates, TypeError for no JSON."""
    return _ENCODER.encode(value).encode("utf-8")


def read(content: bytes) -> Any:
    """The value of canonical bytes. Raises NotCanonical for all others."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotCanonical("text") from error
    try:
        value = _DECODER.decode(text)
        written = write(value)
    except NotCanonical:
        raise
    except (ValueError, RecursionError) as error:
        raise NotCanonical("json") from error
    if written != content:
        raise NotCanonical("form")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical("twice")
    return found


def _no_constant(name: str) -> Any:
    raise NotCanonical("json")


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)
