"""What the editor is given: a work, that is one item to label. Read-only; a dispute: `annotation.dispute_payload`."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from annotation.formats.field_text import field_text, shown_data
from annotation.formats.grid import Grid
from annotation.formats.markdown import clauses, to_html
from annotation.formats.schema import FieldKind, Schema
from annotation.models import Annotation, Assignment, Dispute, Draft, Guideline, Item, LabelSchema
from annotation.models.guideline_reading import changes_since, read_version
from annotation.models.newest import newest
from annotation.models.prediction import payload, shown_of
from annotation.stages.extend import most_extra
from annotation.stages.label import hashes_of
from annotation.stages.lease import count_left
from annotation.why import own_parts, reason_sentences


def questions_of(schema: LabelSchema) -> dict[str, Any]:
    """The questions as the editor reads them."""
    return {"version": schema.version, **schema.parsed}


def instructions_of(guideline: Guideline, reader: int | None = None) -> dict[str, Any]:
    """The guideline, what a decision can name of it, and what is new to its reader (the id of a person)."""
    read = reader and read_version(guideline, reader)
    return {
        "version": guideline.version,
        "html": to_html(guideline.text),
        "clauses": [{"number": number, "title": title} for number, title in clauses(guideline.text)],
        "read": read,
        "changes": [asdict(one) for one in changes_since(guideline, read)],
    }


def item_of(dispute_or_work: Assignment | Dispute, schema: LabelSchema) -> dict[str, Any]:
    """The item of an assignment or a dispute, as `shown_item` gives it."""
    return shown_item(dispute_or_work.item, schema)


def shown_item(item: Item, schema: LabelSchema) -> dict[str, Any]:
    """The item with the hashes of its texts; only what the schema shows: other columns could tell a control item."""
    asked = schema.schema
    return {
        "id": item.uid,
        "data": shown_data(asked, item.data),
        "hashes": hashes_of(asked, item.data),
        "texts": _html_texts(asked, item.data),
        "columns": _columns(asked, item.data),
        "language": item.language,
    }


def _html_texts(schema: Schema, data: Mapping[str, Any]) -> dict[str, str]:
    """What offsets count over where only a parser of HTML could say it, by field name."""
    return {
        field.name: field_text(field, data)
        for field in schema.fields
        if field.kind is FieldKind.HTML and field.key in data
    }


def _columns(schema: Schema, data: Mapping[str, Any]) -> dict[str, list[str]]:
    tables = [field for field in schema.fields if field.kind is FieldKind.TABLE and field.key in data]
    return {field.name: Grid(data[field.key]).order for field in tables}


def work_of(assignment: Assignment) -> dict[str, Any]:
    """One item with its questions, the guideline and the expert's own draft or answer; nobody else's is in it."""
    project = assignment.project
    schema, guideline = newest(project)
    sitting = _sitting(assignment)
    answer = Annotation.objects.filter(assignment=assignment).select_related("current").first()
    draft = Draft.objects.filter(assignment=assignment).first()
    kept: dict[str, Any] | None = None
    if answer and answer.current:
        kept = answer.current.shown
    elif draft:
        kept = draft.shown
    return {
        "assignment": assignment.uid,
        "submitted": answer is not None,
        "project": {"id": project.uid, "name": project.name},
        "item": item_of(assignment, schema),
        "schema": questions_of(schema),
        "guideline": instructions_of(guideline, assignment.expert.user_id),
        "draft": kept,
        "suggestions": [] if sitting else payload(shown_of(project, assignment.item)),
        "lease_until": assignment.lease_until.isoformat(),
        "now": timezone.now().isoformat(),
        "lease": {
            "minutes": project.lease_minutes,
            "extended": assignment.extended,
            "most_extra": 0 if sitting else most_extra(assignment),
        },
        "reasons": reason_sentences(assignment),
        "parts": [
            {"key": one.key, "name": one.name, "meaning": one.meaning, "value": one.value}
            for one in own_parts(assignment)
        ],
        "left": count_left(project, assignment.expert, assignment) if sitting is None else sitting["left"],
        "exam": sitting and sitting["exam"],
    }


def _sitting(assignment: Assignment) -> dict[str, Any] | None:
    """Where in its exam a question stands; None for what is no question of an exam."""
    attempt = assignment.attempt
    if attempt is None:
        return None
    order = list(attempt.questions.order_by("pk").values_list("pk", "outcome"))
    at = [pk for pk, _outcome in order].index(assignment.pk) + 1
    return {
        "left": sum(not outcome for _pk, outcome in order),
        "exam": {
            "attempt": attempt.uid,
            "title": attempt.exam.title,
            "until": attempt.due_at.isoformat(),
            "seconds_left": max(0, round((attempt.due_at - timezone.now()).total_seconds())),
            "at": at,
            "of": attempt.asked,
        },
    }
