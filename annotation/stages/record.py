"""Count a settled item into its experts' records: whose answer was the one that came out."""

from collections.abc import Mapping

from django.db import transaction

from annotation.formats.answers import compare
from annotation.models import GoldLabel, Item
from annotation.models.gold import HowSettled
from annotation.models.reliability import adjust, count
from annotation.models.verdicts import answers_of, asked

# One's own answer, and texts that are never compared.
_SAYS_NOTHING = (HowSettled.SINGLE, HowSettled.COLLECTED)


@transaction.atomic
def count_settled(item: Item) -> int:
    """One more item for everybody whose answer counts for it: right when every question came out as they said.

    In the transaction that settles the item, which happens once. Returns for how many.
    """
    right = right_of(item)
    count(item.project_id, right, item.lane.kind)
    return len(right)


def right_of(item: Item) -> dict[int, bool]:
    """Expert id -> whether every question with gold came out as they said; who is not compared is left out."""
    settled = GoldLabel.objects.current().filter(item=item).exclude(how__in=_SAYS_NOTHING)
    gold = dict(settled.values_list("question", "value"))
    right: dict[int, bool] = {}
    for each in asked(answers_of(item)):
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
