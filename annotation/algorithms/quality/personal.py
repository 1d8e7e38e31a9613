"""Personal data in texts: what stands where, by patterns, and by check digits where there are some.

It knows no names of people and no postal addresses: those need a reader. What it finds is a flag that stays open until
somebody has looked; the flag tells kind and places, not the data.
"""

from __future__ import annotations

from collections import Counter

from annotation.algorithms.quality.chunk import Found, Seen, Text
from annotation.algorithms.quality.personal_patterns import places_of

KEY, VERSION = "personal", 1
UNREAD = "unread"
"""The code of a flag on a text that is longer than what is looked through."""
MOST_PLACES = 20
"""Places told of a flag; it counts all."""


def look(texts: list[Text]) -> Seen:
    """One flag for each kind of personal data in each text. Figures: texts by kind, and places in all."""
    kinds: Counter[str] = Counter()
    places = 0
    found = []
    for one in texts:
        for code, held in places_of(one.text).items():
            kinds[code] += 1
            places += len(held)
            told = [list(place) for place in held[:MOST_PLACES]]
            found.append(Found(one.number, code, {"count": len(held), "places": told}))
        if one.rest:
            kinds[UNREAD] += 1
            found.append(Found(one.number, UNREAD, {"characters": len(one.text)}))
    return Seen({"texts": len(texts), "kinds": dict(kinds), "places": places}, found)
