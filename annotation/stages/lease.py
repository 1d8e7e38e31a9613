"""Lease items to experts: take the next one, one ahead, give it back, let it run out. Never two, never none.

The queue is `Item.open_slots` and the lanes (`models.lane`). Taking decrements the slots, giving back increments them
and queues the item anew, each by one conditional update in the transaction that writes the assignment; the database's
constraints refuse what the code would get wrong.
"""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Assignment, ControlItem, Desk, Item, Project
from annotation.models.access import demand
from annotation.models.assignment import Outcome, Purpose, SkipReason
from annotation.models.control import due, still_to_mix
from annotation.models.eligibility import Candidate, again, may_have, unmet
from annotation.models.ending import end_lease
from annotation.models.queue.ahead import count_ahead
from annotation.models.queue.claim import claim, wait_or_pass
from annotation.models.queue.desk import Standing, hands_full, held, held_of, sit_down, to_take_again
from annotation.models.queue.planning import Ranked, monday, plan, remembered
from annotation.models.queue.taking import Taking
from annotation.models.requirement import enter_room
from core import audit, faults
from core.models import User
from core.questions import NUMBER, Question
from core.refusals import AlreadyDone, InvalidInput, LeaseExpired
from core.roles import Capability
from experts.models import Expert

EXPIRE_AT_ONCE = 200
COUNT_UP_TO = 500
AGAIN = 5  # how many assignments are looked at to find one that can be gone on with
MOST_ROUNDS = 64
AHEAD = 2  # what an expert may hold of the queue: the item on the desk, and the next one
_holding = Question[Assignment](
    lambda project, expert: held_of(project, expert)[: AGAIN + 1], project=NUMBER, expert=NUMBER
)


def check_may_label(project: Project, expert: Expert, by: User) -> None:
    """Raise NotAllowed or NotQualified unless this expert may be given items of the project now."""
    demand(by, project, Capability.LABEL)
    for rule in unmet(project, expert):
        raise rule.refusal(rule.why, action=rule.step, code=rule.code)


@transaction.atomic
def take_next(*, project: Project, expert: Expert, by: User) -> Assignment | None:
    """The expert's open lease, else a new one on the best item they may have; None when nothing is left.

    An assignment of theirs that ran out comes first: its draft is waiting. One that they gave back comes last. On
    PostgreSQL three statements at most find and lease an item (`models.queue`); refusals are looked for when none is
    found. Raises NotAllowed, NotQualified.
    """
    standing = sit_down(project, expert)
    found = None
    if standing.held:
        check_may_label(project, expert, by)
        found = _go_on(project, expert, by)
    if found is None and _may_be_other(standing, project, expert):
        if standing.ran_out:
            found = _take_again(project, expert, by, Outcome.EXPIRED)
        found = found or _take_control(project, expert, by, standing.desk)
    found = found or _take_new(project, expert, by, standing.desk)
    if found is None:
        check_may_label(project, expert, by)
        found = _go_on(project, expert, by)  # another tab may have been faster
    if found is None and standing.returned:
        found = _take_again(project, expert, by, Outcome.RETURNED)
    return found


@transaction.atomic
def take_ahead(*, assignment: Assignment, by: User) -> Assignment | None:
    """What the expert will have after `assignment`, which they hold: so that it is there when they submit.

    Something else that they hold, else one item more, leased like any other: at most one ahead. None when nothing is
    left, and for a question of an exam, whose sitting has its own order. Raises NotAllowed, NotQualified, LeaseExpired.
    """
    if assignment.attempt_id:
        return None
    project, expert = assignment.project, assignment.expert
    standing = sit_down(project, expert)
    if not held(Candidate.of(project, expert)).filter(pk=assignment.pk).exists():
        raise LeaseExpired
    check_may_label(project, expert, by)
    found = _go_on(project, expert, by, beside=assignment)
    if found is None and _may_be_other(standing, project, expert, AHEAD):
        if standing.ran_out:
            found = _take_again(project, expert, by, Outcome.EXPIRED)
        found = found or _take_control(project, expert, by, standing.desk)
    found = found or _take_new(project, expert, by, standing.desk, AHEAD)
    if found is None and standing.returned:
        found = _take_again(project, expert, by, Outcome.RETURNED)
    return found


