"""Give an item to a person by name, hand it on to somebody else, take it back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Assignment, Desk, Item
from annotation.models.assignment import Outcome, Purpose
from annotation.models.giving import NO_SLOT, Sorted, sort_out
from annotation.models.reserving import barred, checked_until, lock_desk, lock_had, reserve
from core import audit
from core.models import User
from core.refusals import AlreadyDone, InvalidInput
from experts.models import Expert


@transaction.atomic
def give(*, item: Item, expert: Expert, by: User, until: datetime | None = None) -> Assignment:
    """Reserve a slot of the item for the expert until then; what they have already is kept for longer.

    Raises InvalidInput (`expert` or `until`) naming the rule that keeps them from it, AlreadyDone without a free slot.
    """
    if item.control:
        raise InvalidInput(_("A control item is not given by name."), action=_("Choose another item."))
    until = checked_until(item.project, until)
    desk = lock_desk(item.project, expert)
    return _reserve(desk, by, _may(item, expert), until)


def _may(item: Item, expert: Expert) -> Sorted:
    sorted_out = sort_out(item.project, expert, [item])
    if sorted_out.barred:
        raise barred(expert, sorted_out.barred[0])
    return sorted_out


def _reserve(desk: Desk, by: User, sorted_out: Sorted, until: datetime) -> Assignment:
    if not reserve(desk, by, sorted_out, until):
        raise AlreadyDone(
            _("Every place of this item is taken."), action=_("Wait until one is given back."), code=NO_SLOT
        )
    item = sorted_out.items[0]
    return Assignment.objects.get(item=item, expert=desk.expert_id, round=item.round)


@transaction.atomic
def withdraw(*, assignment: Assignment, by: User) -> None:
    """Take an item back from its expert: its slot is free again, the draft is kept. Raises AlreadyDone."""
    _end(assignment, by, "assignment.withdrawn", {})
    Item.objects.filter(pk=assignment.item_id, round=assignment.round).give_slot()


@transaction.atomic
def reassign(
    *, assignment: Assignment, expert: Expert, by: User, until: datetime | None = None
) -> Assignment:
    """Hand an item on to somebody else, with its slot; the first one's draft is kept. The other's assignment.

    Raises InvalidInput when a rule keeps the other from it, AlreadyDone when the first one's has ended meanwhile.
    """
    item = assignment.item
    until = checked_until(assignment.project, until)
    if assignment.purpose != Purpose.WORK:
        raise InvalidInput(_("This one stays with whoever has it."), action=_("Choose another item."))
    if assignment.expert_id == expert.pk:
        raise InvalidInput(_("They have it already."), action=_("Choose somebody else."), where="expert")
    desk = lock_desk(item.project, expert)
    sorted_out = _may(item, expert)
    lock_had(sorted_out)
    _end(assignment, by, "assignment.reassigned", {"to": expert.uid})
    # Put back and taken again in one transaction, under the item's row lock: nobody comes between.
    Item.objects.filter(pk=item.pk, round=assignment.round).update(open_slots=F("open_slots") + 1)
    return _reserve(desk, by, sorted_out, until)


def _end(assignment: Assignment, by: User, action: str, changes: dict[str, Any]) -> None:
    still = Assignment.objects.open().filter(pk=assignment.pk)
    if not still.update(outcome=Outcome.WITHDRAWN, ended_at=timezone.now()):
        raise AlreadyDone(_("It is not in their hands any more."))
    audit.record(
        action,
        by=by,
        on=assignment,
        project_id=assignment.project_id,
        organisation_id=assignment.project.organisation_id,
        changes={"item": assignment.item.uid, **changes},
    )
