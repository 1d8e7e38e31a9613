"""The one place that knows the order: stored, routed, labelled, agreed, settled."""

from collections.abc import Sequence

from django.db import transaction

from annotation.models import Item
from annotation.models.weighing import weigh_all
from annotation.stages import agree, coverage, gold, record, route, widen
from core import jobs


def advance(item: Item) -> bool:
    """Take the one step that is due for an item; False when none is. Calling it twice does no harm.

    Facts decide: an item that is not routed is opened if it may be; one that is labelled is queued for more answers
    where the project's policy wants them, else compared; one that is compared is settled when no dispute is open.
    Labelling and adjudication are people's steps.
    """
    if item.routed_at is None:
        return route.open_item(item)
    if item.labelled_at is not None and item.agreed_at is None:
        return widen.widen(item) or agree.compare(item)
    if item.agreed_at is not None and item.settled_at is None:
        return _settle(item)
    return False


@transaction.atomic
def advance_all(items: Sequence[Item]) -> list[int]:
    """Take items of one project as far as they go without a person; the ids of those that moved.

    Those that are only to be compared are compared and settled together, in as many statements as one would be.
    """
    alike = [item for item in items if _is_to_compare(item)]
    weighed = weigh_all(alike)
    moved = agree.compare_all(alike, weighed)
    record.count_settled(gold.settle_all(moved, weighed), weighed)
    others = (item for item in items if item not in alike)
    return [item.pk for item in moved] + [item.pk for item in others if _go_on(item)]


def _is_to_compare(item: Item) -> bool:
    return (
        item.routed_at is not None
        and item.labelled_at is not None
        and item.agreed_at is None
        and not widen.asks_for_more(item)
    )


def _go_on(item: Item) -> bool:
    """Step by step; whether there was any."""
    steps = 0
    while advance(item):
        steps += 1
        item = Item.objects.select_related("project", "lane").get(pk=item.pk)
    return steps > 0


@transaction.atomic
def _settle(item: Item) -> bool:
    """Settle it, and count in its experts' records who was right: together, so that it is counted once."""
    weighed = weigh_all([item])
    settled = gold.settle_all([item], weighed)
    record.count_settled(settled, weighed)
    return bool(settled)


@transaction.atomic
def expire_soon() -> None:
    """Ask for the day's endings to be seen to, once for all who ask. Asking again on the same day does no harm."""
    jobs.enqueue_once("expire", key="expire", project_id=None, organisation_id=None, keep=False)


def cover_soon() -> None:
    """Ask for a count of whom open items find, where the last one is an hour old."""
    coverage.count_stale()