def _may_be_other(standing: Standing, project: Project, expert: Expert, most: int = 1) -> bool:
    """Whether something else than new work may be due, and hands are free: what the desk said may be too old."""
    asked = standing.ran_out or (
        project.control_rate and due(project.uid, expert.uid, standing.desk.taken, project.control_rate)
    )
    return bool(asked) and not hands_full(Candidate.of(project, expert), most).exists()


def _until(project: Project) -> Any:
    return timezone.now() + timedelta(minutes=project.lease_minutes)


def _go_on(project: Project, expert: Expert, by: User, beside: Assignment | None = None) -> Assignment | None:
    """What the expert holds (`beside` something), its lease renewed; given back where a rule bars it by now."""
    holding = _holding.objects(project=project.pk, expert=expert.pk)
    for assignment in holding:
        if beside and assignment.pk == beside.pk:
            continue
        assignment.project, assignment.expert = project, expert
        if may_have(project, expert, assignment.item_id):
            until = max(_until(project), assignment.lease_until)  # a lead may have given it for longer
            Assignment.objects.open().filter(pk=assignment.pk).update(lease_until=until)
            assignment.lease_until = until
            return assignment
        give_back(assignment=assignment, by=by)
    return None


def _take_again(project: Project, expert: Expert, by: User, outcome: Outcome) -> Assignment | None:
    ended = to_take_again(Candidate.of(project, expert), outcome).filter(
        item__in=again(project, expert).values("pk")
    )
    for assignment in ended.select_for_update(of=("self",), no_key=True).order_by("pk")[:AGAIN]:
        if Item.objects.filter(pk=assignment.item_id, round=assignment.round).claim_slot():
            assignment.outcome, assignment.ended_at = "", None
            assignment.leased_at, assignment.lease_until = timezone.now(), _until(project)
            assignment.save(update_fields=["outcome", "ended_at", "leased_at", "lease_until"])
            _tell("assignment.leased_again", assignment, by)
            return assignment
    return None


def _take_control(project: Project, expert: Expert, by: User, desk: Desk) -> Assignment | None:
    """A control item in place of work, where it is its turn and there is one. Nothing tells the two apart."""
    if not (project.control_rate and due(project.uid, expert.uid, desk.taken, project.control_rate)):
        return None
    # It comes among work only, and with the score of the work whose place it takes. A plan may be older than the work.
    ranked_work = count_ahead(project, expert, 1) and (remembered(desk) or plan(project, expert, desk))
    control = ControlItem.objects.next_for(project, expert) if ranked_work else None
    if not ranked_work or control is None:
        return None
    item = Item.objects.select_related("lane").get(pk=control.item_id)
    ranked = next((one for one in ranked_work if one.language == item.lane.language), ranked_work[0])
    taking = _taking(project, expert, by, desk)
    given = taking.like
    given.item, given.round, given.purpose = item, item.round, Purpose.CONTROL
    given.reasons, given.score, given.parts = taking.reasons(ranked), ranked.score, ranked.parts
    given.save(force_insert=True)
    Desk.objects.filter(pk=desk.pk).update(
        taken=F("taken") + 1,
        week=taking.week,
        week_taken=taking.week_taken,
        plan=desk.plan,
        planned_at=desk.planned_at,
    )
    enter_room(project.pk, expert.pk, item.lane.room)
    _tell("assignment.leased", given, by)
    return given


def _taking(
    project: Project, expert: Expert, by: User, desk: Desk, *, replanned: bool = False, most: int = 1
) -> Taking:
    like = Assignment(project=project, expert=expert, leased_at=timezone.now(), lease_until=_until(project))
    week, reasons = monday(timezone.localdate()), partial(_reasons, project)
    return Taking(like, desk, by, week, replanned=replanned, reasons=reasons, most=most)


