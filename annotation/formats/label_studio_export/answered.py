"""What most formats write a row of: one task with one of its annotations, the results gathered by control."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotation.formats.label_studio_export.shapes import Config, Task

Values = list[dict[str, Any]]
_SIZES = ("original_width", "original_height")


@dataclass(frozen=True, slots=True)
class Answered:
    """A task, one of its annotations (empty where it has none), and that annotation's values by `from_name`.

    Each value carries the control's tag as `type`, and the picture's size where the region has one.
    """

    task: Task
    annotation: Mapping[str, Any]
    values: dict[str, Values]

    @property
    def data(self) -> Mapping[str, Any]:
        """The task's data."""
        found = self.task.get("data")
        return found if isinstance(found, dict) else {}

    def annotator(self, *, whole: bool) -> str | int | None:
        """An annotator's e-mail where the annotation spells the annotator out, else the id, as a number if `whole`."""
        who = self.annotation.get("completed_by", {})
        if isinstance(who, dict):
            return who.get("email")
        return who if whole and isinstance(who, int) else str(who)


def answered(tasks: Iterable[Task], config: Config) -> Iterator[Answered]:
    """Each task's annotations without the skipped ones, newest first; a task that was never annotated comes once.

    A task whose annotations are all skipped does not come at all, nor one that says nothing of annotations.
    """
    controls = Controls(config)
    for task in tasks:
        annotations = task.get("annotations", task.get("completions"))
        if annotations is None:
            continue
        if not annotations:
            yield Answered(task, {}, {})
        kept = [one for one in annotations if not (one.get("was_cancelled") or one.get("skipped"))]
        for one in sorted(kept, key=_created, reverse=True):
            yield Answered(task, one, controls.values(one.get("result") or ()))


class Controls:
    """Finds the control that a region answers. A Repeater's control, `name_{{idx}}`, answers for `name_0`, ..."""

    def __init__(self, config: Config) -> None:
        self._everything = not config
        self._types = {name: control.get("type") for name, control in config.items()}
        self._patterns = [
            (re.compile(pattern), size, self._types[name])
            for name, control in config.items()
            if control.get("regex")
            for pattern, size in [_pattern(name, control["regex"])]
        ]

    def values(self, result: Iterable[Any]) -> dict[str, Values]:
        """A result's values by `from_name`, without those of controls that the config does not have.

        Messages of a chat belong to no control and are kept; where the config asks nothing, everything is.
        """
        found: dict[str, Values] = {}
        for region in result:
            name = region.get("from_name") if isinstance(region, dict) else None
            if name and isinstance(name, str) and (value := self._value(name, region)):
                found.setdefault(name, []).append(value)
        return found

    def _value(self, name: str, region: Mapping[str, Any]) -> dict[str, Any] | None:
        given = region.get("value")
        value = dict(given) if isinstance(given, dict) else {}
        kind = self._type_of(name)
        if kind or self._everything:
            sizes = {size: region[size] for size in _SIZES if size in region}
            return {**value, "type": str(kind or region.get("type") or "unknown"), **sizes}
        return {**value, "type": "chatmessage"} if region.get("type") == "chatmessage" else None

    def _type_of(self, name: str) -> Any:
        if name in self._types or not self._patterns:
            return self._types.get(name)
        fitting = [(size, kind) for pattern, size, kind in self._patterns if pattern.match(name)]
        return max(fitting, key=lambda one: one[0])[1] if fitting else None


def _pattern(name: str, places: Mapping[str, str]) -> tuple[str, int]:
    """The regular expression of a name with places to fill in, and how much of it is said."""
    pattern = re.escape(name)
    for place, regex in places.items():
        pattern = pattern.replace(re.escape(place), regex)
        name = name.replace(place, regex)
    return pattern, len(name)


def _created(annotation: Mapping[str, Any]) -> tuple[bool, Any]:
    at = annotation.get("created_at")
    return (True, at) if isinstance(at, str) else (False, at if isinstance(at, int | float) else 0)
