"""Keep a list of programs running, in one thread, until asked to stop."""

import os
import selectors
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from core.supervisor.child import Child
from core.supervisor.output import Pipe, say
from core.supervisor.program import Program

TICK = 0.2  # seconds between two looks while something is under way; when all is quiet the loop sleeps
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Starts programs in order, restarts what dies, stops all on SIGINT, SIGTERM or SIGHUP (twice: at once)."""

    def __init__(self, programs: Sequence[Program], run_folder: Path, on_ready: Callable[[], None]) -> None:
        """`run_folder` gets a `<name>.pid` for each program; `on_ready` is called once all of them are ready."""
        self.children = [Child(program, run_folder / f"{program.name}.pid") for program in programs]
        self._on_ready = on_ready
        self._begun = 0  # how many children were started once
        self._is_ready = False
        self._stop_requests = 0
        self._stop_since: dict[bool, float] = {}
        self._selector = selectors.DefaultSelector()

    def run(self) -> None:
        """Return when everything was asked to stop and has stopped."""
        with self._wakened_by_signals():
            while not self._stop_requests or any(child.alive for child in self.children):
                now = time.monotonic()
                self._notice_ends(now)
                if self._stop_requests:
                    self._stop(now)
                else:
                    self._start_due(now)
                    self._look_if_ready()
                self._wait(now)
            self._drain()

    def _start_due(self, now: float) -> None:
        for index, child in enumerate(self.children):
            if index == self._begun:
                if index and not _answers(self.children[index - 1]):
                    return
                self._begun += 1
            if not child.alive and child.start_at <= now:
                pipe = Pipe(child.program.name, child.start(now))
                self._selector.register(pipe, selectors.EVENT_READ, pipe)

    def _look_if_ready(self) -> None:
        if not self._is_ready and self._begun == len(self.children) and all(map(_answers, self.children)):
            self._is_ready = True
            self._on_ready()

    def _notice_ends(self, now: float) -> None:
        for child in self.children:
            how = child.end(now)
            if how and not self._stop_requests:
                say(child.program.name, f"ended ({how}); starts again in {child.start_at - now:.1f} s")

    def _stop(self, now: float) -> None:
        """Ask those nobody needs first; when they have ended, those they needed."""
        alive = [child for child in self.children if child.alive]
        free = [child for child in alive if not child.program.needed_by_others]
        since = self._stop_since.setdefault(bool(free), now)
        for child in free or alive:
            child.stop(now - since, at_once=self._stop_requests > 1)

    def _wait(self, now: float) -> None:
        under_way = self._stop_requests or not self._is_ready
        restarts = [child.start_at - now for child in self.children if not child.alive]
        timeout = TICK if under_way else min((max(wait, TICK) for wait in restarts), default=None)
        for key, _ in self._selector.select(timeout):
            if isinstance(key.data, Pipe):
                self._relay(key.data)
            else:
                os.read(key.fd, 4096)  # a signal: its handler has run

    def _relay(self, pipe: Pipe) -> None:
        if not pipe.relay():
            self._selector.unregister(pipe)
            pipe.close()

    def _drain(self) -> None:
        """Write what the programs said last."""
        while pipes := [key.data for key, _ in self._selector.select(0) if isinstance(key.data, Pipe)]:
            for pipe in pipes:
                self._relay(pipe)

    @contextmanager
    def _wakened_by_signals(self) -> Iterator[None]:
        """Any signal of interest ends the wait: Python writes it to a pipe which the selector watches."""
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        self._selector.register(reading, selectors.EVENT_READ)
        wanted = [sign for sign in STOP_SIGNALS if not _is_ignored_hangup(sign)]
        handlers = {sign: signal.signal(sign, self._on_stop) for sign in wanted}
        handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        previous = signal.set_wakeup_fd(writing)
        try:
            yield
        finally:
            signal.set_wakeup_fd(previous)
            for sign, handler in handlers.items():
                signal.signal(sign, handler)
            self._selector.unregister(reading)
            os.close(reading)
            os.close(writing)

    def _on_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop_requests += 1


def _answers(child: Child) -> bool:
    return child.alive and (child.program.ready is None or child.program.ready())


def _is_ignored_hangup(sign: signal.Signals) -> bool:
    """Under `nohup` a closed terminal is no reason to stop."""
    return sign == signal.SIGHUP and signal.getsignal(sign) == signal.SIG_IGN
