"""How often somebody has called in the last minute: counters in the broker that is there anyway.

They are a courtesy, not a promise: while the broker does not answer nobody is counted and every call goes through.
"""

import logging
import time
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)
WINDOW = 60
"""Seconds. The first call begins a window of its own, so that not everybody's ends at once."""
PATIENCE = 0.2
"""Seconds for the broker to answer."""
PAUSE = 5.0
"""Seconds in which it is not asked after it did not."""
_asked_again_at = 0.0


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
    """Count a call of theirs. None where the limit is 0 (none), or no broker that counts answers."""
    global _asked_again_at  # noqa: PLW0603 (one process's view of the broker)
    broker = _broker(settings.CELERY_BROKER_URL)
    if not limit or broker is None or time.monotonic() < _asked_again_at:
        return None
    try:
        made, left_ms = _add(broker, f"assay:calls:{who}")
    except (RedisError, OSError) as error:
        log.warning("calls are not counted: %s", error)
        _asked_again_at = time.monotonic() + PAUSE
        return None
    return Count(limit, limit - made, max(1, -(-left_ms // 1000)))


def _add(broker: Redis, name: str) -> tuple[int, int]:
    """The calls in this window with the new one, and how many milliseconds of it are left. One round trip."""
    told = broker.pipeline(transaction=True)
    told.set(name, 0, ex=WINDOW, nx=True)
    told.incr(name)
    told.pttl(name)
    _made, made, left = told.execute()
    return int(made), int(left)


@cache
def _broker(url: str) -> Redis | None:
    """None where it is of another kind. Celery writes a socket's address in its own way."""
    if url.startswith("redis+socket://"):
        url = "unix://" + unquote(url.removeprefix("redis+socket://"))
    if not url.startswith(("redis://", "rediss://", "unix://")):
        return None
    return Redis.from_url(
        url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
    )
