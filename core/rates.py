"""How often somebody has called in the last minute, counted aside: where nobody counts, every call goes through."""

from dataclasses import dataclass

from redis import Redis

from core import asides

WINDOW = 60
"""Seconds. The first call begins a window of its own, so that not everybody's ends at once."""


@dataclass(frozen=True)
class Count:
    """`left` calls may still be made within `seconds`; below 0 this one was too many."""

    limit: int
    left: int
    seconds: int

    @property
    def is_allowed(self) -> bool:
        """Whether this call was within the limit."""
        return self.left >= 0


def count(who: str, limit: int) -> Count | None:
    """Count a call of theirs. None where the limit is 0 (none), or nobody counts."""
    told = (
        asides.ask(lambda broker: _add(broker, f"assay:calls:{who}"), "calls are not counted")
        if limit
        else None
    )
    if told is None:
        return None
    made, left_ms = told
    return Count(limit, limit - made, max(1, -(-left_ms // 1000)))


def _add(broker: Redis, name: str) -> tuple[int, int]:
    """The calls in this window with the new one, and how many milliseconds of it are left. One round trip."""
    told = broker.pipeline(transaction=True)
    told.set(name, 0, ex=WINDOW, nx=True)
    told.incr(name)
    told.pttl(name)
    _made, made, left = told.execute()
    return int(made), int(left)
