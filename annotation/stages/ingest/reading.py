"""What a row says besides its data: what it asks of people, whom it names, its known answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from annotation.formats.known_answer import KnownAnswer, read_known
from annotation.formats.label_studio_result import from_label_studio
from annotation.formats.messages import FormatError
from annotation.formats.parties import parties_of
from annotation.formats.predictions import Predictions, Result, read_predictions
from annotation.formats.rows import Row
from annotation.formats.schema import Schema
from annotation.formats.strict_json import strict_loads
from annotation.models import Project
from annotation.models.control import ControlUse
from annotation.models.lane import Signature
from experts.jurisdictions import JURISDICTIONS
from experts.names import party_keys

MOST_PRIORITY = 100


def signature_of(extra: Mapping[str, Any], language: str) -> Signature:
    """What a row asks of people, by its reserved keys; raises FormatError."""
    jurisdiction = extra.get("assay_jurisdiction", "").upper()
    if jurisdiction and jurisdiction not in JURISDICTIONS:
        raise FormatError("jurisdiction_unknown", {"key": "_jurisdiction"})
    try:
        due = date.fromisoformat(extra["assay_due"]) if "assay_due" in extra else None
    except ValueError as error:
        raise FormatError("due_not_a_day", {"key": "_due"}) from error
    try:
        priority = int(extra.get("assay_priority", "0"))
    except ValueError as error:
        raise FormatError("priority_not_a_number", {"key": "_priority"}) from error
    if not -MOST_PRIORITY <= priority <= MOST_PRIORITY:
        raise FormatError("priority_not_a_number", {"key": "_priority"})
    return Signature(
        kind=extra.get("assay_kind", ""),
        speciality=extra.get("assay_speciality", "").casefold()[:200],
        jurisdiction=jurisdiction,
        language=extra.get("assay_language") or language,
        room=extra.get("assay_room", ""),
        priority=priority,
        due_on=due,
    )


def known_of(schema: Schema, row: Row, *, leads: bool) -> KnownAnswer | None:
    """The row's known answer, if it has one: then it is a control item. `leads`: who brings it in leads the project.

    Raises FormatError.
    """
    extra = row.extra
    if "assay_answer" not in extra:
        for key in ("_explanation", "_use"):
            if f"assay{key}" in extra:
                raise FormatError("known_missing", {"key": key})
        return None
    if extra.get("assay_use", ControlUse.BOTH) not in ControlUse.values:
        raise FormatError("known_use")
    if not leads:
        raise FormatError("known_not_lead")
    return read_known(schema, row.data, extra["assay_answer"])


def parties_named(project: Project, row: Row) -> set[str]:
    """The keys of everybody the row names: in its `_parties`, and in the project's field of the data."""
    named = list(row.extra.get("assay_parties", []))
    field = project.party_field
    if field and row.data.get(field) not in (None, ""):
        named += parties_of(row.data[field], field)
    return {key for party in named for key in party_keys(**party)}


def predicted_of(schema: Schema, row: Row) -> Predictions:
    """What models suggest for the row: a Label Studio task's predictions, and its `_predictions`."""
    extra = row.extra
    found = Predictions()
    if "predictions" in extra:
        found += read_predictions(schema, row.data, extra["predictions"], stored_form=_stored_form)
    if "assay_predictions" in extra:
        given = extra["assay_predictions"]
        if isinstance(given, str):  # a cell of a table
            try:
                given = strict_loads(given.encode())
            except FormatError as error:
                return found + Predictions(wrong=[error])
        found += read_predictions(schema, row.data, given)
    return found


def _stored_form(result: Result, schema: Schema, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    return from_label_studio(result, schema, data)
