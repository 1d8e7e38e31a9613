"""What the stages that settle an item, or settle it anew, have in common: its gold, and whose answer came out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from annotation.formats.answers import compare
from annotation.formats.schema import Question
from annotation.formats.tags import MARKING
from annotation.models.adjudication import Adjudication
from annotation.models.gold import GoldLabel, HowSettled
from annotation.models.item import Item
from annotation.models.reliability import adjust
from annotation.models.soft import soft_of
from annotation.models.verdicts import Asked, answers_of, asked
from annotation.models.weighing import Weighed

# One's own answer, also where it came in as the truth, and texts that are never compared.
_SAYS_NOTHING = (HowSettled.SINGLE, HowSettled.IMPORTED, HowSettled.COLLECTED)


def supersede(gold: GoldLabel, now: datetime) -> None:
    """Store the label in the place of the one that holds now."""
    supersede_all([gold], now)


def supersede_all(labels: Sequence[GoldLabel], now: datetime) -> None:
    """Store each label in the place of the one that holds now. Three statements at most, however many they are."""
    places = {(gold.item_id, gold.question) for gold in labels}
    current = GoldLabel.objects.current().filter(item__in={item for item, _question in places})
    over = [pk for pk, *place in current.values_list("pk", "item", "question") if tuple(place) in places]
    if over:
        GoldLabel.objects.filter(pk__in=over).update(superseded_at=now)
    GoldLabel.objects.bulk_create(labels)


def decided_gold(each: Weighed, decision: Adjudication) -> GoldLabel:
    """The label that a decision makes, not saved; who said otherwise is its dissent, and what they all came to beside
    it is what the answers came to before the decision."""
    soft, reliabilities = soft_of(each)
    return GoldLabel(
        value=decision.value,
        result=regions_of(decision.result, each.question),
        how=HowSettled.ADJUDICATED,
        adjudication=decision,
        dissent=dissent_of(each.asked, decision.value),
        soft=soft,
        reliabilities=reliabilities,
    )


def dissent_of(each: Asked, value: Any) -> list[dict[str, Any]]:
    """Who said otherwise, as `GoldLabel.dissent` keeps it."""
    said = {annotation.uid: each.said(annotation) for annotation in each.annotations}
    return [
        {"annotation": uid, "value": theirs}
        for uid, theirs in said.items()
        if not compare(each.question.kind, theirs, value)
    ]


def regions_of(result: list[dict[str, Any]], question: Question) -> list[dict[str, Any]]:
    """The regions of one question in a result; of relations the regions that they join too, before them."""
    own = [region for region in result if region.get("from_name") == question.key]
    if question.tag != "relations":
        return own
    ends = {region["value"].get(name) for region in own for name in ("from_id", "to_id")}
    joined = [one for one in result if one.get("id") in ends and one.get("type") in MARKING]
    return [*joined, *own]


def right_of(item: Item) -> dict[int, bool]:
    """Expert id -> whether every question with gold came out as they said; who is not compared is left out."""
    return right_by(asked(answers_of(item)), GoldLabel.objects.current().filter(item=item))


def right_by(questions: Sequence[Asked], labels: Iterable[GoldLabel]) -> dict[int, bool]:
    """The same, where what was asked and the labels that hold are known."""
    gold = {one.question: one.value for one in labels if one.how not in _SAYS_NOTHING}
    right: dict[int, bool] = {}
    for each in questions:
        key, kind = each.question.key, each.question.kind
        if key in gold:
            for annotation in each.annotations:
                same = compare(kind, each.said(annotation), gold[key])
                right[annotation.expert_id] = same and right.get(annotation.expert_id, True)
    return right


@transaction.atomic
def correct(item: Item, before: Mapping[int, bool]) -> None:
    """The item's gold has changed since `right_of` said `before`: take that back, and count what it says now."""
    now = right_of(item)
    for expert in sorted({*before, *now}):
        asked_more = int(expert in now) - int(expert in before)
        right_more = int(now.get(expert, False)) - int(before.get(expert, False))
        if asked_more or right_more:
            adjust(item.project_id, expert, item.lane.kind, asked=asked_more, right=right_more)
