"""Time things and print lines of one table."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO


@dataclass
class Table:
    """Lines of `what | figure | beside`, printed as they come."""

    out: TextIO

    def __post_init__(self) -> None:
        self.line("what", "figure", "beside")
        self.line("---", "---", "---")

    def line(self, what: str, figure: str, beside: str = "") -> None:
        """Print one line."""
        self.out.write(f"| {what:<72} | {figure:>18} | {beside:<32} |\n")
        self.out.flush()


@dataclass(frozen=True)
class Times:
    """Durations in seconds."""

    all: Sequence[float]

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.all)

    @property
    def p95(self) -> float:
        """What 95 of 100 stay below."""
        return statistics.quantiles(self.all, n=20)[-1]

    @property
    def p99(self) -> float:
        """What 99 of 100 stay below."""
        return statistics.quantiles(self.all, n=100)[-1]

    def __str__(self) -> str:
        return f"{self.p50 * 1000:.1f} / {self.p95 * 1000:.1f} ms"


def best(call: Callable[[], object], times: int = 5) -> float:
    """The shortest of several runs, in seconds: what else the machine does only ever adds."""
    return min(_one(call) for _ in range(times))


def _one(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


@contextmanager
def into(durations: list[float]) -> Iterator[None]:
    """Add the block's duration in seconds."""
    begun = time.perf_counter()
    yield
    durations.append(time.perf_counter() - begun)
