"""End an open lease and give its slot back; inside a stage's transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from annotation.models.assignment import Assignment, Outcome
from annotation.models.item import Item
from core import audit
from core.models import User


def end_lease(
    assignment: Assignment,
    outcome: Outcome,
    *,
    action: str,
    by: User | None,
    changes: Mapping[str, Any] | None = None,
    late_at: datetime | None = None,
    requeue: bool = True,
    **values: Any,
) -> bool:
    """End it by one conditional update; False when it has ended meanwhile (or, with `late_at`, was renewed since).

    The item gets its slot back, unless it is in a new round: queued anew where everybody finds it, or without `requeue`
    as it stands, for whoever takes it in the same transaction. `values` are more columns of the assignment.
    """
    open_ = Assignment.objects.open().filter(pk=assignment.pk)
    if late_at is not None:
        open_ = open_.filter(lease_until__lt=late_at)
    if not open_.update(outcome=outcome, ended_at=timezone.now(), **values):
        return False
    item = Item.objects.filter(pk=assignment.item_id, round=assignment.round)
    if requeue:
        item.give_slot()
    else:
        item.filter(control=False).update(open_slots=F("open_slots") + 1)
    project = assignment.project
    audit.record(
        action,
        by=by,
        on=assignment,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"item": assignment.item.uid, **(changes or {})},
    )
    return True
