"""Keep a decision that is being written, so that it outlives a reload, a closed tab and a lost connection."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Dispute, DisputeDraft, LabelSchema
from annotation.models.dispute_draft import Way
from annotation.models.doubt import LONGEST_NOTE
from annotation.stages.adjudicate.answering import check_answer
from annotation.stages.adjudicate.citing import check_number
from annotation.stages.adjudicate.room import check_may_decide, entering
from core.models import User
from core.refusals import AlreadyDone, InvalidInput, StaleDraft
from experts.models import Expert


@dataclass(frozen=True)
class Unfinished:
    """What is written so far. Clause and citations are looked up when it is decided, not before."""

    result: Any = field(default_factory=list)
    way: str = Way.ANSWER
    rationale: str = ""
    clause: str = ""
    unclear: str = ""
    cites: Sequence[str] = ()


@transaction.atomic
def save(
    *, dispute: Dispute, expert: Expert, by: User, schema: LabelSchema, revision: int, said: Unfinished
) -> DisputeDraft:
    """Keep it, if it was written from the newest revision; the same sent once more is no conflict.

    Raises as `check_may_decide`, AlreadyDone when the dispute is decided or on hold, InvalidLabel, InvalidInput,
    StaleDraft with the stored version.
    """
    with entering(dispute, expert):
        check_may_decide(dispute, expert, by)
    result = check_answer(dispute, schema, said.result, complete=False).result
    check_length(said.unclear, where="unclear")
    check_number(said.cites)
    _check_is_open(dispute)
    written = {**asdict(said), "result": result, "cites": list(said.cites)}
    values = {**written, "saved_at": timezone.now()}
    if revision == 0:
        draft, made = DisputeDraft.objects.get_or_create(
            dispute=dispute, expert=expert, defaults={**values, "revision": 1}
        )
        if made:
            return draft
    mine = DisputeDraft.objects.filter(dispute=dispute, expert=expert)
    saved = mine.filter(revision=revision).update(revision=F("revision") + 1, **values)
    draft = mine.first() or DisputeDraft(dispute=dispute, expert=expert, saved_at=values["saved_at"])
    if not saved and draft.said != written:
        raise StaleDraft(extra={"theirs": draft.shown})
    return draft


def check_length(note: str, *, where: str) -> None:
    """Raises InvalidInput for a note, or an answer to one, of more than LONGEST_NOTE characters."""
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(
            _("This has at most %(most)s characters."), where=where, params={"most": LONGEST_NOTE}
        )


def _check_is_open(dispute: Dispute) -> None:
    """Locks the dispute, so that no draft is written behind a decision."""
    row = Dispute.objects.select_for_update(no_key=True).filter(pk=dispute.pk)
    closed, held = row.values_list("closed_at", "held_at").get()
    if closed:
        raise AlreadyDone(_("Somebody has decided this dispute."), action=_("Take the next one."))
    if held:
        raise AlreadyDone(
            _("This dispute is on hold until the lead has answered."), action=_("Take the next one.")
        )


def drop(disputes: Sequence[int]) -> None:
    """These disputes (by id) are closed: what was being written about them goes. In a transaction."""
    DisputeDraft.objects.filter(dispute__in=disputes).delete()


def keep_answer(dispute: Dispute, expert: Expert) -> None:
    """The dispute waits for the lead: the question to them is asked, the rest waits too. In a transaction."""
    mine = DisputeDraft.objects.filter(dispute=dispute, expert=expert)
    mine.update(revision=F("revision") + 1, way=Way.ANSWER, unclear="")
