"""Take items, or a whole project, away: nobody finds them any more; releases keep what they froze."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotation.models import Annotation, Assignment, Dispute, GoldLabel, Item, Project
from annotation.models.assignment import Outcome
from annotation.models.noting import note
from core import audit, faults
from core.models import User

CHUNK = 500


def remove_items(
    *, project: Project, by: User, items: Sequence[int], told: Callable[[Sequence[int]], object]
) -> int:
    """Take these items (ids) out of the project, a chunk a transaction. Returns how many were there.

    `told` is called in each transaction with the ids that went.
    """
    gone = 0
    for start in range(0, len(items), CHUNK):
        gone += _remove(project, by, items[start : start + CHUNK], told)
    return gone


@transaction.atomic
def _remove(project: Project, by: User, pks: Sequence[int], told: Callable[[Sequence[int]], object]) -> int:
    now = timezone.now()
    # Whoever hands one in holds their assignment, then the item: the same order here.
    held = Assignment.objects.open().filter(item__in=pks, project=project).order_by("pk")
    list(held.select_for_update(no_key=True).values_list("pk", flat=True))
    mine = Item.objects.select_for_update(no_key=True, of=("self",)).filter(project=project, pk__in=pks)
    found = list(mine.order_by("pk").values_list("pk", "uid"))
    ids = [pk for pk, _uid in found]
    Assignment.objects.open().filter(item__in=ids).update(outcome=Outcome.WITHDRAWN, ended_at=now)
    Annotation.objects.filter(item__in=ids, retracted_at=None).update(retracted_at=now)
    disputes = Dispute.objects.filter(item__in=ids, closed_at=None)
    disputes.filter(adjudication=None, reasons=None).delete()
    disputes.update(closed_at=now)  # what somebody appealed to stays
    GoldLabel.objects.current().filter(item__in=ids).update(superseded_at=now)
    # The same content may come in again: the constraint looks at content and copy.
    Item.objects.filter(pk__in=ids).update(deleted_at=now, open_slots=0, copy=-F("id"))
    note(project.pk, ids)
    for _pk, uid in found:
        audit.record(
            "item.removed",
            by=by,
            on=project,
            project_id=project.pk,
            organisation_id=project.organisation_id,
            changes={"item": uid},
        )
    if ids:
        told(ids)
    faults.point("remove.before_commit")
    return len(found)


@transaction.atomic
def remove_project(*, project: Project, by: User) -> None:
    """Take a project away. What waits in it is nobody's work any more; its rows stay."""
    now = timezone.now()
    Assignment.objects.open().filter(project=project).update(outcome=Outcome.WITHDRAWN, ended_at=now)
    if Project.objects.filter(pk=project.pk, deleted_at=None).update(deleted_at=now, paused_at=now):
        audit.record(
            "project.removed",
            by=by,
            on=project,
            project_id=project.pk,
            organisation_id=project.organisation_id,
        )
