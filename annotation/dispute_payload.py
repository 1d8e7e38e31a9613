"""What an adjudicator is given: one question to decide, the answers without names, and what is like it. Read-only."""

import random
from typing import Any

from annotation.formats.field_words import quote
from annotation.formats.markdown import clauses
from annotation.formats.schema import Kind, Schema
from annotation.models import Adjudication, Appeal, Citation, Dispute, LabelSchema
from annotation.models.adjudication import Outcome, Turn
from annotation.models.dispute_draft import draft_of
from annotation.models.newest import newest
from annotation.models.precedents import Found, similar, text_of
from annotation.models.verdicts import answers_of
from annotation.payloads import instructions_of, item_of, questions_of
from annotation.why_dispute import place_sentence
from core.models import User

EXCERPT = 240
MOST_CITED = 50


def dispute_of(dispute: Dispute, reader: User | None = None) -> dict[str, Any]:
    """A dispute with every annotator's answer, without names, in an order of its own (drawn from the dispute's id).

    With the draft that `reader` has of a decision.
    """
    schema, guideline = newest(dispute.project)
    annotations = answers_of(dispute.item)
    random.Random(dispute.uid).shuffle(annotations)  # noqa: S311 (an order, not a secret)
    answers = []
    for at, annotation in enumerate(annotations):
        values = {judgement.question: judgement.value for judgement in annotation.judgements.all()}
        result = annotation.current.result if annotation.current else []
        answers.append({"name": chr(ord("A") + at), "result": result, "value": values.get(dispute.question)})
    decision: Adjudication | None = getattr(dispute, "adjudication", None)
    draft = draft_of(dispute, reader) if reader else None
    return {
        "dispute": dispute.uid,
        "question": dispute.question,
        "project": {"id": dispute.project.uid, "name": dispute.project.name},
        "item": _whole_item(dispute, schema),
        "schema": questions_of(schema),
        "guideline": instructions_of(guideline, reader.pk if reader else None),
        "answers": answers,
        "draft": draft and draft.shown,
        "place": place_sentence(dispute),
        "appeal": list(Appeal.objects.filter(turn=dispute).values_list("reason", flat=True)),
        "notes": _notes(dispute),
        "precedents": [_precedent(one) for one in similar(dispute, schema.schema)],
        "held": dispute.held_at is not None,
        "decided": decision and decision_of(decision),
        "earlier": [decision_of(one) for one in _earlier(dispute, decision)],
        "later": [decision_of(one) for one in _later(dispute)],
        "closed_with": dispute.closed_with and decision_of(dispute.closed_with),
    }


def _whole_item(dispute: Dispute, schema: LabelSchema) -> dict[str, Any]:
    """With what the schema does not show too: who decides may need it, and disputes are about no control items."""
    found = item_of(dispute, schema)
    return {**found, "data": {**dispute.item.data, **found["data"]}}


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


def _quotes(schema: Schema, decision: Adjudication) -> list[str]:
    question = schema.by_key.get(decision.dispute.question)
    if question is None or question.kind is not Kind.SPANS:
        return []
    field, data = schema.by_name[question.field], decision.dispute.item.data
    return [quote(field, data, start, end) for start, end, _label in decision.value or []]


def _precedent(found: Found) -> dict[str, Any]:
    """With the texts of marked spans, so that they can be read without the item."""
    decision = found.adjudication
    schema = decision.label_schema.schema
    text = text_of(decision.dispute, schema)
    return {
        "id": decision.uid,
        "dispute": decision.dispute.uid,
        "outcome": decision.outcome or Outcome.ANSWER,
        "value": decision.value,
        "quotes": _quotes(schema, decision),
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


def _later(dispute: Dispute) -> list[Adjudication]:
    """What an appeal against this decision came to; second looks tell nobody."""
    return list(Adjudication.objects.filter(dispute__of=dispute, dispute__turn=Turn.APPEAL))
