"""One measure that cannot be computed does not take the others with it.

What failed is logged with its traceback, and stored as a figure without a value whose reason is NOT_COMPUTED.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from annotation.algorithms.statistic import Reason, Statistic

log = logging.getLogger(__name__)


def attempt(kind: str, measure: Callable[[], Statistic]) -> Statistic:
    """What `measure` answers; where it raises, a `kind` with the reason NOT_COMPUTED."""
    return attempts((kind,), lambda: [measure()])[0]


def attempts(kinds: Sequence[str], measure: Callable[[], Sequence[Statistic]]) -> list[Statistic]:
    """What `measure` answers of several kinds at once; where it raises, each of `kinds` with NOT_COMPUTED."""
    try:
        return list(measure())
    except Exception:  # whatever is wrong with one measure must not cost the run
        log.exception("not computed: %s", ", ".join(kinds))
        return [Statistic(kind=kind, reason=Reason.NOT_COMPUTED) for kind in kinds]
