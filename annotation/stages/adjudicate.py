"""A named expert, who did not annotate the item, settles a dispute with a reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.formats.answers import AnswerInvalid, check
from annotation.models import Adjudication, Assignment, Desk, Dispute, Guideline, LabelSchema
from annotation.models.access import demand, may
from annotation.models.eligibility import eligible, has_interest
from annotation.models.requirement import enter_room
from annotation.refuse import refusal
from core import audit, faults, jobs
from core.models import User
from core.refusals import AlreadyDone, Conflicted, InvalidInput, InvalidLabel
from core.roles import Capability
from experts.evidence import expert_of
from experts.models import Expert

BEFORE_SIGHT = frozenset({"undertaking", "behind_wall"})
"""The codes of the rules that stand before being shown anything, decided or not."""


def show(dispute: Dispute, by: User) -> None:
    """Check that the person may be shown the dispute now, and keep that an adjudicator has been in its room.

    Who sees the work without deciding sees both sides of a barrier. Raises as `check_may_decide` for an open dispute;
    for a closed one only where the undertaking is missing or a barrier stands between.
    """
    if not may(by, dispute.project, Capability.ADJUDICATE):
        check_may_see(dispute, by)
        return
    expert = expert_of(by)
    with _entering(dispute, expert):
        _check_may_be_shown(dispute, expert, by)


@contextmanager
def _entering(dispute: Dispute, expert: Expert) -> Iterator[None]:
    """What is done inside is done alone in this person's place in the project, and afterwards they were in the room.

    Labelling locks the same row: of two tabs, one that shows each side of a barrier, the second sees the first.
    """
    room = dispute.item.lane.room
    if not room:  # nothing to keep: reading stays reading
        yield
        return
    with transaction.atomic():
        Desk.objects.locked(dispute.project_id, expert.pk)
        yield
        enter_room(dispute.project_id, expert.pk, room)


def _check_may_be_shown(dispute: Dispute, expert: Expert, by: User) -> None:
    if dispute.closed_at is None:
        check_may_decide(dispute, expert, by)
        return
    for rule in eligible(dispute.item, expert, part=Capability.ADJUDICATE).unmet:
        if rule.code in BEFORE_SIGHT:
            raise rule.refusal(rule.why, action=rule.step, code=rule.code)


def check_may_see(dispute: Dispute, by: User) -> None:
    """Raise Conflicted for an open dispute about an item that the person has a part or an interest in."""
    if dispute.closed_at is not None:
        return
    if Assignment.objects.barring(by).filter(item=dispute.item_id).exists():
        raise Conflicted
    expert = Expert.objects.filter(user=by).first()
    if expert and may(by, dispute.project, Capability.ADJUDICATE) and has_interest(dispute.item, expert):
        raise Conflicted


def check_may_decide(dispute: Dispute, expert: Expert, by: User) -> None:
    """Raise NotAllowed, Conflicted or NotQualified (as its rule says) unless this expert may decide this dispute."""
    project = dispute.project
    demand(by, project, Capability.ADJUDICATE)
    check_may_see(dispute, by)
    for rule in eligible(dispute.item, expert, part=Capability.ADJUDICATE).unmet:
        raise rule.refusal(rule.why, action=rule.step, code=rule.code)


@transaction.atomic
def decide(
    *,
    dispute: Dispute,
    expert: Expert,
    by: User,
    schema: LabelSchema,
    guideline: Guideline,
    result: Any,
    rationale: str,
    clause: str = "",
) -> Adjudication:
    """Store the decision and close the dispute. `result` answers the disputed question only; empty says: no answer.

    Raises InvalidInput without a rationale, InvalidLabel, Conflicted, AlreadyDone.
    """
    with _entering(dispute, expert):
        check_may_decide(dispute, expert, by)
    if not rationale.strip():
        raise InvalidInput(
            _("A decision needs a rationale."),
            action=_("Write in a sentence why."),
            where="rationale",
            code="no_rationale",
        )
    value = _value(dispute, schema, result)
    now = timezone.now()
    if not Dispute.objects.filter(pk=dispute.pk, closed_at=None).update(closed_at=now):
        raise AlreadyDone(_("Somebody has decided this dispute."), action=_("Take the next one."))
    try:
        adjudication = Adjudication.objects.create(
            dispute=dispute,
            adjudicator=expert,
            label_schema=schema,
            guideline=guideline,
            result=result,
            value=value,
            rationale=rationale.strip(),
            clause=clause.strip()[:60],
            decided_at=now,
        )
    except IntegrityError as error:  # pragma: no cover (the conditional update already lets only one in)
        raise AlreadyDone from error
    project = dispute.project
    audit.record(
        "dispute.decided",
        by=by,
        on=adjudication,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"dispute": dispute.uid, "clause": adjudication.clause},
    )
    jobs.enqueue_once(
        "advance",
        args={"item": dispute.item_id},
        key=f"advance:{dispute.item_id}",
        project_id=project.pk,
        organisation_id=project.organisation_id,
        keep=False,
    )
    faults.point("adjudicate.before_commit")
    return adjudication


def _value(dispute: Dispute, schema: LabelSchema, result: Any) -> Any:
    try:
        values = check(schema.schema, dispute.item.data, result, complete=False)
    except AnswerInvalid as error:
        raise refusal(error, InvalidLabel) from error
    other = set(values) - {dispute.question}
    if other:
        raise InvalidLabel(
            _("The dispute is about “%(question)s” only."),
            action=_("Leave the other questions out."),
            code="other_question",
            params={"question": dispute.question},
        )
    question = schema.schema.by_key.get(dispute.question)
    if question is not None and question.required and dispute.question not in values:
        raise InvalidLabel(
            _("This question needs an answer."), action=_("Choose one."), code="required_missing"
        )
    return values.get(dispute.question)
