"""Settle an item: one truth per question, from agreement or from the adjudicator's decision. Dissent is kept."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotation.models import Adjudication, Dispute, GoldLabel, Item, Project
from annotation.models.adjudication import Review, Turn
from annotation.models.gold import HowSettled
from annotation.models.settling import decided_gold, dissent_of, regions_of, supersede
from annotation.models.weighing import Weighed, weigh
from core import audit, faults


@transaction.atomic
def settle(item: Item) -> bool:
    """Take an item from agreed to settled, when none of its disputes is open; False when it is not there yet.

    Appeals and second looks keep nothing waiting. Where an adjudicator found the item bad, there is no gold.
    """
    now = timezone.now()
    disputes = Dispute.objects.filter(item=item, round=item.round, turn=Turn.FIRST)
    if disputes.filter(closed_at=None).exists():
        return False
    ready = Item.objects.filter(pk=item.pk, settled_at=None).exclude(agreed_at=None)
    if not ready.update(settled_at=now):
        return False
    decided, project = binding(item), item.project
    if any(decision.is_bad for decision in decided.values()):
        _set_aside(item, now, decided)
        return True
    for each in weigh(item):
        key = each.question.key
        decision = decided.get(key)
        gold = decided_gold(each.asked, decision) if decision else _agreed(each, project)
        gold.project, gold.item, gold.question, gold.settled_at = project, item, key, now
        supersede(gold, now)
    faults.point("gold.before_commit")
    audit.record(
        "item.settled",
        by=None,
        on=item,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"adjudicated": sorted(decided)},
    )
    return True


def binding(item: Item) -> dict[str, Adjudication]:
    """The decision that holds for each question of the item's round: the last one, second looks only where adopted."""
    holds = Q(dispute__turn__in=[Turn.FIRST, Turn.APPEAL]) | Q(dispute__review=Review.ADOPTED)
    rows = Adjudication.objects.filter(holds, dispute__item=item, dispute__round=item.round)
    ordered = rows.order_by(Coalesce("dispute__reviewed_at", "decided_at"), "pk")
    return {one.dispute.question: one for one in ordered.select_related("dispute")}


def _set_aside(item: Item, now: datetime, decided: dict[str, Adjudication]) -> None:
    """A bad item is settled without gold, and is left out of releases."""
    Item.objects.filter(pk=item.pk).update(bad_at=now)
    GoldLabel.objects.current().filter(item=item).update(superseded_at=now)
    faults.point("gold.before_commit")
    audit.record(
        "item.set_aside",
        by=None,
        on=item,
        project_id=item.project_id,
        organisation_id=item.project.organisation_id,
        changes={"decisions": sorted(one.uid for one in decided.values() if one.is_bad)},
    )


def _agreed(each: Weighed, project: Project) -> GoldLabel:
    verdict = each.settled(project)
    said = each.asked.annotations
    winner = next(annotation for annotation in said if annotation.uid == verdict.winners[0])
    collected = verdict.how == HowSettled.COLLECTED
    sources = each.deciding.annotations if collected else [winner]
    return GoldLabel(
        value=verdict.value,
        result=[
            region
            for annotation in sources
            for region in regions_of(annotation.current.result, each.question)  # type: ignore[union-attr]
        ],
        how=verdict.how,
        dissent=[] if collected else dissent_of(each.asked, verdict.value),
    )
