"""Tasks whose data hold a label in a column of its own: the column becomes a prediction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotation.formats.label_studio_task import BroughtTask
from annotation.formats.messages import FormatError

_ALONE = frozenset({"rating", "number", "datetime", "pairwise"})
"""Controls whose value is one thing, not a list."""
_KEYS = {"textarea": "text", "pairwise": "selected"}


def preannotated(
    tasks: Sequence[BroughtTask], fields: Sequence[str], controls: Mapping[str, Mapping[str, Any]]
) -> list[BroughtTask]:
    """The tasks with these columns of their data as one prediction each; the columns stay.

    `controls` is the config as `parsed_label_config` tells of it; a column has the name of a control.
    Raises FormatError naming a column that is no control, or that a task lacks.
    """
    for name in fields:
        if name not in controls:
            raise FormatError("unknown_question", {"question": name}, "preannotated_from_fields")
    return [_one(task, fields, controls, f"tasks[{at}]") for at, task in enumerate(tasks)]


def _one(
    task: BroughtTask, fields: Sequence[str], controls: Mapping[str, Mapping[str, Any]], where: str
) -> BroughtTask:
    for name in fields:
        if name not in task.data:
            raise FormatError("studio_key_missing", {"key": name}, where)
    result = [region for name in fields for region in _regions(name, controls[name], task.data[name])]
    return replace(task, predictions=[*task.predictions, {"result": result}])


def _regions(name: str, control: Mapping[str, Any], said: Any) -> list[dict[str, Any]]:
    """Objects are values as they stand, one region each; anything else is a label, or a list of them."""
    kind = str(control["type"]).lower()
    whole = {"from_name": name, "to_name": next(iter(control["to_name"]), ""), "type": kind}
    parts = said if isinstance(said, list) else [said]
    if parts and all(isinstance(one, dict) for one in parts):
        return [{**whole, "value": one} for one in parts]
    value = said if kind in _ALONE else parts
    return [{**whole, "value": {_KEYS.get(kind, kind): value}}]
