"""One field of a disclosure: what it asks and what is known, or that nothing is."""

from __future__ import annotations

from typing import Any

UNKNOWN = "not known to Assay"


def entry(title: str, value: Any, note: str = "") -> dict[str, Any]:
    """A field: `filled` says whether anything is known; `note` what is to be added, or what the value is."""
    filled = value not in (None, "", [], {})
    found: dict[str, Any] = {"title": title, "filled": filled, "value": value if filled else None}
    if note or not filled:
        found["note"] = note or UNKNOWN
    return found
