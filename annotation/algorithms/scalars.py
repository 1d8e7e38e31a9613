"""Labels that Python takes for one another though JSON does not: `True == 1`, and they have one hash.

In the measures a truth value is a `Boolean`, which equals no number; `1` and `1.0` are one number, written `1`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from enum import Enum
from typing import Any


class Boolean(Enum):
    """A JSON `true` or `false` as a label."""

    FALSE = False
    TRUE = True

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return str(self.value)


def as_label(value: Any) -> Any:
    """A value (a scalar, or a tuple of values) with its truth values set apart from numbers."""
    if type(value) is bool:
        return Boolean(value)
    if type(value) is tuple and _holds_booleans(value):
        return tuple(map(as_label, value))
    return value


def as_json(label: Any) -> Any:
    """The value that a label stands for; the inverse of `as_label`."""
    if type(label) is Boolean:
        return label.value
    return tuple(map(as_json, label)) if type(label) is tuple else label


def as_labels(values: Iterable[Hashable]) -> list[Hashable]:
    """`as_label` of each; fast where none is or holds a truth value."""
    found = list(values)
    kinds = set(map(type, found))
    return [as_label(value) for value in found] if kinds & {bool, tuple} else found


def one_way(number: Any) -> Any:
    """A whole number that a float holds as an int, anything else as it is."""
    return int(number) if type(number) is float and number.is_integer() and abs(number) < _EXACT else number


_EXACT = 2**53


def _holds_booleans(value: tuple[Any, ...]) -> bool:
    return any(type(part) is bool or (type(part) is tuple and _holds_booleans(part)) for part in value)
