"""A program to keep running, said as data."""

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

# Everything has to stop within 5 seconds, on a busy machine too.
SOFT = ((0.0, signal.SIGTERM), (3.0, signal.SIGKILL))


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run, and how to stop it.

    `ready` tells whether the program answers; at start-up the next program waits for it. `stops` are pairs of
    (seconds after the stop request, signal). A program that is `needed_by_others` is asked to stop last. `nice` leaves
    processors to others where there are too few.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    pass_fds: tuple[int, ...] = ()
    ready: Callable[[], bool] | None = None
    stops: tuple[tuple[float, signal.Signals], ...] = SOFT
    needed_by_others: bool = False
    nice: int = 0
