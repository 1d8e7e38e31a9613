"""How long texts are, and which are far longer or shorter than the rest of their batch.

Lengths are counted in steps of a twentieth of a doubling (3.5 %), so that a batch of any size is a few hundred numbers.
Far is beyond the quartiles by three times their distance (Tukey's outer fences, on a logarithmic scale).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from annotation.algorithms.quality.chunk import Found, Seen, Text

KEY, VERSION = "lengths", 1
STEPS = 20
FEWEST = 20
"""Of fewer texts none is called far from the rest."""
LEAST_SPREAD = 0.5
"""In doublings: where all are alike, a small difference is not far."""


def look(texts: list[Text]) -> Seen:
    """Lengths in characters and tokens, and the texts without a single word."""
    steps: dict[str, int] = {}
    found = []
    for one in texts:
        step = str(step_of(len(one.text)))
        steps[step] = steps.get(step, 0) + 1
        if not one.tokens:
            found.append(Found(one.number, "no_words"))
    return Seen(
        {
            "texts": len(texts),
            "characters": sum(len(one.text) for one in texts),
            "tokens": sum(len(one.tokens) for one in texts),
            "steps": steps,
        },
        found,
    )


def step_of(characters: int) -> int:
    """The step of a length."""
    return round(STEPS * math.log2(1 + characters))


def characters_of(step: float) -> int:
    """The length in the middle of a step."""
    return round(2 ** (step / STEPS) - 1)


def quantile(steps: Mapping[str, int], share: float) -> int:
    """The step below which this share of the texts lies. At least one text."""
    wanted = share * sum(steps.values())
    reached = 0
    for step in sorted(int(name) for name in steps):
        reached += steps[str(step)]
        if reached >= wanted:
            return step
    return 0


def fences(steps: Mapping[str, int]) -> tuple[int, int] | None:
    """The shortest and the longest length, in characters, that is not far from the rest; None of too few texts."""
    if sum(steps.values()) < FEWEST:
        return None
    low, high = quantile(steps, 0.25), quantile(steps, 0.75)
    reach = 3 * max(high - low, LEAST_SPREAD * STEPS)
    return characters_of(max(low - reach, 0)), characters_of(high + reach)
