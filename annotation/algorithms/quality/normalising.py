"""Where texts differ from their normal form: recorded, and the stored text stays as it came."""

from __future__ import annotations

from annotation.algorithms.quality.chunk import Found, Seen, Text

KEY, VERSION = "normal", 1
KINDS = ("not_composed", "line_ends", "zero_width", "full_width", "spaces")


def look(texts: list[Text]) -> Seen:
    """Which texts differ from their normal form, and in what."""
    places = dict.fromkeys(KINDS, 0)
    found = []
    for one in texts:
        for kind, count in one.normal.changes.items():
            places[kind] += count
        if one.normal.changes:
            found.append(Found(one.number, "would_change", dict(one.normal.changes)))
    return Seen({"places": {kind: count for kind, count in places.items() if count}}, found)
