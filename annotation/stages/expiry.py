"""Take back what an expert holds when the qualification for it is over: expired, revoked, or its credential ended."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from annotation.models import Assignment, Item
from annotation.models.assignment import Outcome
from core import audit, jobs
from experts.models import Qualification

AT_ONCE = 100


def _orphaned() -> QuerySet[Assignment]:
    """Open leases in projects for qualified experts, held by who is no longer one."""
    held = (
        Qualification.objects.in_force(timezone.localdate())
        .for_sectors()
        .filter(
            expert=OuterRef("expert"),
            organisation=OuterRef("project__organisation"),
            sector=OuterRef("project__sector"),
        )
    )
    return Assignment.objects.open().filter(~Exists(held), project__qualified_only=True)


def return_leases(running: jobs.Running) -> int:
    """Return such leases to the queue, each in a transaction of its own; drafts are kept. Returns how many."""
    returned = 0
    while True:
        found = list(_orphaned().select_related("project").order_by("pk")[:AT_ONCE])
        for assignment in found:
            with transaction.atomic():
                running.step()
                returned += _give_back(assignment)
        if not found:
            return returned


def _give_back(assignment: Assignment) -> bool:
    still = Assignment.objects.open().filter(pk=assignment.pk)
    if not still.update(outcome=Outcome.RETURNED, ended_at=timezone.now()):
        return False
    Item.objects.filter(pk=assignment.item_id, round=assignment.round).give_slot()
    project = assignment.project
    audit.record(
        "assignment.unqualified",
        by=None,
        on=assignment,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"item": assignment.item_id},
    )
    return True
