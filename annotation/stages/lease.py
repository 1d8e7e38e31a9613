"""Lease items to experts: take the next one, give it back, let it run out. Never two, never none.

The queue is `Item.open_slots`. Taking decrements it, giving back increments it, each by one conditional update in the
transaction that writes the assignment; the database's constraints refuse what the code would get wrong. Rows are
locked with `no_key`: a lock that also held up new rows that point at them would deadlock with a submit.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Assignment, Item, Project
from annotation.models.access import demand
from annotation.models.assignment import Outcome, SkipReason
from annotation.models.eligibility import Candidate, again, allowed, unmet_in
from core import audit, faults
from core.models import User
from core.refusals import AlreadyDone, InvalidInput
from core.roles import Capability
from experts.models import Expert

EXPIRE_AT_ONCE = 200
COUNT_UP_TO = 500


def check_may_label(project: Project, expert: Expert, by: User) -> None:
    """Raise NotAllowed or NotQualified unless this expert may be given items of the project now."""
    demand(by, project, Capability.LABEL)
    for rule in unmet_in([project], expert)[project.pk]:
        raise rule.refusal(rule.why, action=rule.step, code=rule.code)


@transaction.atomic
def take_next(*, project: Project, expert: Expert, by: User) -> Assignment | None:
    """The expert's open lease, else a new one on the best item they may have; None when nothing is left.

    An assignment of theirs that ran out comes first: its draft is waiting. One that they gave back comes last.
    """
    check_may_label(project, expert, by)
    # Two tabs of one person wait for one another here, so that they are handed the same item; rows that point at the
    # person can still be written meanwhile.
    Expert.objects.select_for_update(no_key=True).get(pk=expert.pk)
    held = Assignment.objects.open().filter(expert=expert, project=project).order_by("pk").first()
    if held and again(project, expert).filter(pk=held.item_id).exists():
        return _renew(held)
    if held:
        give_back(assignment=held, by=by)
    return (
        _take_again(project, expert, by, Outcome.EXPIRED)
        or _take_new(project, expert, by)
        or _take_again(project, expert, by, Outcome.RETURNED)
    )


def _until(project: Project) -> Any:
    return timezone.now() + timedelta(minutes=project.lease_minutes)


def _renew(assignment: Assignment) -> Assignment:
    assignment.lease_until = _until(assignment.project)
    Assignment.objects.open().filter(pk=assignment.pk).update(lease_until=assignment.lease_until)
    return assignment


def _take_again(project: Project, expert: Expert, by: User, outcome: Outcome) -> Assignment | None:
    ran_out = Assignment.objects.filter(
        expert=expert,
        project=project,
        outcome=outcome,
        item__in=again(project, expert).filter(open_slots__gt=0).values("pk"),
        round=F("item__round"),
    )
    for assignment in ran_out.select_for_update(of=("self",), no_key=True).order_by("pk")[:5]:
        if Item.objects.filter(pk=assignment.item_id, round=assignment.round).claim_slot():
            assignment.outcome, assignment.ended_at = "", None
            assignment.leased_at, assignment.lease_until = timezone.now(), _until(project)
            assignment.save(update_fields=["outcome", "ended_at", "leased_at", "lease_until"])
            _tell("assignment.leased_again", assignment, by)
            return assignment
    return None


def _open_to(project: Project, expert: Expert) -> QuerySet[Item]:
    """Items of the queue that no rule keeps from this expert."""
    return allowed(Item.objects.filter(project=project, open_slots__gt=0), Candidate.of(project, expert))


def _take_new(project: Project, expert: Expert, by: User) -> Assignment | None:
    queue = _open_to(project, expert).order_by("-lane__priority", "-lane__again", "position")
    # Rows that others are taking at this moment are passed over (PostgreSQL); SQLite lets one transaction in at a time.
    item = queue.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if item is None:
        # "Nothing left" must be true: wait for what the others were taking, it may have slots left.
        item = queue.select_for_update(of=("self",), no_key=True).first()
    if item is None or not Item.objects.filter(pk=item.pk).claim_slot():
        return None
    assignment = Assignment.objects.create(
        project=project,
        item=item,
        expert=expert,
        round=item.round,
        reasons=_reasons(project, item),
        leased_at=timezone.now(),
        lease_until=_until(project),
    )
    _tell("assignment.leased", assignment, by)
    faults.point("lease.before_commit")
    return assignment


def _reasons(project: Project, item: Item) -> list[dict[str, Any]]:
    """Why this item went to this expert, as codes that the page puts into words."""
    first = {
        "code": "qualified" if project.qualified_only else "open_to_members",
        "sector": project.sector.key,
    }
    reasons: list[dict[str, Any]] = [first]
    if project.language_required and item.language:
        reasons.append({"code": "knows_language", "language": item.language})
    return [
        *reasons,
        {"code": "no_interest"},
        {"code": "oldest_open", "overlap": item.overlap},
    ]


def count_left(project: Project, expert: Expert) -> int:
    """How many items this expert could still take, counted up to COUNT_UP_TO."""
    return _open_to(project, expert)[:COUNT_UP_TO].count()


@transaction.atomic
def skip(*, assignment: Assignment, by: User, reason: str, note: str = "") -> None:
    """Give an item up with a reason; it goes to somebody else. Raises InvalidInput, AlreadyDone."""
    if reason not in SkipReason.values:
        raise InvalidInput(
            _("Say why you skip this item."), action=_("Choose one of the reasons."), where="reason"
        )
    if reason == SkipReason.OTHER and not note.strip():
        raise InvalidInput(_("Say in a few words why."), where="note")
    _end(assignment, Outcome.SKIPPED, skip_reason=reason, skip_note=note.strip()[:2000])
    _tell("assignment.skipped", assignment, by, {"reason": reason})


@transaction.atomic
def give_back(*, assignment: Assignment, by: User) -> None:
    """Return an item unanswered; its draft is kept and it may come back."""
    _end(assignment, Outcome.RETURNED)
    _tell("assignment.returned", assignment, by)


def _end(assignment: Assignment, outcome: Outcome, **values: Any) -> None:
    open_ = Assignment.objects.open().filter(pk=assignment.pk)
    if not open_.update(outcome=outcome, ended_at=timezone.now(), **values):
        raise AlreadyDone(_("This item is not in your hands any more."), action=_("Open the next item."))
    Item.objects.filter(pk=assignment.item_id, round=assignment.round).give_slot()


def return_expired() -> int:
    """The sweep's part: end the leases that ran out, each in a transaction of its own. Returns how many."""
    now = timezone.now()
    ended = 0
    late = Assignment.objects.open().filter(lease_until__lt=now).order_by("lease_until")
    for assignment in late.select_related("project", "item")[:EXPIRE_AT_ONCE]:
        with transaction.atomic():
            still = Assignment.objects.open().filter(pk=assignment.pk, lease_until__lt=now)
            if still.update(outcome=Outcome.EXPIRED, ended_at=now):
                Item.objects.filter(pk=assignment.item_id, round=assignment.round).give_slot()
                _tell("assignment.expired", assignment, None)
                ended += 1
    return ended


def _tell(
    action: str, assignment: Assignment, by: User | None, changes: dict[str, Any] | None = None
) -> None:
    project = assignment.project
    audit.record(
        action,
        by=by,
        on=assignment,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"item": assignment.item.uid, **(changes or {})},
    )
