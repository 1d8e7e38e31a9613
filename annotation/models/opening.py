"""Open items for work: slots, and positions in their lanes, in the order of their ids."""

from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Value, When
from django.utils import timezone

from annotation.models.item import Item
from annotation.models.lane import Lane

ROUTE = "route"
"""The kind of the jobs that open a batch's items."""

# One statement for a chunk, the same on both engines; a window cannot stand in the ORM's UPDATE.
_OPEN = """
UPDATE annotation_item
SET position = queued.position, blocked = '', routed_at = %s,
    overlap = CASE WHEN filled > %s THEN filled ELSE %s END,
    open_slots = CASE WHEN filled > %s THEN 0 ELSE %s - filled END
FROM (
    SELECT item.id, lane.next_position - 1
        + row_number() OVER (PARTITION BY item.lane_id ORDER BY item.id) AS position
    FROM annotation_item item JOIN annotation_lane lane ON lane.id = item.lane_id
    WHERE item.routed_at IS NULL AND item.id IN ({ids})
) queued
WHERE annotation_item.id = queued.id AND annotation_item.routed_at IS NULL
"""


def open_in_order(pks: list[int], *, overlap: int) -> int:
    """Give items that are not routed their slots and places, at most a few thousand at once. Returns how many.

    Answers that came in with an item fill its slots; it has room for all of them.
    In a transaction; the lanes' rows stay locked until it ends, so that places appear in their order.
    """
    waiting = Item.objects.filter(pk__in=pks, routed_at=None)
    lanes = sorted(set(waiting.values_list("lane", flat=True)))
    if not lanes:
        return 0
    locked = Lane.objects.select_for_update(no_key=True).filter(pk__in=lanes).order_by("pk")
    list(locked.values_list("pk", flat=True))
    counts = dict(waiting.order_by().values_list("lane").annotate(Count("pk")))
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(pks))
        cursor.execute(_OPEN.format(ids=marks), [timezone.now(), *[overlap] * 4, *pks])
        opened = cursor.rowcount
    taken = Case(
        *(When(pk=pk, then=Value(count)) for pk, count in counts.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    Lane.objects.filter(pk__in=counts).update(next_position=F("next_position") + taken)
    return int(opened)


def tell_the_planner() -> None:
    """Gather PostgreSQL's statistics of the items, outside a transaction.

    Until then it may still take the table for empty, and sort a lane instead of walking its index; left alone it
    would look again within a minute or so.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE annotation_item")
