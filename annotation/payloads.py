"""What the editor is given: a work (one item to label) and a dispute (one question to decide). Read-only."""

import random
from typing import Any

from django.utils import timezone

from annotation.formats.markdown import clauses, to_html
from annotation.models import (
    Adjudication,
    Annotation,
    Appeal,
    Assignment,
    Citation,
    Dispute,
    Draft,
    Guideline,
    LabelSchema,
    Project,
)
from annotation.models.adjudication import Outcome, Turn
from annotation.models.precedents import Found, similar, text_of
from annotation.models.verdicts import answers_of
from annotation.stages.extend import most_extra
from annotation.stages.label import hashes_of
from annotation.stages.lease import count_left
from annotation.why import own_parts, reason_sentences

EXCERPT = 240
MOST_CITED = 50


def newest(project: Project) -> tuple[LabelSchema, Guideline]:
    """The questions and instructions in force."""
    return project.schemas.order_by("-version")[0], project.guidelines.order_by("-version")[0]


def _questions(schema: LabelSchema) -> dict[str, Any]:
    return {"version": schema.version, **schema.parsed}


def _instructions(guideline: Guideline) -> dict[str, Any]:
    return {
        "version": guideline.version,
        "html": to_html(guideline.text),
        "clauses": [{"number": number, "title": title} for number, title in clauses(guideline.text)],
    }


def _item(dispute_or_work: Assignment | Dispute, schema: LabelSchema) -> dict[str, Any]:
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
        "item": {**_item(assignment, schema), "data": _shown(assignment, schema)},
        "schema": _questions(schema),
        "guideline": _instructions(guideline),
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


def dispute_of(dispute: Dispute) -> dict[str, Any]:
    """A dispute with every annotator's answer, without names, in an order of its own (drawn from the dispute's id)."""
    schema, guideline = newest(dispute.project)
    annotations = answers_of(dispute.item)
    random.Random(dispute.uid).shuffle(annotations)  # noqa: S311 (an order, not a secret)
    answers = []
    for at, annotation in enumerate(annotations):
        values = {judgement.question: judgement.value for judgement in annotation.judgements.all()}
        result = annotation.current.result if annotation.current else []
        answers.append({"name": chr(ord("A") + at), "result": result, "value": values.get(dispute.question)})
    decision: Adjudication | None = getattr(dispute, "adjudication", None)
    return {
        "dispute": dispute.uid,
        "question": dispute.question,
        "project": {"id": dispute.project.uid, "name": dispute.project.name},
        "item": _item(dispute, schema),
        "schema": _questions(schema),
        "guideline": _instructions(guideline),
        "answers": answers,
        "draft": None,
        "appeal": list(Appeal.objects.filter(turn=dispute).values_list("reason", flat=True)),
        "notes": _notes(dispute),
        "precedents": [_precedent(one) for one in similar(dispute, schema.schema)],
        "held": dispute.held_at is not None,
        "decided": decision and decision_of(decision),
        "earlier": [decision_of(one) for one in _earlier(dispute, decision)],
    }


def decision_of(decision: Adjudication) -> dict[str, Any]:
    """A decision without its author's name: what it says, why, and what it refers to."""
    clause = next(
        (title for number, title in clauses(decision.guideline.text) if number == decision.clause), ""
    )
    return {
        "id": decision.uid,
        "outcome": decision.outcome or Outcome.ANSWER,
        "result": decision.result,
        "value": decision.value,
        "rationale": decision.rationale,
        "clause": decision.clause,
        "clause_title": clause,
        "guideline_version": decision.guideline.version,
        "cites": [_reference(one.cited) for one in _citations(decision.citations, "cited")],
        "cited_by": [_reference(one.adjudication) for one in _citations(decision.cited_by, "adjudication")],
        "decided_at": decision.decided_at.isoformat(),
    }


def _citations(rows: Any, end: str) -> list[Citation]:
    return list(rows.select_related(f"{end}__dispute").order_by("pk")[:MOST_CITED])


def _reference(decision: Adjudication) -> dict[str, str]:
    return {"id": decision.uid, "dispute": decision.dispute.uid}


def _notes(dispute: Dispute) -> list[dict[str, str]]:
    """What the lead answered where this dispute had waited."""
    answered = dispute.doubts.filter(adjudication=None, resumed_at__isnull=False).order_by("pk")
    return [{"clause": one.clause, "note": one.note, "answer": one.answer} for one in answered]


def _precedent(found: Found) -> dict[str, Any]:
    """With the texts of marked spans, so that they can be read without the item."""
    decision = found.adjudication
    text = text_of(decision.dispute, decision.label_schema.schema)
    value = decision.value
    spans = value if isinstance(value, list) and value and isinstance(value[0], list) else []
    return {
        "id": decision.uid,
        "dispute": decision.dispute.uid,
        "outcome": decision.outcome or Outcome.ANSWER,
        "value": value,
        "quotes": [text[start:end] for start, end, _label in spans],
        "rationale": decision.rationale,
        "clause": decision.clause,
        "guideline_version": decision.guideline.version,
        "excerpt": text[:EXCERPT],
        "same_labels": found.same_labels,
        "similarity": round(found.similarity, 2),
    }


def _earlier(dispute: Dispute, decision: Adjudication | None) -> list[Adjudication]:
    """The first decision, for who has decided the appeal; nothing before: it is decided without it."""
    if decision is None or dispute.turn != Turn.APPEAL or dispute.of is None:
        return []
    return [dispute.of.adjudication]
