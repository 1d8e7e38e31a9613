"""Who may be shown a dispute, and who may decide it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from annotation.models import Assignment, Desk, Dispute
from annotation.models.access import demand, may
from annotation.models.adjudication import Turn, decided_before
from annotation.models.eligibility import eligible, has_interest
from annotation.models.requirement import enter_room
from core.models import User
from core.refusals import Conflicted
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
    with entering(dispute, expert):
        _check_may_be_shown(dispute, expert, by)


@contextmanager
def entering(dispute: Dispute, expert: Expert) -> Iterator[None]:
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
    """Raise Conflicted for an open dispute about an item that the person has a part or an interest in.

    Who decided the question before has a part in it: an appeal goes to somebody else.
    """
    if dispute.closed_at is not None:
        return
    if Assignment.objects.barring(by).filter(item=dispute.item_id).exists():
        raise Conflicted
    if may(by, dispute.project, Capability.ADJUDICATE):
        _check_is_another(dispute, by)
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


def _check_is_another(dispute: Dispute, by: User) -> None:
    if dispute.turn == Turn.FIRST:
        return
    if Dispute.objects.filter(Exists(decided_before(by)), pk=dispute.pk).exists():
        raise Conflicted(_("You have decided this question before: somebody else decides it now."))
    if dispute.turn == Turn.SECOND_LOOK and may(by, dispute.project, Capability.SEE_WORK):
        raise Conflicted(_("You see the decisions of this project, so you cannot look at one again blind."))
