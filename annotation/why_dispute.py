"""Why a dispute stands where it does in the queue, in words. Read-only."""

from django.utils import formats
from django.utils.translation import gettext, ngettext

from annotation.models import Dispute
from annotation.models.worth import weight_of


def place_sentence(dispute: Dispute) -> str:
    """How far its answers are apart, what is not known of its answer, and how much its question weighs."""
    answers, top = dispute.tally.get("answers", 0), dispute.tally.get("top", 0)
    if not answers:
        return gettext("It is not weighed yet.")
    if top <= 1:
        said = ngettext("%(answers)s answer.", "%(answers)s answers, no two the same.", answers)
    else:
        said = gettext("%(top)s of %(answers)s answers say the same.")
    parts = [said % {"top": top, "answers": answers}]
    bits = {"bits": formats.number_format(dispute.uncertainty, 2)}
    parts.append(gettext("How open its answer still is: %(bits)s bits.") % bits)
    weight = weight_of(dispute.project, dispute.question)
    if weight != 1:
        parts.append(
            gettext("The question weighs %(weight)s.") % {"weight": formats.number_format(weight, 1)}
        )
    return " ".join(parts)
