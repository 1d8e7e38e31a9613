"""What the routing benchmark is about: who knows what, and what each item asks, by rules of arithmetic.

The same rules make the rows (in SQL) and judge the result (in Python), so the check shares nothing with the queue.
"""

import random
from dataclasses import dataclass
from typing import Final

EXPERTS: Final = 5_000
LANES: Final = 200
PARTIES: Final = 50
SPECIALITIES: Final = tuple(f"speciality {at}" for at in range(20))
JURISDICTIONS: Final = ("CN", "HK", "SG", "GB", "DE", "FR", "JP", "BR", "US-NY", "US-CA")
LANGUAGES: Final = ("en", "zh-hans", "de")
OVERLAP: Final = 2

CONFLICTED, HALF_DONE, PLAIN = 0, 1, 2
"""Experts of a kind: one with an interest in 90 % of the items, one who has answered half of them, one as a measure."""
FIRST_OF_MANY: Final = 3


@dataclass(frozen=True)
class Knows:
    """What an expert's profile says, and in which parties they have an interest."""

    specialities: frozenset[str]
    jurisdictions: frozenset[str]
    languages: frozenset[str]
    interests: frozenset[int]


def knows(expert: int) -> Knows:
    """Of the expert of this number. Most have an interest in one party of fifty: 2 % of the items."""
    if expert < FIRST_OF_MANY:
        interests = range(PARTIES * 9 // 10) if expert == CONFLICTED else range(0)
        return Knows(
            frozenset(SPECIALITIES), frozenset(JURISDICTIONS), frozenset(LANGUAGES), frozenset(interests)
        )
    draw = random.Random(expert)
    return Knows(
        frozenset(draw.sample(SPECIALITIES, 5)),
        frozenset(draw.sample(JURISDICTIONS, 4)),
        frozenset(draw.sample(LANGUAGES, 2)),
        frozenset({draw.randrange(PARTIES)}),
    )


def asks(lane: int) -> tuple[str, str, str]:
    """Speciality, jurisdiction and language of a lane."""
    return SPECIALITIES[lane % 20], JURISDICTIONS[lane // 20], LANGUAGES[lane % 3]


def lane_of(item: int) -> int:
    """The lane of the item of this number, from 0."""
    return item % LANES


def party_of(item: int) -> int:
    """The one party of the item. `PARTY_SQL` says the same."""
    return ((item * 2_654_435_761) >> 7) % PARTIES


PARTY_SQL: Final = "(((n * 2654435761) >> 7) % 50)"


def may(expert: int, item: int) -> bool:
    """Whether what an expert knows and has at stake lets them judge the item."""
    who, (speciality, jurisdiction, language) = knows(expert), asks(lane_of(item))
    return (
        speciality in who.specialities
        and jurisdiction in who.jurisdictions
        and language in who.languages
        and party_of(item) not in who.interests
    )
