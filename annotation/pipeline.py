"""The one place that knows the order: stored, routed, labelled, agreed, settled."""

from django.db import transaction

from annotation.models import Item
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
def _settle(item: Item) -> bool:
    """Settle it, and count in its experts' records who was right: together, so that it is counted once."""
    settled = gold.settle(item)
    if settled:
        record.count_settled(item)
    return settled


@transaction.atomic
def expire_soon() -> None:
    """Ask for the day's endings to be seen to, once for all who ask. Asking again on the same day does no harm."""
    jobs.enqueue_once("expire", key="expire", project_id=None, organisation_id=None, keep=False)


def cover_soon() -> None:
    """Ask for a count of whom open items find, where the last one is an hour old."""
    coverage.count_stale()
