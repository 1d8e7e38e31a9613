"""DateTime: a day, a time, both, a month or a year, in ISO 8601 without seconds or zone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.config_attributes import childless, invalid, listed, said
from annotation.formats.schema import Kind, Question
from annotation.formats.shown import Shown
from annotation.formats.tags.family import Control, Family

_PARTS = ("date", "time", "month", "year")
_FORMS: Mapping[str, tuple[str, str, str]] = {
    "": ("%Y-%m-%dT%H:%M", r"\d{4}-\d\d-\d\dT\d\d:\d\d", "2026-11-20T10:00"),
    "date": ("%Y-%m-%d", r"\d{4}-\d\d-\d\d", "2026-11-20"),
    "time": ("%H:%M", r"\d\d:\d\d", "10:00"),
    "month": ("%Y-%m", r"\d{4}-\d\d", "2026-11"),
    "year": ("%Y", r"\d{4}", "2026"),
}


def form_of(only: str) -> str:
    """Which form the parts of `only` come to: a key of the table of forms. A date goes before month and year."""
    parts = set(listed(only))
    if "date" in parts:
        return "" if "time" in parts else "date"
    if "month" in parts:
        return "month"
    if "year" in parts:
        return "year"
    return "time" if "time" in parts else ""


def is_moment(given: str, only: str) -> bool:
    """Whether a text is a moment of the form: a day that exists, written in full."""
    pattern, digits, _ = _FORMS[form_of(only)]
    if not re.fullmatch(digits, given, re.ASCII):
        return False
    try:
        datetime.strptime(given, pattern).replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


def _read(control: Control) -> Question:
    node = control.node
    childless(node)
    control.refuse("defaultValue")
    parts = listed(said(node, "only").lower())
    if not set(parts) <= set(_PARTS) or (
        "time" in parts and {"month", "year"} & set(parts) and "date" not in parts
    ):
        raise invalid(node, "only", ", ".join(_PARTS))
    if said(node, "format"):
        control.note("format", node)
    only = ",".join(part for part in _PARTS if part in parts)
    return control.question(
        Kind.DATETIME,
        "datetime",
        only=only,
        earliest=_bound(control, "min", only),
        latest=_bound(control, "max", only),
    )


def _bound(control: Control, attribute: str, only: str) -> str:
    given = said(control.node, attribute)
    if given and not (is_moment(given, only) or (form_of(only) == "" and is_moment(given, "date"))):
        raise invalid(control.node, attribute, _FORMS[form_of(only)][2])
    return given


def _one(_shown: Shown, question: Question, place: Place, value: Mapping[str, Any]) -> str:
    here = place.at("datetime")
    given = here.string(value.get("datetime"))
    if not is_moment(given, question.only):
        example = _FORMS[form_of(question.only)][2]
        raise AnswerInvalid("datetime_form", {"given": given[:80], "example": example}, here)
    early = bool(question.earliest) and given[: len(question.earliest)] < question.earliest
    late = bool(question.latest) and given[: len(question.latest)] > question.latest
    if early or late:
        params = {"minimum": question.earliest or "…", "maximum": question.latest or "…"}
        raise AnswerInvalid("datetime_out_of_range", params, here)
    return given


def _write(_shown: Shown, _question: Question, value: Any) -> list[dict[str, Any]]:
    return [{"datetime": value}]


DATETIME = Family("datetime", ("datetime",), _read, _write, one=_one, per_region=True, several=True)
