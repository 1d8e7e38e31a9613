"""Count a settled item into its experts' records: whose answer was the one that came out."""

from django.db import transaction

from annotation.formats.answers import compare
from annotation.models import GoldLabel, Item
from annotation.models.gold import HowSettled
from annotation.models.reliability import count
from annotation.models.verdicts import answers_of, asked

# One's own answer, and texts that are never compared.
_SAYS_NOTHING = (HowSettled.SINGLE, HowSettled.COLLECTED)


@transaction.atomic
def count_settled(item: Item) -> int:
    """One more item for everybody whose answer counts for it: right when every question came out as they said.

    In the transaction that settles the item, which happens once. Returns for how many.
    """
    settled = GoldLabel.objects.current().filter(item=item).exclude(how__in=_SAYS_NOTHING)
    gold = dict(settled.values_list("question", "value"))
    right: dict[int, bool] = {}
    for each in asked(answers_of(item)):
        key, kind = each.question.key, each.question.kind
        if key in gold:
            for annotation in each.annotations:
                same = compare(kind, each.said(annotation), gold[key])
                right[annotation.expert_id] = same and right.get(annotation.expert_id, True)
    count(item.project_id, right, item.lane.kind)
    return len(right)
