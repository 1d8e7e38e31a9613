"""Base64 and hexadecimal digits, each read in one form alone: of two forms one could be put for the other unseen."""

from __future__ import annotations

import base64
import re

_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)


def base64_text(content: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(content).decode("ascii")


def base64_bytes(text: object) -> bytes | None:
    """What the text says; None where it is not the one way to write it."""
    if not isinstance(text, str) or not text.isascii():
        return None
    try:
        content = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return content if base64_text(content) == text else None


def is_digest(value: object) -> bool:
    """Whether it is a SHA-256 as 64 small hexadecimal digits."""
    return isinstance(value, str) and _HEX.fullmatch(value) is not None
