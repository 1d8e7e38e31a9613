"""Kill programs while work goes on: by a signal at a seeded moment, or at a fault point in the code."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import requests

from tests.support.stack import Stack

VICTIMS = ("worker", "web", "broker")
LONGEST_CALM = 0.8  # seconds between a program's return and the next kill
REACHED_WITHIN = 90.0  # seconds for work to pass a fault point
# Fault point -> its place in the code, and the most passages before the one that kills.
FAULTS = {
    "jobs.ring": ("between commit and ring", 12),
    "jobs.claimed": ("a job claimed, not begun", 6),
    "jobs.close": ("a job done, not closed", 6),
    "jobs.parent_waits": ("a release's shards handed out", 1),
    "ingest.in_chunk": ("a chunk of rows stored, not committed", 2),
    "ingest.after_chunk": ("between two chunks of rows", 2),
    "ingest.file_kept": ("a picture kept, its row not stored", 2),
    "route.after_chunk": ("items opened, batch not closed", 1),
    "lease.before_commit": ("a lease written, not committed", 10),
    "label.before_commit": ("an answer written, not committed", 10),
    "label.before_answer": ("an answer committed, not acknowledged", 10),
    "advance.before_close": ("an item that has gone on, its job not closed", 4),
    "agree.before_commit": ("disputes opened, not committed", 3),
    "gold.before_commit": ("gold written, not committed", 3),
    "adjudicate.before_commit": ("a decision written, not committed", 2),
    "fold.before_commit": ("answers folded, not committed", 4),
    "fold.between_blocks": ("between two blocks of answers", 4),
    "fold.before_figures": ("tables read, figures not computed", 4),
    "release.freeze": ("between two chunks of frozen rows", 1),
    "release.judge": ("rows frozen, the gate's word not stored", 1),
    "release.shard": ("in the middle of a shard", 2),
    "release.join": ("between two joined files", 2),
    "release.file": ("a picture in the folder of a release", 2),
    "release.rename": ("files written, folder not in place", 1),
    "release.publish": ("folder in place, not published", 1),
}
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class KillPoint:
    """After so many seconds of calm this program dies, or whichever passes this fault point the count-th time."""

    calm: float
    victim: str
    count: int = 1

    @property
    def at_fault(self) -> bool:
        """Whether it is a place in the code, not a moment."""
        return self.victim in FAULTS

    def __str__(self) -> str:
        if self.at_fault:
            return f"{self.victim:<25} {FAULTS[self.victim][0]:<40} passage {self.count}"
        return f"{self.victim:<25} {'a seeded moment':<40} {self.calm:.2f} s"


def kill_points(
    seed: int, count: int, victims: Sequence[str] = VICTIMS, faults: Sequence[str] = ()
) -> list[KillPoint]:
    """Draw `count` points, each kind at least once if there is room; the same seed draws the same."""
    draw = random.Random(seed)
    kinds = [*victims, *faults]
    rest = [draw.choice(draw.choice([victims, faults or victims])) for _ in range(count - len(kinds))]
    names = [*kinds, *rest][:count]
    draw.shuffle(names)
    return [
        KillPoint(
            draw.uniform(0, LONGEST_CALM), name, draw.randint(1, FAULTS[name][1]) if name in FAULTS else 1
        )
        for name in names
    ]


@dataclass(frozen=True)
class Killed:
    """A point that was carried out, and after how many seconds the web server answered again."""

    point: KillPoint
    back: float

    def __str__(self) -> str:
        return f"{self.point}; answers after {self.back:.1f} s"


class Killer(threading.Thread):
    """Carries out the points in order, each once the web server answers again. `killed` are those carried out."""

    def __init__(self, stack: Stack, points: Sequence[KillPoint]) -> None:
        super().__init__(name="killer", daemon=True)
        self.killed: list[Killed] = []
        self.missed: list[KillPoint] = []
        self._stack = stack
        self._points = points
        self._called_off = threading.Event()

    def run(self) -> None:
        """Carry out the points in order."""
        for point in self._points:
            if self._called_off.wait(point.calm):
                return
            if self._at_fault(point) if point.at_fault else self._by_signal(point):
                begun = time.monotonic()
                self._until(self._answers, REACHED_WITHIN)
                self.killed.append(Killed(point, time.monotonic() - begun))
            else:
                self.missed.append(point)

    def call_off(self) -> None:
        """No more kills: the work has ended or failed."""
        self._called_off.set()
        self.join()
        for left in (self._stack.home / "faults").glob("*"):
            left.unlink(missing_ok=True)

    def _by_signal(self, point: KillPoint) -> bool:
        """Kill a program, once it is there to be killed."""
        return self._until(lambda: self._stack.kill_at_once(point.victim) is not None, REACHED_WITHIN)

    def _at_fault(self, point: KillPoint) -> bool:
        """Arm a fault point and wait until work has died there; disarm it when none passes."""
        self._stack.arm(point.victim, point.count)
        if self._until(lambda: point.victim not in self._stack.armed(), REACHED_WITHIN):
            return True
        for left in (self._stack.home / "faults").glob(f"{point.victim}.*"):
            left.unlink(missing_ok=True)
        return False

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self._stack.url}/health", timeout=5).ok
        except requests.RequestException:
            return False

    def _until(self, condition: Callable[[], bool], seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not condition():
            if self._called_off.wait(0.05) or time.monotonic() > end:
                return False
        return True


def work_under_kills(stack: Stack, work: Callable[[], object], points: Sequence[KillPoint]) -> Killer:
    """Repeat `work` until every point was tried, then once more in calm."""
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
    return killer


def insist(call: Callable[[], Answer], tries: int = 40) -> Answer:
    """Send the same request again when the connection broke under it, as the browser's transport does."""
    for at in range(tries - 1):
        try:
            return call()
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
            time.sleep(min(0.05 * at, 0.5))
    return call()
