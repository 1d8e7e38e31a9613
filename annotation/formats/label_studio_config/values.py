"""What Label Studio takes an attribute or a text of a config for before it judges it.

It reads a config by the BadgerFish convention, in which whatever looks like a number or a truth value is one: a control
named "5" has no name.
"""

from __future__ import annotations

import math


def is_words(value: str) -> bool:
    """Whether Label Studio takes it for text: neither a finite number nor a truth value."""
    if value.lower() in ("true", "false"):
        return False
    for read in (int, float):
        try:
            number = read(value)
        except ValueError:
            continue
        return isinstance(number, float) and not math.isfinite(number)
    return True
