"""A line that says how far a long piece of work is, and how much time remains."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

PATIENCE = 1.0
"""Seconds of work before anything is shown."""
EVERY = 0.2


class Meter:
    """Writes over one line of a stream: what is done, how far it is, seconds left. Short work writes nothing."""

    def __init__(self, out: OutputWrapper, what: str) -> None:
        self._out, self._what = out, what
        self._began = self._shown = time.monotonic()
        self._wrote = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._wrote:
            self._out.write("")

    def show(self, share: float) -> None:
        """Say that this share of the work is done, at most five times a second."""
        now = time.monotonic()
        if now - self._began < PATIENCE or now - self._shown < EVERY:
            return
        self._shown, self._wrote = now, True
        left = (now - self._began) * (1 - share) / share if share > 0 else None
        words = "" if left is None else _("%(seconds)s s left") % {"seconds": f"{left:.0f}"}
        self._out.write(f"\r{self._what} {min(share, 1):4.0%} {words:<20}", style_func=str, ending="")
        self._out.flush()
