"""An annotator appeals against a decision, once: another adjudicator decides anew, without seeing the first one."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Annotation, Appeal, Dispute
from annotation.models.adjudication import Turn
from annotation.models.appeal import appeal_until, decisions_about
from annotation.models.standing import check_has_undertaken
from core import audit, faults
from core.models import User
from core.refusals import AlreadyDone, InvalidInput, NotAllowed
from experts.models import Expert

LONGEST = 4000


def check_may_appeal(dispute: Dispute, expert: Expert, now: datetime) -> None:
    """Raise NotAllowed or AlreadyDone unless this expert, who annotated the item, may appeal now. Two statements."""
    until = appeal_until(dispute)
    if until is None:
        raise NotAllowed(
            _("This project takes no appeals."), action=_("Write to its lead."), code="no_appeals"
        )
    if now > until:
        raise NotAllowed(
            _("The time to appeal is over."), action=_("Write to the project's lead."), code="appeal_over"
        )
    if Appeal.objects.filter(dispute=dispute, expert=expert).exists():
        raise AlreadyDone(
            _("You have appealed against this decision."),
            action=_("Wait for the answer: it is shown in your work."),
            code="appealed",
        )
    if Dispute.objects.filter(of=dispute, turn=Turn.APPEAL, closed_at__isnull=False).exists():
        raise AlreadyDone(
            _("An appeal against this decision has been decided. That decision is final."),
            action=_("Read it in your work."),
            code="appeal_decided",
        )


@transaction.atomic
def appeal(*, dispute: Dispute, expert: Expert, by: User, reason: str) -> Appeal:
    """Ask for the dispute to be decided again. Who appeals second, while the first one waits, adds a reason to it.

    `dispute` is one of `decisions_about` this person. Raises InvalidInput without a reason, NotAllowed, AlreadyDone.
    """
    said = reason.strip()
    if not said or len(said) > LONGEST:
        raise InvalidInput(
            _("An appeal needs a reason of at most %(most)s characters."),
            action=_("Say what the decision overlooked. Who decides anew reads it, without your name."),
            where="reason",
            code="no_reason",
            params={"most": LONGEST},
        )
    check_has_undertaken(dispute.project, expert)
    # Two who appeal at once come one after the other, and who decides the appeal before or after both.
    every = Dispute.objects.filter(item=dispute.item_id, round=dispute.round)
    list(every.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    if not decisions_about(by).filter(pk=dispute.pk).exists():
        raise AlreadyDone(_("The item is being settled anew."), action=_("Load the page again."))
    now = timezone.now()
    check_may_appeal(dispute, expert, now)
    turn = _turn(dispute, now)
    answer = Annotation.objects.filter(
        item=dispute.item_id, round=dispute.round, expert=expert, aside=0, retracted_at=None
    ).get()
    made = Appeal.objects.create(
        dispute=dispute, turn=turn, annotation=answer, expert=expert, reason=said, made_at=now
    )
    audit.record(
        "dispute.appealed",
        by=by,
        on=made,
        project_id=dispute.project_id,
        organisation_id=dispute.project.organisation_id,
        changes={"dispute": dispute.uid, "turn": turn.uid},
    )
    faults.point("appeal.before_commit")
    return made


def _turn(first: Dispute, now: datetime) -> Dispute:
    """The open appeal of the dispute, made where there is none."""
    return Dispute.objects.get_or_create(
        of=first, turn=Turn.APPEAL, defaults={**again(first), "opened_at": now}
    )[0]


def again(first: Dispute) -> dict[str, object]:
    """What a later turn has in common with the first one."""
    return {
        "project_id": first.project_id,
        "item_id": first.item_id,
        "question": first.question,
        "round": first.round,
        "rule": first.rule,
        "uncertainty": first.uncertainty,
        "gain": first.gain,
        "tally": first.tally,
    }
