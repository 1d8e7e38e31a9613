"""Give an item to a person by name, hand it on to somebody else, take it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from annotation.models import Assignment, Desk, Item
from annotation.models.assignment import Outcome, Purpose
from annotation.models.ending import end_lease
from annotation.models.giving import NO_SLOT, Sorted, sort_out
from annotation.models.reserving import barred, checked_until, lock_had, reserve
from core.models import User
from core.refusals import AlreadyDone, InvalidInput
from experts.models import Expert

NOT_HELD = _("It is not in their hands any more.")


@transaction.atomic
def give(*, item: Item, expert: Expert, by: User, until: datetime | None = None) -> Assignment:
    """Reserve a slot of the item for the expert until then; what they have already is kept for longer.

    Raises InvalidInput (`expert` or `until`) naming the rule that keeps them from it, AlreadyDone without a free slot.
    """
    if item.control:
        raise InvalidInput(_("A control item is not given by name."), action=_("Choose another item."))
    until = checked_until(item.project, until)
    desk = Desk.objects.locked(item.project_id, expert.pk)
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
    return Assignment.objects.get(item=item, expert=desk.expert_id, round=item.round, aside=0)


@transaction.atomic
def withdraw(*, assignment: Assignment, by: User) -> None:
    """Take an item back from its expert: its slot is free again, the draft is kept. Raises AlreadyDone."""
    if not end_lease(assignment, Outcome.WITHDRAWN, action="assignment.withdrawn", by=by):
        raise AlreadyDone(NOT_HELD)


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
    desk = Desk.objects.locked(item.project_id, expert.pk)
    sorted_out = _may(item, expert)
    lock_had(sorted_out)
    # Put back and taken again in one transaction, under the item's row lock: nobody comes between.
    to = {"to": expert.uid}
    action = "assignment.reassigned"
    if not end_lease(assignment, Outcome.WITHDRAWN, action=action, by=by, changes=to, requeue=False):
        raise AlreadyDone(NOT_HELD)
    return _reserve(desk, by, sorted_out, until)
