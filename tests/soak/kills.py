"""Kill programs at seeded moments while work goes on."""

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import requests

from tests.support.stack import Stack

VICTIMS = ("worker", "web", "broker")
LONGEST_CALM = 0.8  # seconds between a program's return and the next kill
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class KillPoint:
    """After so many seconds of calm, this program dies."""

    calm: float
    victim: str


def kill_points(seed: int, count: int, victims: Sequence[str] = VICTIMS) -> list[KillPoint]:
    """Draw `count` moments; the same seed draws the same."""
    draw = random.Random(seed)
    return [KillPoint(draw.uniform(0, LONGEST_CALM), draw.choice(victims)) for _ in range(count)]


class Killer(threading.Thread):
    """Kills by the supervisor's pid files, each victim once it runs again. `killed` are the points carried out."""

    def __init__(self, stack: Stack, points: Sequence[KillPoint]) -> None:
        super().__init__(name="killer", daemon=True)
        self.killed: list[KillPoint] = []
        self._stack = stack
        self._points = points
        self._called_off = threading.Event()

    def run(self) -> None:
        """Carry out the points in order."""
        for point in self._points:
            if self._called_off.wait(point.calm):
                return
            while not self._stack.kill_at_once(point.victim):
                if self._called_off.wait(0.05):
                    return
            self.killed.append(point)

    def call_off(self) -> None:
        """No more kills: the work has failed."""
        self._called_off.set()
        self.join()


def work_under_kills(stack: Stack, work: Callable[[], object], points: Sequence[KillPoint]) -> None:
    """Repeat `work` until every point was carried out, then once more in calm."""
    killer = Killer(stack, points)
    killer.start()
    try:
        while killer.is_alive():
            work()
    finally:
        killer.call_off()
    assert len(killer.killed) == len(points)
    stack.until(lambda: all(stack.pid(name) for name in VICTIMS))
    work()


def insist(call: Callable[[], Answer], tries: int = 20) -> Answer:
    """Send the same request again when the connection broke under it, as the browser's transport does."""
    for _ in range(tries - 1):
        try:
            return call()
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
            continue
    return call()
