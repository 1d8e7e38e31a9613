"""Wait a moment for what has just come in: items are checked by a job before they are opened."""

import time
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Any, TypeVar

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from annotation.models import Item, Project
from annotation.stages.ingest import BRING
from core.jobs import UNFINISHED
from core.models import Job
from core.refusals import InvalidInput, NotReady

T = TypeVar("T")
WAIT = 30.0
STEP = 0.02
_LONG = BoundedSemaphore(2)
_WHY = {
    "no_rights": _("The item waits for a licence or a statement of rights."),
    "not_deidentified": _("The item waits for a statement that it is de-identified."),
}


def pending(project: Project) -> bool:
    """Whether items of the project are still to be opened by a job."""
    waiting = Item.objects.filter(project=project, routed_at=None, blocked="", control=False)
    return waiting.exists()


def arriving(project: Any) -> "QuerySet[Job]":
    """The jobs that store what came in with a large body."""
    return Job.objects.filter(project_id=project, kind=BRING, state__in=UNFINISHED)


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
        awaited = pending(project) or arriving(project.pk).exists()
        found = find()
        if found is not None or not awaited:
            break
        if time.monotonic() > end:
            raise NotReady
        time.sleep(STEP)
    return found


def opened(item: Item) -> Item:
    """The item once it is open for work. Raises InvalidInput where something keeps it closed, NotReady."""
    end = time.monotonic() + WAIT
    while item.routed_at is None and not item.control:  # those are never in a queue
        if item.blocked:
            raise InvalidInput(
                _WHY.get(item.blocked, _WHY["no_rights"]), action=_("Ask a lead of the project.")
            )
        if time.monotonic() > end:
            raise NotReady
        time.sleep(STEP)
        item.refresh_from_db(fields=["routed_at", "blocked", "overlap", "open_slots", "filled"])
    return item
