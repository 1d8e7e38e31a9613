"""What is kept in the broker that is there anyway, and may be lost: how often somebody called, whose turn it is.

It is a courtesy, not a promise: while the broker does not answer, everybody goes on as if there were no such thing.
"""

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar
from urllib.parse import unquote

from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

T = TypeVar("T")
log = logging.getLogger(__name__)
PATIENCE = 0.2
"""Seconds for the broker to answer."""
PAUSE = 5.0
"""Seconds in which it is not asked after it did not."""
asked_again_at = 0.0


def ask(question: Callable[[Redis], T], otherwise: str = "") -> T | None:
    """What the broker answers; None where none that keeps such things does. `otherwise`, if any, is for the log."""
    global asked_again_at  # noqa: PLW0603 (one process's view of the broker)
    broker = _broker(settings.CELERY_BROKER_URL)
    if broker is None or time.monotonic() < asked_again_at:
        return None
    try:
        return question(broker)
    except (RedisError, OSError) as error:
        if otherwise:
            log.warning("%s: %s", otherwise, error)
        asked_again_at = time.monotonic() + PAUSE
        return None


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
