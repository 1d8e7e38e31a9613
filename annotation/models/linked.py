"""Which items hang together by the parties they name, also by others between them. Read-only.

Two items that share no party may each share one with a third: all three stay together, because what a model learns of
a party in one split must not help it in another. A party that stands in most items makes one large group of them: then
the shares of the splits cannot hold, and the release says how many rows each has. An item that comes later may link two
groups that were drawn apart: neither moves, and it goes to the earlier one.
"""

from collections.abc import Iterable

from django.db.models import Min

from annotation.models.item_split import ItemSplit
from annotation.models.party import ItemParty

AT_ONCE = 5000


class Linked:
    """The connected components of a project's items, read once in the order of the parties' index.

    What it keeps grows with the items that share a party with another, by about 100 bytes each.
    """

    def __init__(self, project_id: int) -> None:
        self._above: dict[int, int] = {}
        self._drawn: dict[int, int] = {}
        self._read(project_id)

    def speakers(self, items: Iterable[int]) -> dict[int, int]:
        """For each item the one that speaks for its component: the first one drawn, else the first there is."""
        tops = {item: self._top(item) for item in items}
        return {item: self._drawn.get(top, top) for item, top in tops.items()}

    def drew(self, items: Iterable[int]) -> None:
        """These items, in order, are drawn now."""
        for item in items:
            if item in self._above:
                self._drawn.setdefault(self._top(item), item)

    def _read(self, project_id: int) -> None:
        rows = ItemParty.objects.filter(project=project_id).order_by("key", "item")
        key, first = "", 0
        for party, item in rows.values_list("key", "item_id").iterator(chunk_size=AT_ONCE):
            if party == key:
                self._join(first, item)
            else:
                key, first = party, item
        drawn = ItemSplit.objects.filter(project=project_id).order_by("pk").values_list("pk", flat=True)
        if self._above:
            self.drew(drawn.iterator(chunk_size=AT_ONCE))

    def _join(self, one: int, other: int) -> None:
        low, high = sorted((self._top(one), self._top(other)))
        self._above[high] = self._above[low] = low

    def _top(self, item: int) -> int:
        """The component's first item; what was passed on the way there points nearer to it afterwards."""
        above = self._above
        while (over := above.get(item, item)) != item:
            above[item] = item = above.get(over, over)
        return item


def first_parties(items: Iterable[int]) -> dict[int, str]:
    """The first party's key of each item that names one. One statement."""
    rows = ItemParty.objects.filter(item__in=set(items)).order_by().values_list("item_id")
    return dict(rows.annotate(Min("key")))
