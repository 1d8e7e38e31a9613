"""Facts about stored text: hashes, and half characters that cannot be stored."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from annotation.algorithms.canonical import canonical_json, sha256_hex

_SURROGATE = re.compile("[\ud800-\udfff]")


def text_hash(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes; raises UnicodeEncodeError for lone surrogates."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def content_hash(data: Mapping[str, object]) -> str:
    """The SHA-256 of an item's data as canonical JSON: the order of its keys does not matter."""
    return sha256_hex(canonical_json(data))


def find_lone_surrogate(value: object) -> str | None:
    """The path (`text`, `parts[2].text`) of the first string with a lone surrogate in a JSON value, or None.

    Walks without recursion, so that depth cannot exhaust the stack.
    """
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        path, found = waiting.pop()
        if isinstance(found, str):
            if _SURROGATE.search(found):
                return path
        elif isinstance(found, Mapping):
            if any(isinstance(key, str) and _SURROGATE.search(key) for key in found):
                return path
            waiting += [(f"{path}.{key}" if path else str(key), part) for key, part in found.items()][::-1]
        elif isinstance(found, list | tuple):
            waiting += [(f"{path}[{at}]", part) for at, part in enumerate(found)][::-1]
    return None
