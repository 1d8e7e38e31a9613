"""The guideline is unclear: said with a decision, or instead of one; then the dispute waits for the lead."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Adjudication, Dispute, Guideline, GuidelineDoubt
from annotation.models.doubt import LONGEST_NOTE
from annotation.stages.adjudicate import drafting
from annotation.stages.adjudicate.citing import check_clause
from annotation.stages.adjudicate.room import check_may_decide, entering
from core import audit, faults
from core.models import User
from core.refusals import AlreadyDone, InvalidInput
from experts.models import Expert


def check_note(note: str, *, where: str = "unclear") -> str:
    """The note without blanks around it. Raises InvalidInput where it says nothing, or too much."""
    said = note.strip()
    if not said or len(said) > LONGEST_NOTE:
        raise InvalidInput(
            _("Say what is unclear, in at most %(most)s characters."),
            action=_("One sentence that the lead can act on is enough."),
            where=where,
            code="no_note",
            params={"most": LONGEST_NOTE},
        )
    return said


def store(
    dispute: Dispute,
    *,
    guideline: Guideline,
    clause: str,
    note: str,
    expert: Expert,
    at: datetime,
    adjudication: Adjudication | None = None,
) -> GuidelineDoubt:
    """Write it down for the lead, in the caller's transaction."""
    return GuidelineDoubt.objects.create(
        project_id=dispute.project_id,
        dispute=dispute,
        adjudication=adjudication,
        guideline=guideline,
        clause=clause,
        note=note,
        raised_by=expert,
        raised_at=at,
    )


@transaction.atomic
def hold(
    *, dispute: Dispute, expert: Expert, by: User, guideline: Guideline, note: str, clause: str = ""
) -> GuidelineDoubt:
    """Put the dispute aside until the lead answers. Raises as `check_may_decide`, InvalidInput, AlreadyDone."""
    with entering(dispute, expert):
        check_may_decide(dispute, expert, by)
    said, number = check_note(note, where="note"), check_clause(guideline, clause)
    now = timezone.now()
    if not Dispute.objects.filter(pk=dispute.pk, closed_at=None, held_at=None).update(held_at=now):
        raise AlreadyDone(
            _("Somebody has decided this dispute, or put it on hold."), action=_("Take the next one.")
        )
    drafting.keep_answer(dispute, expert)
    doubt = store(dispute, guideline=guideline, clause=number, note=said, expert=expert, at=now)
    _tell("dispute.held", dispute, by, {"clause": number, "doubt": doubt.uid})
    faults.point("doubt.before_commit")
    return doubt


@transaction.atomic
def resume(*, doubts: Sequence[GuidelineDoubt], by: User, answer: str = "") -> int:
    """Put the disputes that wait for these doubts back into the queue; how many.

    The lead has written a new version of the guideline since, or answers. Raises InvalidInput, AlreadyDone.
    """
    said = answer.strip()
    drafting.check_length(said, where="answer")
    waiting = list(
        GuidelineDoubt.objects.holding()
        .filter(pk__in=[one.pk for one in doubts])
        .select_related("dispute__project", "guideline")
        .order_by("pk")
    )
    if not waiting:
        raise AlreadyDone(_("No dispute waits for this any more."))
    newer = Guideline.objects.filter(project=OuterRef("project"), version__gt=OuterRef("guideline__version"))
    unanswered = GuidelineDoubt.objects.filter(~Exists(newer), pk__in=[one.pk for one in waiting])
    if not said and unanswered.exists():
        raise InvalidInput(
            _("The guideline has no newer version since."),
            action=_("Write one that is clear, or answer the adjudicators here."),
            where="answer",
            code="no_new_guideline",
        )
    now, count = timezone.now(), 0
    for doubt in waiting:
        row = GuidelineDoubt.objects.filter(pk=doubt.pk, resumed_at=None)
        if row.update(resumed_at=now, resumed_by=by, answer=said):
            Dispute.objects.filter(pk=doubt.dispute_id).update(held_at=None)
            _tell("dispute.resumed", doubt.dispute, by, {"doubt": doubt.uid, "answered": bool(said)})
            count += 1
    faults.point("doubt.before_commit")
    return count


def _tell(action: str, dispute: Dispute, by: User, changes: dict[str, object]) -> None:
    project = dispute.project
    audit.record(
        action,
        by=by,
        on=dispute,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes=changes,
    )
