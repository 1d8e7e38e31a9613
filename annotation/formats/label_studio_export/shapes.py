"""The shapes that come in: a task and a parsed labelling config, as Label Studio writes both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

Task = Mapping[str, Any]
"""`{"id", "data", "annotations": [{"id", "completed_by", "result", "was_cancelled", "created_at", ...}], ...}`."""

Config = Mapping[str, Mapping[str, Any]]
"""By the control's name: `{"type", "to_name", "inputs": [{"type", "value"}], "labels", "labels_attrs", "regex"?}`."""

Writer = Callable[[Iterable[Task], Config, datetime], Iterator[bytes]]
"""Writes one file. The time is that of the export; formats that carry no time ignore it."""


def inputs_of(config: Config) -> Iterator[Mapping[str, Any]]:
    """Every control's objects, in the config's order; an object of two controls comes twice."""
    for control in config.values():
        yield from control.get("inputs") or ()


def data_keys(config: Config) -> list[str]:
    """The keys of a task's data that the config shows, each once, in the config's order."""
    found = (one.get(name) for one in inputs_of(config) for name in ("value", "valueList"))
    return list(dict.fromkeys(key for key in found if key))


def types_of(config: Config) -> set[str]:
    """The controls' tags."""
    return {str(control.get("type")) for control in config.values()}


def is_number(value: object) -> bool:
    """Whether a coordinate or an offset is a number; JSON's true is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
