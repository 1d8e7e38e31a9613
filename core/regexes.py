"""Regular expressions that callers bring, on SQLite: it has us look for them, and Python's `re` knows no limit of time.

`(a+)+$` takes minutes on a text of forty letters, and holds all threads of its process meanwhile. The `regex` package
gives up when it is told to, and lets other threads run. PostgreSQL looks by itself, by an engine that does not go back.
"""

import math
import re
import time
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

BUDGET = 2.0
"""Seconds that a statement may look for expressions."""
FREE = 0.001
"""Seconds of each look that do not count: a million quick ones are no harm."""
MOST = 10_000
"""So often may the counts of an expression, multiplied, have it repeat something."""
_COUNT = re.compile(r"\{,?([0-9]{1,9})")
_RAISED = "user-defined function raised exception"


class _Search:
    """One connection's `REGEXP`. What was spent is forgiven as time goes by, so that each statement begins anew."""

    def __init__(self) -> None:
        self._spent = 0.0
        self._last = 0.0

    def __call__(self, pattern: Any, text: Any) -> bool | None:
        """Whether the pattern is somewhere in the text; None where either is. Raises TimeoutError."""
        if pattern is None or text is None:
            return None
        import regex  # only who asks pays for it

        begun = time.monotonic()
        self._spent = max(0.0, self._spent - (begun - self._last))
        left = BUDGET - self._spent
        try:
            if left <= 0:
                raise TimeoutError
            return bool(regex.search(str(pattern), str(text), timeout=left, concurrent=True))
        finally:
            self._last = time.monotonic()
            self._spent += max(0.0, self._last - begun - FREE)


def connect() -> None:
    """Have every connection to SQLite look so from now on."""
    connection_created.connect(_watch, dispatch_uid="regexes")


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("REGEXP", 2, _Search(), deterministic=True)


def check(pattern: str) -> None:
    """Raise ValueError for what is no expression, and for repetitions of repetitions, which it would write out."""
    import regex

    try:
        re.compile(pattern)
        counts = [int(number) for number in _COUNT.findall(pattern)]
        if math.prod(count for count in counts if count) > MOST:
            raise ValueError("it repeats too often")
        regex.compile(pattern)
    except (re.error, regex.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from error


def took_too_long(error: BaseException) -> bool:
    """Whether a statement failed because its expressions took too long."""
    return isinstance(error, OperationalError) and _RAISED in str(error)
