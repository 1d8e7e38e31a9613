"""Keep an item for longer: while its editor is open, when its expert asks for it, and again after the time ran out."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Assignment, Draft, Item
from annotation.models.assignment import Outcome, Purpose
from annotation.models.eligibility import may_have
from core import audit
from core.models import User
from core.refusals import AlreadyDone, InvalidInput, LeaseExpired, NotAllowed

LENGTHS = 4
"""How many lease lengths heartbeats alone can keep an item, and how many an expert may ask for on top."""


@transaction.atomic
def heartbeat(*, assignment: Assignment) -> datetime:
    """Renew the lease of an item whose editor is open; until when it holds now.

    At most LENGTHS leases after the last saved change: a page that is left open does not keep an item for ever. A lease
    that was given for longer is not shortened. Raises LeaseExpired, AlreadyDone.
    """
    held = _locked(assignment)
    if held.purpose == Purpose.EXAM:
        return held.lease_until
    saved = Draft.objects.filter(assignment=held).values_list("saved_at", flat=True).first()
    changed = max(saved or held.leased_at, held.leased_at)
    now, length = timezone.now(), timedelta(minutes=held.project.lease_minutes)
    until = min(now + length, changed + LENGTHS * length) + timedelta(minutes=held.extended)
    if until > held.lease_until:
        Assignment.objects.filter(pk=held.pk).update(lease_until=until)
    if max(until, held.lease_until) <= now:
        raise LeaseExpired
    return max(until, held.lease_until)


@transaction.atomic
def extend(*, assignment: Assignment, by: User, minutes: int) -> Assignment:
    """Let the expert keep the item for so many minutes beyond the project's, in all; the assignment as it is now.

    Asked again with the same number nothing changes. Raises InvalidInput above the limit, NotAllowed in an exam,
    LeaseExpired, AlreadyDone.
    """
    held = _locked(assignment)
    if held.purpose == Purpose.EXAM:
        raise NotAllowed(
            _("The time of an exam is the same for everybody."), action=_("Go on with the exam.")
        )
    _check(minutes, most_extra(held))
    if minutes > held.extended:
        more = timedelta(minutes=minutes - held.extended)
        held.extended, held.lease_until = minutes, max(held.lease_until, timezone.now()) + more
        held.save(update_fields=["extended", "lease_until"])
        _tell("assignment.extended", held, by, {"minutes": minutes})
    return held


def most_extra(assignment: Assignment) -> int:
    """How many minutes beyond the project's an expert may have, in all."""
    return LENGTHS * assignment.project.lease_minutes


def _check(minutes: int, most: int) -> None:
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 1 <= minutes <= most:
        raise InvalidInput(
            _("An item can be kept for at most %(most)s minutes beyond the project's time."),
            action=_("Ask for less, or give the item back. Its draft is kept."),
            where="minutes",
            code="too_long",
            params={"most": most},
        )


@transaction.atomic
def take_up(*, assignment: Assignment, by: User) -> Assignment:
    """Take an item again whose time ran out or that was given back, with its draft. Harmless where it is held already.

    Raises LeaseExpired when its place is taken or a rule bars the expert by now, AlreadyDone.
    """
    mine = _lock(assignment)
    if mine.outcome == "":
        return mine
    if mine.outcome not in {Outcome.EXPIRED, Outcome.RETURNED}:
        raise _over(mine)
    may = may_have(mine.project, mine.expert, mine.item_id)
    if not may or not Item.objects.filter(pk=mine.item_id, round=mine.round).claim_slot():
        raise LeaseExpired
    mine.outcome, mine.ended_at, mine.leased_at = "", None, timezone.now()
    mine.lease_until = mine.leased_at + timedelta(minutes=mine.project.lease_minutes)
    mine.save(update_fields=["outcome", "ended_at", "leased_at", "lease_until"])
    _tell("assignment.leased_again", mine, by, {})
    return mine


def _lock(assignment: Assignment) -> Assignment:
    """The row as it is now; nobody else ends or renews it until the transaction is over."""
    rows = Assignment.objects.select_related("project", "expert", "item")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=assignment.pk)


def _locked(assignment: Assignment) -> Assignment:
    held = _lock(assignment)
    if held.outcome:
        raise _over(held)
    return held


def _over(assignment: Assignment) -> AlreadyDone | LeaseExpired:
    if assignment.outcome in {Outcome.SUBMITTED, Outcome.SKIPPED}:
        return AlreadyDone(_("You have submitted or skipped this item."), action=_("Open the next item."))
    return LeaseExpired()


def _tell(action: str, assignment: Assignment, by: User, changes: dict[str, Any]) -> None:
    audit.record(
        action,
        by=by,
        on=assignment,
        project_id=assignment.project_id,
        organisation_id=assignment.project.organisation_id,
        changes={"item": assignment.item.uid, **changes},
    )