def _take_new(project: Project, expert: Expert, by: User, desk: Desk, most: int = 1) -> Assignment | None:
    ranked = remembered(desk)
    replanned = not ranked
    ranked = ranked or plan(project, expert, desk)
    for _round in range(MOST_ROUNDS):  # each passes lanes by that have nothing for this expert
        taking = _taking(project, expert, by, desk, replanned=replanned, most=most)
        found = claim(taking, ranked)
        if found is None:
            if hands_full(Candidate.of(project, expert), most).exists():  # another tab was faster
                return None
            found = wait_or_pass(taking, ranked)
        if found is not None:
            faults.point("lease.before_commit")
            return found
        ranked, replanned = plan(project, expert, desk), True
        if not ranked:
            break
    return None


def _reasons(project: Project, ranked: Ranked) -> list[dict[str, Any]]:
    """Why an item of this lane went to this expert, as codes that the page puts into words."""
    first = {
        "code": "qualified" if project.qualified_only else "open_to_members",
        "sector": project.sector.key,
    }
    reasons: list[dict[str, Any]] = [first]
    if project.language_required and ranked.language:
        reasons.append({"code": "knows_language", "language": ranked.language})
    interest = "no_interest" if project.bar_authors else "nothing_declared"
    return [*reasons, {"code": interest}, {"code": "oldest_open"}]


def count_left(project: Project, expert: Expert, after: Assignment | None = None) -> int:
    """How many items this expert could still take, counted up to COUNT_UP_TO; control items among them.

    `after`: what they hold since that one is counted in, for it is still to be done then.
    """
    ahead = count_ahead(project, expert, COUNT_UP_TO)
    since = held(Candidate.of(project, expert)).filter(pk__gt=after.pk).count() if after else 0
    return min(ahead + still_to_mix(project, expert, ahead) + since, COUNT_UP_TO)


@transaction.atomic
def skip(*, assignment: Assignment, by: User, reason: str, note: str = "") -> None:
    """Give an item up with a reason; it goes to somebody else. Raises InvalidInput, AlreadyDone."""
    if reason not in SkipReason.values:
        raise InvalidInput(
            _("Say why you skip this item."), action=_("Choose one of the reasons."), where="reason"
        )
    if reason == SkipReason.OTHER and not note.strip():
        raise InvalidInput(_("Say in a few words why."), where="note")
    note = note.strip()[:2000]
    _end(assignment, by, Outcome.SKIPPED, {"reason": reason}, skip_reason=reason, skip_note=note)


@transaction.atomic
def give_back(*, assignment: Assignment, by: User) -> None:
    """Return an item unanswered; its draft is kept and it may come back."""
    _end(assignment, by, Outcome.RETURNED)


def _end(
    assignment: Assignment, by: User, outcome: Outcome, changes: dict[str, Any] | None = None, **values: Any
) -> None:
    action = f"assignment.{outcome}"
    if not end_lease(assignment, outcome, action=action, by=by, changes=changes, **values):
        raise AlreadyDone(_("This item is not in your hands any more."), action=_("Open the next item."))


def return_expired() -> int:
    """The sweep's part: end the leases that ran out, each in a transaction of its own. Returns how many."""
    now = timezone.now()
    ended = 0
    late = Assignment.objects.open().filter(lease_until__lt=now).order_by("lease_until")
    for assignment in late.select_related("project", "item")[:EXPIRE_AT_ONCE]:
        with transaction.atomic():
            ended += end_lease(assignment, Outcome.EXPIRED, action="assignment.expired", by=None, late_at=now)
    return ended


def _tell(action: str, assignment: Assignment, by: User) -> None:
    project = assignment.project
    audit.record(
        action,
        by=by,
        on=assignment,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"item": assignment.item.uid},
    )
