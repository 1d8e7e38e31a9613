"""Whether a person may be given a file: where they may read what shows it."""

from typing import TYPE_CHECKING

from django.db.models import Q

from annotation.models.asset import Asset
from annotation.models.assignment import Assignment, Outcome
from annotation.models.own_work import closed
from annotation.models.standing import check_has_undertaken
from core.refusals import NotFound
from experts.evidence import expert_of

if TYPE_CHECKING:
    from core.models import User

MOST_ENDED = 50
"""Of the person's assignments that ended without an answer: the newest so many are asked about."""


def readable_asset(user: "User", sha256: str) -> Asset:
    """The file of that hash. An own assignment opens it as long as it can be read (`own_work.check_may_read`).

    Raises NotFound; NotAllowed for who judges items and has not accepted the newest undertaking.
    """
    named = Asset.objects.filter(sha256=sha256).select_related("project")
    if found := named.visible_to(user).first():
        return found
    own = _own(user, sha256)
    of_own = named.filter(project=own.project_id) if own else named.none()
    found = of_own.first() or named.disputed_before(user).first()
    if found is None:
        raise NotFound
    check_has_undertaken(found.project, expert_of(user))
    return found


def _own(user: "User", sha256: str) -> Assignment | None:
    """An assignment of the person's whose item shows the file and may be read."""
    shown = Assignment.objects.visible_to(user).filter(item__assets__asset__sha256=sha256)
    rows = shown.select_related("project__sector", "project__organisation", "expert").order_by("-pk")
    in_hand = Q(outcome__in=["", Outcome.SUBMITTED]) | Q(attempt__isnull=False)
    if found := rows.filter(in_hand).first():
        return found
    ended = list(rows.exclude(in_hand)[:MOST_ENDED])
    barred = closed(ended, ended[0].expert) if ended else {}
    return next((one for one in ended if one.pk not in barred), None)
