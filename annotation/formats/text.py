"""Facts about stored text: hashes, and half characters that cannot be stored."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

from annotation.algorithms.canonical import canonical_json, sha256_hex

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def text_hash(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes; raises UnicodeEncodeError for lone surrogates."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def content_hash(data: Mapping[str, object]) -> str:
    """The SHA-256 of an item's data as canonical JSON: the order of its keys does not matter."""
    return sha256_hex(canonical_json(data))


def find_lone_surrogate(value: object) -> str | None:
    """The path (`parts[2].text`) of the first string with a lone surrogate in a JSON value, or None."""
    found = _find(value, _SURROGATE)
    return found[1] if found else None


def find_unstorable(value: object) -> tuple[str, str] | None:
    """The code and the path of the first character that no database takes in a JSON value, or None."""
    found = None if _plainly_sound(value) else _find(value, _UNSTORABLE)
    if found is None:
        return None
    character, path = found
    return ("nul_character" if character == "\x00" else "lone_surrogate"), path


def _plainly_sound(value: object) -> bool:
    """A quick look at the JSON text, for thousands of regions; what it doubts is looked at closely."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return "\\u0000" not in text and not _SURROGATE.search(text)


def _find(value: object, wanted: re.Pattern[str]) -> tuple[str, str] | None:
    # Without recursion, so that depth cannot exhaust the stack.
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        path, found = waiting.pop()
        if isinstance(found, str):
            if match := wanted.search(found):
                return match[0], path
        elif isinstance(found, Mapping):
            for key in found:
                if isinstance(key, str) and (match := wanted.search(key)):
                    return match[0], path
            waiting += [(f"{path}.{key}" if path else str(key), part) for key, part in found.items()][::-1]
        elif isinstance(found, list | tuple):
            waiting += [(f"{path}[{at}]", part) for at, part in enumerate(found)][::-1]
    return None
