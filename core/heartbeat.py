"""Keep a lease while its holder lives, however long one of its steps takes."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

log = logging.getLogger(__name__)


@contextmanager
def beating(renew: Callable[[], bool], every: float) -> Iterator[None]:
    """Call `renew` every so many seconds from a thread of its own until the block ends or it returns False.

    A process that is killed or stopped beats no more, so its lease runs out.
    """
    done = threading.Event()
    thread = threading.Thread(target=_beat, args=(renew, every, done), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(renew: Callable[[], bool], every: float, done: threading.Event) -> None:
    try:
        while not done.wait(every):
            try:
                if not renew():
                    return
            except DatabaseError as error:  # the next beat may do; if none does, the lease runs out
                log.warning("a lease was not renewed: %s", error)
    finally:
        connection.close()  # this thread's own
