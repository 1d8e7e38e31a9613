"""Settle an item: one truth per question, from agreement or from the adjudicator's decision. Dissent is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotation.models import Adjudication, Dispute, GoldLabel, Item, Project
from annotation.models.adjudication import Review, Turn
from annotation.models.gold import HowSettled
from annotation.models.settling import decided_gold, dissent_of, regions_of, supersede_all
from annotation.models.soft import soft_of
from annotation.models.weighing import Weighed, weigh_all
from core import audit, faults


def settle(item: Item) -> bool:
    """Take an item from agreed to settled, when none of its disputes is open; False when it is not there yet.

    Appeals and second looks keep nothing waiting. Where an adjudicator found the item bad, there is no gold.
    """
    return bool(settle_all([item], weigh_all([item])))


@transaction.atomic
def settle_all(items: Sequence[Item], weighed: Mapping[int, Sequence[Weighed]]) -> list[Item]:
    """The same for items of one project, whose answers are `weighed` by id; those that are settled now.

    As many statements as for one.
    """
    now = timezone.now()
    taken = _ready(items)
    if not taken:
        return []
    Item.objects.filter(pk__in=[item.pk for item in taken]).update(settled_at=now)
    project, decided = taken[0].project, bindings(taken)
    bad = [item for item in taken if any(decision.is_bad for decision in decided[item.pk].values())]
    for item in bad:
        _set_aside(item, now, decided[item.pk])
    good = [item for item in taken if item not in bad]
    labels = [
        _label(item, each, decided[item.pk].get(each.question.key), now)
        for item in good
        for each in weighed[item.pk]
    ]
    supersede_all(labels, now)
    faults.point("gold.before_commit")
    audit.record_many(
        "item.settled",
        by=None,
        on=[(item, {"adjudicated": sorted(decided[item.pk])}) for item in good],
        project_id=project.pk,
        organisation_id=project.organisation_id,
    )
    return taken


def _ready(items: Sequence[Item]) -> list[Item]:
    """Those that are compared, not settled, and wait for no adjudicator; kept from everybody else."""
    ids = [item.pk for item in items]
    compared = Item.objects.filter(pk__in=ids, settled_at=None).exclude(agreed_at=None)
    locked = set(compared.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    disputes = Dispute.objects.filter(
        item__in=locked, turn=Turn.FIRST, closed_at=None, round=F("item__round")
    )
    waiting = set(disputes.values_list("item", flat=True))
    return [item for item in items if item.pk in locked - waiting]


def _label(item: Item, each: Weighed, decision: Adjudication | None, now: datetime) -> GoldLabel:
    """The label of one question, not saved."""
    gold = decided_gold(each, decision) if decision else _agreed(each, item.project)
    gold.project, gold.item, gold.question, gold.settled_at = item.project, item, each.question.key, now
    return gold


def bindings(items: Sequence[Item]) -> dict[int, dict[str, Adjudication]]:
    """By item (its id), the decision that holds for each question of its round: the last one; of second looks only
    those that were adopted."""
    found: dict[int, dict[str, Adjudication]] = {item.pk: {} for item in items}
    holds = Q(dispute__turn__in=[Turn.FIRST, Turn.APPEAL]) | Q(dispute__review=Review.ADOPTED)
    rows = Adjudication.objects.filter(
        holds, dispute__item__in=found, dispute__round=F("dispute__item__round")
    )
    ordered = rows.order_by(Coalesce("dispute__reviewed_at", "decided_at"), "pk")
    for one in ordered.select_related("dispute"):
        found[one.dispute.item_id][one.dispute.question] = one
    return found


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
    compared = each.question.kind.compared
    soft, reliabilities = soft_of(each)
    sources = each.deciding.annotations if collected else [winner]
    return GoldLabel(
        value=verdict.value,
        result=[
            region
            for annotation in sources
            for region in regions_of(annotation.current.result, each.question)  # type: ignore[union-attr]
        ],
        how=verdict.how,
        dissent=dissent_of(each.asked, verdict.value) if compared else [],
        chance=each.chance(project),
        soft=soft,
        reliabilities=reliabilities,
    )
