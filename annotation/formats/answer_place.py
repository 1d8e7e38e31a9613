"""Where something stands in an answer, and what is wrong with it there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from annotation.formats.messages import FormatError

MAX_NUMBER = 2**53
"""Beyond it neighbouring whole numbers are one number in a browser."""


class AnswerInvalid(FormatError):
    """An answer that does not fit the schema or the item."""


class Place(str):
    """A path into the result, that checks the JSON type of what stands there."""

    __slots__ = ()

    def at(self, part: str | int) -> Place:
        """The place of a member or element."""
        return Place(f"{self}[{part}]" if isinstance(part, int) else f"{self}.{part}")

    def mapping(self, value: object) -> Mapping[str, Any]:
        """`value` when it is an object."""
        if not isinstance(value, dict):
            raise self._wrong("not_object")
        return value

    def string(self, value: object) -> str:
        """`value` when it is a string."""
        if not isinstance(value, str):
            raise self._wrong("not_text")
        return value

    def strings(self, value: object) -> list[str]:
        """`value` when it is a list of strings."""
        if not isinstance(value, list):
            raise self._wrong("not_texts")
        for at, part in enumerate(value):
            if not isinstance(part, str):
                raise self.at(at)._wrong("not_text")
        return value

    def items(self, value: object) -> list[Any]:
        """`value` when it is a list."""
        if not isinstance(value, list):
            raise self._wrong("not_list")
        return value

    def whole(self, value: object) -> int:
        """`value` when it is a whole number."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong("not_whole")
        return value

    def number(self, value: object) -> float:
        """`value` when it is a finite number; whole ones become int, so that 4 and 4.0 are one value."""
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(_bounded(value))
        ):
            raise self._wrong("not_number")
        return int(value) if value == int(value) else value

    def _wrong(self, code: str) -> AnswerInvalid:
        return AnswerInvalid(code, {"name": str(self)}, str(self))


def _bounded(value: float) -> float:
    return value if abs(value) <= MAX_NUMBER or isinstance(value, float) else math.inf
