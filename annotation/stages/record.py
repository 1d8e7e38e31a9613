"""Count settled items into their experts' records: whose answer was the one that came out."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import transaction

from annotation.models import GoldLabel, Item
from annotation.models.reliability import count_all
from annotation.models.settling import right_by
from annotation.models.weighing import Weighed


@transaction.atomic
def count_settled(items: Sequence[Item], weighed: Mapping[int, Sequence[Weighed]]) -> int:
    """One more item for everybody whose answer counts for it: right when every question came out as they said.

    Of items of one project, in the transaction that settles them, which happens once. Returns for how many.
    """
    if not items:
        return 0
    labels: dict[int, list[GoldLabel]] = {item.pk: [] for item in items}
    for gold in GoldLabel.objects.current().filter(item__in=labels):
        labels[gold.item_id].append(gold)
    tried: Counter[tuple[int, str]] = Counter()
    right: Counter[tuple[int, str]] = Counter()
    for item in items:
        for expert, says in right_by([each.asked for each in weighed[item.pk]], labels[item.pk]).items():
            tried[expert, item.lane.kind] += 1
            right[expert, item.lane.kind] += says
    count_all(items[0].project_id, {who: (many, right[who]) for who, many in tried.items()})
    return tried.total()
