"""What follows from an interest: leases it bars are given back, and how much it withholds is counted."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from annotation.models import Assignment, ConflictCount, Desk, Item, ItemParty, LaneCursor, Project
from annotation.models.assignment import Outcome
from annotation.models.ending import end_lease
from core import audit, jobs
from core.models import Membership, User
from core.roles import Capability
from experts import conflicts
from experts.models import Conflict, ConflictKey, Expert

EXPERTS_AT_ONCE = 100


@transaction.atomic
def declare(*, expert: Expert, by: User, kind: str, name: str, identifier: str = "") -> Conflict:
    """Write an interest down, take back what the expert holds about it, count anew. As `conflicts.declare` raises."""
    # Whoever is taking an item for this person at this moment goes first: then it is seen below.
    Expert.objects.select_for_update(no_key=True).get(pk=expert.pk)  # as who makes a desk
    list(Desk.objects.select_for_update(no_key=True).filter(expert=expert).order_by("pk").values("pk"))
    conflict = conflicts.declare(expert=expert, by=by, kind=kind, name=name, identifier=identifier)
    held = Assignment.objects.open().filter(expert=expert).select_related("project", "item")
    about = ItemParty.objects.filter(item=OuterRef("item"), key__in=conflict.keys.values("key"))
    for assignment in held.filter(Exists(about)):
        # Without a word about why: the item is nobody's business but the next one's.
        end_lease(assignment, Outcome.RETURNED, action="assignment.returned", by=by)
    _count_everywhere(expert)
    return conflict


@transaction.atomic
def withdraw(*, conflict: Conflict, by: User) -> None:
    """End an interest and count anew. Raises AlreadyDone."""
    conflicts.withdraw(conflict=conflict, by=by)
    LaneCursor.objects.filter(expert=conflict.expert).delete()  # what was passed by may be theirs again
    _count_everywhere(conflict.expert)


@transaction.atomic
def look_again() -> None:
    """Let everybody look again at what they passed by where colleagues are barred: colleagues come and go."""
    LaneCursor.objects.filter(lane__project__bar_colleagues=True).delete()


def _count_everywhere(expert: Expert) -> None:
    judged = Project.objects.filter(
        Q(pk__in=Project.objects.where(expert.user, Capability.LABEL).values("pk"))
        | Q(pk__in=ConflictCount.objects.filter(expert=expert).values("project"))
    )
    for project in judged:
        jobs.enqueue_once(
            "count_conflicts",
            args={"project": project.pk},
            key=f"count_conflicts:{project.pk}",
            project_id=project.pk,
            organisation_id=project.organisation_id,
            keep=False,
        )


def count_conflicts(running: jobs.Running) -> dict[str, Any]:
    """The job: count what each expert's interests withhold, and log each number that changed."""
    project = Project.objects.get(pk=running.job.args["project"])
    last, counted = 0, 0
    while True:
        with transaction.atomic():
            running.step()
            concerned = Expert.objects.filter(
                Q(pk__in=_interested(project))
                | Q(pk__in=ConflictCount.objects.filter(project=project, items__gt=0).values("expert")),
                pk__gt=last,
            )
            experts = list(concerned.order_by("pk")[:EXPERTS_AT_ONCE])
            if not experts:
                return {"counted": counted}
            last, counted = experts[-1].pk, counted + len(experts)
            for expert in experts:
                _count(project, expert)


def _interested(project: Project) -> Any:
    """Who has an interest in a party of the project and a role in it; others' interests are no business of its log."""
    keys = ItemParty.objects.filter(project=project, key=OuterRef("key"))
    people = Membership.objects.current().filter(
        Q(project_id=project.pk) | Q(project_id=None, organisation=project.organisation_id)
    )
    found = ConflictKey.objects.filter(
        Exists(keys), conflict__ended_at=None, conflict__expert__user__in=people.values("user")
    )
    return found.values("conflict__expert")


def _count(project: Project, expert: Expert) -> None:
    keys = ConflictKey.objects.filter(conflict__expert=expert, conflict__ended_at=None)
    about = ItemParty.objects.filter(item=OuterRef("pk"), key__in=keys.values("key"))
    items = Item.objects.filter(Exists(about), project=project, control=False).count()
    before, _made = ConflictCount.objects.get_or_create(
        project=project, expert=expert, defaults={"items": 0, "counted_at": timezone.now()}
    )
    if before.items == items:
        return
    ConflictCount.objects.filter(pk=before.pk).update(items=items, counted_at=timezone.now())
    audit.record(
        "conflict.counted",
        by=None,
        on=before,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"expert": expert.uid, "items": items},
    )
