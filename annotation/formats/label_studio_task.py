"""One task in Label Studio's shape, as scripts and exports bring it: what it may hold, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotation.formats.messages import FormatError
from annotation.formats.row_types import RowInvalid, check_depth
from annotation.formats.text import find_unstorable

_PARTS = ("data", "meta", "annotations", "predictions", "drafts")
_BY_NUMBER = ("predictions", "drafts")


@dataclass(frozen=True, slots=True)
class BroughtTask:
    """A task's parts as they came; `rest` has its other keys (`id`, `inner_id`, ...), which nobody has looked at.

    Of predictions and drafts that an export names by numbers only, the numbers stand in `rest` too.
    """

    data: dict[str, Any]
    meta: dict[str, Any] = field(default_factory=dict)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    predictions: list[dict[str, Any]] = field(default_factory=list)
    drafts: list[dict[str, Any]] = field(default_factory=list)
    rest: dict[str, Any] = field(default_factory=dict)


def task_of(value: object, where: str, *, storable: bool = False) -> BroughtTask:
    """A task of a decoded JSON value: data alone, `{"text": ...}`, or `{"data": {...}, "annotations": [...], ...}`.

    Raises FormatError, whose `where` is the place: `tasks[3].annotations[0].result`.
    """
    task = _object(value, where)
    _check_storable(task, where, only_depth=storable)
    if "data" not in task:
        return BroughtTask(_filled(task, where))
    known = {key: part for key, part in task.items() if part is not None and not _only_numbers(key, part)}
    return BroughtTask(
        _filled(_object(task["data"], f"{where}.data"), f"{where}.data"),
        _object(known.get("meta", {}), f"{where}.meta"),
        _answers(known, "annotations", _ANNOTATION, where),
        _answers(known, "predictions", _PREDICTION, where),
        _answers(known, "drafts", _ANNOTATION, where),
        {key: part for key, part in task.items() if key not in _PARTS or _only_numbers(key, part)},
    )


def _only_numbers(key: str, part: object) -> bool:
    return (
        key in _BY_NUMBER and isinstance(part, list) and bool(part) and all(type(one) is int for one in part)
    )


def _check_storable(task: dict[str, Any], where: str, *, only_depth: bool) -> None:
    try:
        check_depth(task)
    except RowInvalid as error:
        raise FormatError(error.code, error.params, where) from None
    if found := None if only_depth else find_unstorable(task):
        code, path = found
        raise FormatError(code, None, f"{where}.{path}")


def _filled(data: dict[str, Any], where: str) -> dict[str, Any]:
    if not data:
        raise FormatError("row_empty", None, where)
    return data


def _answers(task: Mapping[str, Any], part: str, keys: _Keys, where: str) -> list[dict[str, Any]]:
    found = _objects(task.get(part, []), f"{where}.{part}")
    for at, answer in enumerate(found):
        here = f"{where}.{part}[{at}]"
        _objects(answer.get("result"), f"{here}.result")
        for key, check in keys.items():
            if answer.get(key) is not None:
                check(answer[key], f"{here}.{key}")
    return found


def _object(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise FormatError("import_wanted_object", None, where)
    return value


def _objects(value: object, where: str) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise FormatError("import_wanted_list", None, where)
    for at, part in enumerate(value):
        if not isinstance(part, dict):
            raise FormatError("import_wanted_object", None, f"{where}[{at}]")
    return value


def _number(value: object, where: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FormatError("import_wanted_number", None, where)


def _truth(value: object, where: str) -> None:
    if not isinstance(value, bool):
        raise FormatError("import_wanted_truth", None, where)


def _text(value: object, where: str) -> None:
    if not isinstance(value, str):
        raise FormatError("import_wanted_text", None, where)


def _person(value: object, where: str) -> None:
    found = value
    if isinstance(value, dict):
        if isinstance(value.get("email"), str):
            return
        found = value.get("id") if value.get("email") is None else None
    if isinstance(found, bool) or not isinstance(found, int):
        raise FormatError("import_wanted_person", None, where)


_Keys = Mapping[str, Callable[[object, str], None]]
_TIMES: _Keys = {"created_at": _text, "updated_at": _text}
_ANNOTATION: _Keys = {
    "completed_by": _person,
    "was_cancelled": _truth,
    "ground_truth": _truth,
    "lead_time": _number,
    **_TIMES,
}
_PREDICTION: _Keys = {"score": _number, "model_version": _text, **_TIMES}
