"""Settle an item: one truth per question, from agreement or from the adjudicator's decision. Dissent is kept."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotation.algorithms.verdict import NO_MAJORITY, Verdict
from annotation.formats.answers import compare
from annotation.formats.schema import Question
from annotation.models import Adjudication, Annotation, Dispute, GoldLabel, Item
from annotation.models.gold import HowSettled
from annotation.models.verdicts import answers_of, verdicts
from core import audit, faults


@transaction.atomic
def settle(item: Item) -> bool:
    """Take an item from agreed to settled, when none of its disputes is open; False when it is not there yet."""
    now = timezone.now()
    if Dispute.objects.filter(item=item, round=item.round, closed_at=None).exists():
        return False
    ready = Item.objects.filter(pk=item.pk, settled_at=None).exclude(agreed_at=None)
    if not ready.update(settled_at=now):
        return False
    annotations = answers_of(item)
    schema = annotations[-1].current.label_schema.schema  # type: ignore[union-attr]  # a counted annotation has one
    # What is undisputed by either rule comes to the same by this one; the project's may have changed since `compare`.
    found = verdicts(schema, annotations, NO_MAJORITY)
    decided = {
        decision.dispute.question: decision
        for decision in Adjudication.objects.filter(
            dispute__item=item, dispute__round=item.round
        ).select_related("dispute")
    }
    for question in schema.questions:
        decision = decided.get(question.key)
        gold = (
            _decided(question, decision, annotations)
            if decision
            else _agreed(question, found[question.key], annotations)
        )
        gold.project, gold.item, gold.question, gold.settled_at = item.project, item, question.key, now
        _supersede(gold, now)
    faults.point("gold.before_commit")
    project = item.project
    audit.record(
        "item.settled",
        by=None,
        on=item,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"adjudicated": sorted(decided)},
    )
    return True


def _supersede(gold: GoldLabel, now: datetime) -> None:
    GoldLabel.objects.current().filter(item=gold.item, question=gold.question).update(superseded_at=now)
    gold.save(force_insert=True)


def _said(annotation: Annotation, question: Question) -> Any:
    for judgement in annotation.judgements.all():
        if judgement.question == question.key:
            return judgement.value
    return None


def _dissent(annotations: list[Annotation], question: Question, value: Any) -> list[dict[str, Any]]:
    said = {annotation.uid: _said(annotation, question) for annotation in annotations}
    return [
        {"annotation": uid, "value": theirs}
        for uid, theirs in said.items()
        if not compare(question.kind, theirs, value)
    ]


def _regions(result: list[dict[str, Any]], question: Question) -> list[dict[str, Any]]:
    return [region for region in result if region.get("from_name") == question.key]


def _decided(question: Question, decision: Adjudication, annotations: list[Annotation]) -> GoldLabel:
    return GoldLabel(
        value=decision.value,
        result=_regions(decision.result, question),
        how=HowSettled.ADJUDICATED,
        adjudication=decision,
        dissent=_dissent(annotations, question, decision.value),
    )


def _agreed(question: Question, verdict: Verdict, annotations: list[Annotation]) -> GoldLabel:
    winner = next(annotation for annotation in annotations if annotation.uid == verdict.winners[0])
    collected = verdict.how == HowSettled.COLLECTED
    sources = annotations if collected else [winner]
    return GoldLabel(
        value=verdict.value,
        result=[
            region
            for annotation in sources
            for region in _regions(annotation.current.result, question)  # type: ignore[union-attr]
        ],
        how=verdict.how,
        dissent=[] if collected else _dissent(annotations, question, verdict.value),
    )
