"""Wait a moment for what has just come in: items are checked by a job before they are opened."""

import time
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from annotation.models import Item, Project
from annotation.models.arriving import BRING, arriving
from annotation.models.making_way import has_items_to_open, hurry
from annotation.models.opening import ROUTE
from annotation.stages import route
from core.refusals import InvalidInput, NotReady

T = TypeVar("T")
WAIT = 30.0
SOON = 2.0
STEP = 0.02
_LONG = BoundedSemaphore(2)
_WHY = {
    "no_rights": _("The item waits for a licence or a statement of rights."),
    "not_deidentified": _("The item waits for a statement that it is de-identified."),
}


def wait_until_stored(project: Project) -> None:
    """Return when everything that came in is stored, however long that takes while it gets on. Raises NotReady.

    Only some of a web process's threads wait for long: the others answer people.
    """
    may_be_long = _LONG.acquire(blocking=False)
    try:
        seen, end = -1, time.monotonic() + WAIT
        while (done := arriving(project.pk).aggregate(done=Sum("done"))["done"]) is not None:
            if done != seen and may_be_long:
                seen, end = done, time.monotonic() + WAIT
            if time.monotonic() > end:
                raise NotReady
            hurry(project.pk, BRING)
            time.sleep(STEP * 5)
    finally:
        if may_be_long:
            _LONG.release()


def patiently(project: Project, find: Callable[[], T | None]) -> T | None:
    """What `find` finds, tried again while items are being stored or opened. Raises NotReady."""
    end = time.monotonic() + WAIT
    found = find()
    while found is None:
        # Asked before it is looked again: what is opened in between is found then.
        to_open = has_items_to_open(project.pk)
        awaited = to_open or arriving(project.pk).exists()
        found = find()
        if found is not None or not awaited:
            break
        hurry(project.pk, ROUTE if to_open else BRING)
        if time.monotonic() > end:
            raise NotReady
        time.sleep(STEP)
    return found


def opened(item: Item) -> Item:
    """The item once it is open for work. Raises InvalidInput where something keeps it closed, NotReady.

    Whoever names an item of a large import does not wait until its turn comes: it is opened, and checked later.
    """
    end, is_last_look = time.monotonic() + SOON, False
    while item.routed_at is None and not item.control:  # those are never in a queue
        if item.blocked:
            raise InvalidInput(
                _WHY.get(item.blocked, _WHY["no_rights"]), action=_("Ask a lead of the project.")
            )
        if is_last_look:
            raise NotReady
        if time.monotonic() > end:
            route.open_item(item)
            is_last_look = True
        else:
            time.sleep(STEP)
        item.refresh_from_db(fields=["routed_at", "blocked", "overlap", "open_slots", "filled"])
    return item
