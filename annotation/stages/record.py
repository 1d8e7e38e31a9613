"""Count a settled item into its experts' records: whose answer was the one that came out."""

from django.db import transaction

from annotation.models import Item
from annotation.models.reliability import count
from annotation.models.settling import right_of


@transaction.atomic
def count_settled(item: Item) -> int:
    """One more item for everybody whose answer counts for it: right when every question came out as they said.

    In the transaction that settles the item, which happens once. Returns for how many.
    """
    right = right_of(item)
    count(item.project_id, right, item.lane.kind)
    return len(right)
