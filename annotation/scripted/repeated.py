"""An answer that is sent again: a client that got no answer asks once more, with the same `unique_id`."""

from django.db.models import Q
from django.utils.translation import gettext as _

from annotation.models import Desk, Item, StudioAnswer
from annotation.models.assignment import Outcome
from annotation.stages.outside import Sent
from core.refusals import InvalidInput
from experts.models import Expert


def sent_before(item: Item, expert: Expert, sent: Sent) -> StudioAnswer | None:
    """The expert's answer of this name to the item, if it stands. In a transaction: of two at once one waits.

    Raises InvalidInput where it says something else.
    """
    if sent.unique_id is None:
        return None
    Desk.objects.locked(item.project_id, expert.pk)
    named = StudioAnswer.objects.filter(item=item, unique_id=sent.unique_id, assignment__expert=expert)
    stands = Q(assignment__outcome=Outcome.SUBMITTED, assignment__annotation__retracted_at=None)
    skipped = Q(assignment__outcome=Outcome.SKIPPED)
    standing = named.filter(stands | skipped).select_related("assignment").order_by("pk").first()
    if standing is None:
        return None
    if standing.result != sent.result or standing.cancelled != sent.cancelled:
        raise InvalidInput(
            _("You have given another answer to this item by this name."),
            action=_("Change that one, or send the new one by a name of its own."),
            where="unique_id",
        )
    found: StudioAnswer = standing
    return found
