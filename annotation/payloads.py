"""What the editor is given: a work, that is one item to label. Read-only; a dispute: `annotation.dispute_payload`."""

from typing import Any

from django.utils import timezone

from annotation.formats.markdown import clauses, to_html
from annotation.models import Annotation, Assignment, Dispute, Draft, Guideline, LabelSchema, Project
from annotation.stages.extend import most_extra
from annotation.stages.label import hashes_of
from annotation.stages.lease import count_left
from annotation.why import own_parts, reason_sentences


def newest(project: Project) -> tuple[LabelSchema, Guideline]:
    """The questions and instructions in force."""
    return project.schemas.order_by("-version")[0], project.guidelines.order_by("-version")[0]


def questions_of(schema: LabelSchema) -> dict[str, Any]:
    """The questions as the editor reads them."""
    return {"version": schema.version, **schema.parsed}


def instructions_of(guideline: Guideline) -> dict[str, Any]:
    """The guideline, and what a decision can name of it."""
    return {
        "version": guideline.version,
        "html": to_html(guideline.text),
        "clauses": [{"number": number, "title": title} for number, title in clauses(guideline.text)],
    }


def item_of(dispute_or_work: Assignment | Dispute, schema: LabelSchema) -> dict[str, Any]:
    """The item with its texts and their hashes."""
    item = dispute_or_work.item
    return {
        "id": item.uid,
        "data": item.data,
        "hashes": hashes_of(schema.schema, item.data),
        "language": item.language,
    }


def _shown(assignment: Assignment, schema: LabelSchema) -> dict[str, Any]:
    """Only what the schema shows: other columns of the file could tell a control item from work."""
    data = assignment.item.data
    return {one.key: data[one.key] for one in schema.schema.fields if one.key in data}


def work_of(assignment: Assignment) -> dict[str, Any]:
    """One item with its questions, the guideline and the expert's own draft or answer; nobody else's is in it."""
    project = assignment.project
    schema, guideline = newest(project)
    sitting = _sitting(assignment)
    answer = Annotation.objects.filter(assignment=assignment).select_related("current").first()
    draft = Draft.objects.filter(assignment=assignment).first()
    kept: dict[str, Any] | None = None
    if answer and answer.current:
        kept = {"revision": 0, "result": answer.current.result, "seconds": answer.current.seconds}
    elif draft:
        kept = {"revision": draft.revision, "result": draft.result, "seconds": draft.seconds}
    return {
        "assignment": assignment.uid,
        "submitted": answer is not None,
        "project": {"id": project.uid, "name": project.name},
        "item": {**item_of(assignment, schema), "data": _shown(assignment, schema)},
        "schema": questions_of(schema),
        "guideline": instructions_of(guideline),
        "draft": kept,
        "lease_until": assignment.lease_until.isoformat(),
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
        "left": count_left(project, assignment.expert) if sitting is None else sitting["left"],
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
