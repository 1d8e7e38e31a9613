"""What came in with a large body and is still to be stored, by a job for each body. Read-only."""

from typing import Any, Final

from django.db.models import BigIntegerField, F, QuerySet, Sum
from django.db.models.functions import Cast

from annotation.models.item import Item
from core.jobs import UNFINISHED
from core.models import Job

BRING: Final = "bring"
"""The kind of those jobs."""
BEHIND: Final = "behind"
"""In a job's arguments: every item that it is still to store gets a number above this one."""


def arriving(project: Any) -> "QuerySet[Job]":
    """The jobs that store a project's bodies."""
    return Job.objects.filter(project_id=project, kind=BRING, state__in=UNFINISHED)


def still_to_come(project: Any) -> "QuerySet[Job]":
    """How many items those jobs are still to store, one row or none; part of another question."""
    left: Any = Cast(Sum(F("total") - F("done")), BigIntegerField())  # PostgreSQL's sum of them is a decimal
    return arriving(project).order_by().values("project_id").annotate(n=left).values("n")  # type: ignore[return-value]


def newest_item() -> int:
    """The highest number of all items that can be seen now: what is stored from now on gets a higher one."""
    return Item.everything.order_by("-pk").values_list("pk", flat=True).first() or 0


def complete_until(project: int) -> int | None:
    """The number up to which a project's items are all there, however its jobs go on; None where none is to come."""
    behind: list[int | None] = list(arriving(project).values_list(f"args__{BEHIND}", flat=True))
    return min(one or 0 for one in behind) if behind else None
