"""Let a later decision take the place of the one that an item was settled by. The earlier one stays as it is."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotation.formats.answers import compare
from annotation.models import Adjudication, Dispute, GoldLabel, GuidelineDoubt, Item
from annotation.models.adjudication import Turn
from annotation.models.advancing import advance_soon
from annotation.models.noting import note
from annotation.models.settling import correct, decided_gold, right_of, supersede
from annotation.models.weighing import weigh
from annotation.stages.adjudicate import drafting, precedents
from core import audit, faults
from core.models import User

UPHELD, SUPERSEDED, BAD, REOPENED = "upheld", "superseded", "bad", "reopened"


@transaction.atomic
def amend(decision: Adjudication, *, by: User) -> str:
    """Bring the item's gold in line with a later decision about one of its questions; what it came to.

    `upheld`: it says what the gold says, and nothing changes. `superseded`: another gold label takes its place. `bad`:
    the item has no gold any more. `reopened`: the item was bad and is settled anew. Who was right is counted anew too.
    """
    dispute = decision.dispute
    item = (
        Item.objects.select_for_update(no_key=True, of=("self",))
        .select_related("project", "lane")
        .get(pk=dispute.item_id)
    )
    now = timezone.now()
    before = right_of(item)
    effect = _apply(item, decision, now)
    note(item.project_id, [item.pk])
    correct(item, before)
    if effect != UPHELD:
        _overrule_earlier(decision)
    audit.record(
        "gold.amended",
        by=by,
        on=item,
        project_id=dispute.project_id,
        organisation_id=dispute.project.organisation_id,
        changes={"question": dispute.question, "decision": decision.uid, "effect": effect},
    )
    faults.point("amend.before_commit")
    return effect


def _apply(item: Item, decision: Adjudication, now: datetime) -> str:
    if decision.is_bad:
        if item.bad_at:
            return UPHELD
        Item.objects.filter(pk=item.pk).update(bad_at=now)
        GoldLabel.objects.current().filter(item=item).update(superseded_at=now)
        return BAD
    if item.bad_at:
        _reopen(item)
        return REOPENED
    return _replace(item, decision, now)


def _replace(item: Item, decision: Adjudication, now: datetime) -> str:
    question = decision.dispute.question
    current = GoldLabel.objects.current().filter(item=item, question=question).first()
    for each in weigh(item):
        if each.question.key == question and current is not None:
            if compare(each.question.kind, current.value, decision.value):
                return UPHELD
            gold = decided_gold(each, decision)
            gold.project, gold.item, gold.question, gold.settled_at = item.project, item, question, now
            supersede(gold, now)
            return SUPERSEDED
    return UPHELD  # not settled yet: settling reads the later decision


def _reopen(item: Item) -> None:
    """It is not bad after all: what was closed with it is open again, and the item waits to be settled."""
    Item.objects.filter(pk=item.pk).update(bad_at=None, settled_at=None)
    closed = Dispute.objects.filter(item=item, round=item.round, closed_with__isnull=False)
    closed.update(closed_at=None, closed_with=None)
    advance_soon(item.pk, item.project)


def _overrule_earlier(decision: Adjudication) -> None:
    dispute = decision.dispute
    earlier = Adjudication.objects.filter(
        dispute__item=dispute.item_id, dispute__question=dispute.question, dispute__round=dispute.round
    )
    for one in earlier.exclude(pk=decision.pk):  # at most two: one decision a turn
        precedents.overrule(one)


def close_with(decision: Adjudication) -> None:
    """The item is bad: its other open disputes are closed by this decision, also those that wait for the lead."""
    now, dispute = timezone.now(), decision.dispute
    others: Any = Dispute.objects.filter(
        item=dispute.item_id, round=dispute.round, turn=Turn.FIRST, closed_at=None
    )
    closed = sorted(others.values_list("pk", flat=True))
    others.filter(pk__in=closed).update(closed_at=now, held_at=None, closed_with=decision)
    GuidelineDoubt.objects.holding().filter(dispute__in=closed).update(resumed_at=now)
    drafting.drop(closed)
