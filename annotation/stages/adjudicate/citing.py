"""What a decision refers to: a clause of the guideline, and earlier decisions."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotation.formats.markdown import clauses
from annotation.models import Adjudication, Citation, Dispute, Guideline
from annotation.models.adjudication import Turn
from core.refusals import InvalidInput

MOST_CITED = 10


def check_clause(guideline: Guideline, clause: str, *, where: str = "clause") -> str:
    """The number as the guideline has it; empty for none. Raises InvalidInput for a number that it does not have."""
    number = clause.strip().removesuffix(".")
    if number and number not in {known for known, _title in clauses(guideline.text)}:
        raise InvalidInput(
            _("Version %(version)s of the guideline has no clause %(clause)s."),
            action=_("Choose one of its numbered clauses, or none."),
            where=where,
            code="no_such_clause",
            params={"version": guideline.version, "clause": number[:60]},
        )
    return number


def check_number(cites: Sequence[str]) -> None:
    """Raises InvalidInput for more than MOST_CITED."""
    if len(cites) > MOST_CITED:
        raise InvalidInput(
            _("A decision cites at most %(most)s others."), where="cites", params={"most": MOST_CITED}
        )


def check_cited(dispute: Dispute, cites: Any) -> list[Adjudication]:
    """The decisions of those ids. Raises InvalidInput for what is no earlier decision of the project that may be cited.

    Neither one about the same item, nor a second look: the one would not be blind, the other is nobody's gold.
    """
    wanted = list(dict.fromkeys(str(one) for one in cites))
    check_number(wanted)
    rows = Adjudication.objects.filter(uid__in=wanted, dispute__project=dispute.project_id)
    rows = rows.exclude(dispute__item=dispute.item_id).exclude(dispute__turn=Turn.SECOND_LOOK)
    room = dispute.item.lane.room
    found = {one.uid: one for one in rows.filter(dispute__item__lane__room=room)} if wanted else {}
    if missing := [uid for uid in wanted if uid not in found]:
        raise InvalidInput(
            _("There is no decision %(id)s that this one can cite."),
            action=_("Cite decisions of this project about other items."),
            where="cites",
            code="no_such_decision",
            params={"id": missing[0][:40]},
        )
    return [found[uid] for uid in wanted]


def cite(decision: Adjudication, cited: Sequence[Adjudication]) -> None:
    """Store it, in the transaction of the decision."""
    Citation.objects.bulk_create(Citation(adjudication=decision, cited=one) for one in cited)
