"""Take answers that outside scripts send: the rules of the pages hold, and what was sent is kept beside what was read.

A script may answer an item that it was not given: it is given the item by name then, where the rules allow it. Without
a free slot the answer is kept as surplus, and a second one by the same person stands beside the first.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotation.formats.answer_place import AnswerInvalid
from annotation.formats.label_studio_answer import Read, read_kept
from annotation.formats.label_studio_result import to_label_studio
from annotation.models import (
    Annotation,
    Assignment,
    Desk,
    Item,
    LabelSchema,
    Project,
    StudioAnswer,
    StudioProject,
)
from annotation.models.access import demand
from annotation.models.advancing import advance_soon
from annotation.models.assignment import Outcome, SkipReason
from annotation.models.eligibility import eligible
from annotation.models.ending import end_lease
from annotation.models.lane import LOCKED_DESK
from annotation.models.newest import newest_schema
from annotation.models.requirement import enter_room
from annotation.refuse import refusal
from core import audit
from core.models import User
from core.questions import NUMBER, Question, ask_all
from core.refusals import InvalidLabel
from core.roles import Capability
from core.writes import send
from experts.models import Expert

TO_OTHERS, TO_THEM, DONE = "REQUEUE_FOR_OTHERS", "REQUEUE_FOR_ME", "IGNORE_SKIPPED"
"""What becomes of a skipped item: others get it, whoever skipped it gets it again last, or it counts as labelled."""
_GOES_ON = frozenset({"", Outcome.EXPIRED, Outcome.RETURNED})
_had = Question[Assignment](
    lambda item, expert, round: Assignment.objects.filter(  # noqa: A006 (the column's name)
        item=item, expert=expert, round=round, aside=0
    ),
    item=NUMBER,
    expert=NUMBER,
    round=NUMBER,
)
_COUNTED = "counted"
"""In `StudioAnswer.more`: the skip took a slot, and gives it back when it is taken back."""


@dataclass(frozen=True)
class Sent:
    """An answer as a script sent it: `result` in Label Studio's form. `more`: what Assay has no words for."""

    result: Any
    lead_time: float | None = None
    cancelled: bool = False
    ground_truth: bool = False
    unique_id: uuid.UUID | None = None
    parents: Mapping[str, int | None] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


def read(schema: LabelSchema, item: Item, result: Any) -> Read:
    """What of a result Assay can read; of controls that the config does not have it reads nothing, as Label Studio.

    Raises InvalidLabel naming the place.
    """
    try:
        return read_kept(schema.schema, item.data, result, also=None)
    except AnswerInvalid as error:
        raise refusal(error, InvalidLabel) from error


def claim(*, item: Item, expert: Expert, by: User) -> Assignment:
    """The expert's place at the item: what they hold or had, else the item given by name. In a transaction.

    One without a free slot comes back ended (`expired`): what is answered in it is surplus. Raises NotAllowed,
    NotQualified and what the rules raise.
    """
    project = item.project
    demand(by, project, Capability.LABEL)
    here = {"item": item.pk, "expert": expert.pk, "round": item.round}
    desks, places = ask_all((LOCKED_DESK, {"project": project.pk, "expert": expert.pk}), (_had, here))
    if not desks:  # their first answer in this project
        Desk.objects.locked(project.pk, expert.pk)
        places = _had.objects(**here)
    if places:
        had: Assignment = places[0]
        had.item, had.project, had.expert = item, project, expert
        return had
    for rule in eligible(item, expert).unmet:
        raise rule.refusal(rule.why, action=rule.step, code=rule.code)
    slot = Item.objects.filter(pk=item.pk).claim_slot()
    now = timezone.now()
    given = Assignment.objects.create(
        project=project,
        item=item,
        expert=expert,
        round=item.round,
        reasons=[{"code": "asked_by_name"}],
        leased_at=now,
        lease_until=now + timedelta(minutes=project.lease_minutes),
        outcome="" if slot else Outcome.EXPIRED,
        ended_at=None if slot else now,
    )
    enter_room(project.pk, expert.pk, item.lane.room)
    tell("assignment.leased", given, by, {"by_name": True})
    return given


def beside(assignment: Assignment, outcome: str = "") -> Assignment:
    """One more place of the same expert at the same item, beside the one that counts. In a transaction, desk locked."""
    same = Assignment.objects.filter(
        item=assignment.item_id, expert=assignment.expert_id, round=assignment.round
    )
    last = same.order_by("-aside").values_list("aside", flat=True)[0]
    now = timezone.now()
    return Assignment.objects.create(
        project=assignment.project,
        item=assignment.item,
        expert=assignment.expert,
        round=assignment.round,
        aside=last + 1,
        reasons=[{"code": "asked_by_name"}],
        leased_at=now,
        lease_until=now,
        outcome=outcome,
        ended_at=now if outcome else None,
    )


@transaction.atomic
def skip(*, item: Item, expert: Expert, by: User, sent: Sent) -> StudioAnswer:
    """Give an item up, as its project's option says; what was written is kept."""
    found = read(newest_schema(item.project), item, sent.result)
    place = claim(item=item, expert=expert, by=by)
    how = skipping(item.project)
    was = _ended_anew(place) if place.outcome in _GOES_ON else place.outcome
    counted = False
    if was == "" and how == TO_THEM:
        end_lease(place, Outcome.RETURNED, action="assignment.returned", by=by)
        place = beside(place, Outcome.SKIPPED)
    elif was in _GOES_ON and how == TO_THEM:
        Assignment.objects.filter(pk=place.pk).update(outcome=Outcome.RETURNED)
        place = beside(place, Outcome.SKIPPED)
    elif was == "" and how != DONE:
        end_lease(place, Outcome.SKIPPED, action="assignment.skipped", by=by, skip_reason=SkipReason.OTHER)
    elif was in _GOES_ON:
        mine = Item.objects.filter(pk=item.pk, round=place.round, control=False)
        counted = how == DONE and (was == "" or mine.claim_slot())
        ended = {"outcome": Outcome.SKIPPED, "ended_at": timezone.now(), "skip_reason": SkipReason.OTHER}
        Assignment.objects.filter(pk=place.pk).update(**ended)
        tell("assignment.skipped", place, by, {"by_name": True})
        if counted and not item.control:
            _count_done(item)
    else:
        place = beside(place, Outcome.SKIPPED)
    more = {**sent.more, **({_COUNTED: True} if counted and not item.control else {})}
    return kept(place, replace(sent, more=more), found.unread, by, cancelled=True)


def _ended_anew(place: Assignment) -> str:
    """How the place ended by now, kept from everybody else: a lease may run out meanwhile."""
    locked = Assignment.objects.select_for_update(no_key=True, of=("self",)).filter(pk=place.pk)
    return locked.values_list("outcome", flat=True).get()


def _count_done(item: Item) -> None:
    """A slot is done with, though nobody answered. The last one lets the answers that are there go on."""
    mine = Item.objects.filter(pk=item.pk)
    mine.count_done()
    whole = mine.filter(filled__gte=F("overlap"), labelled_at=None)
    if Annotation.objects.counted().filter(item=item).exists() and whole.update(labelled_at=timezone.now()):
        advance_soon(item.pk, item.project)


def skipping(project: Project) -> str:
    """What the project says of skipped items."""
    options = StudioProject.objects.filter(pk=project.pk).values_list("options", flat=True).first()
    return str((options or {}).get("skip_queue", TO_OTHERS))


def kept(place: Assignment, sent: Sent, unread: int, by: User, *, cancelled: bool = False) -> StudioAnswer:
    """Store what was sent, as it was sent."""
    now = timezone.now()
    made = StudioAnswer(
        assignment=place,
        item_id=place.item_id,
        result=sent.result,
        cancelled=cancelled,
        ground_truth=sent.ground_truth,
        lead_time=sent.lead_time,
        unique_id=sent.unique_id or uuid.uuid4(),
        last_action="skipped" if cancelled else "submitted",
        unread=unread,
        created_at=now,
        updated_at=now,
        updated_by=by,
        more=dict(sent.more),
        **sent.parents,
    )
    send(made)
    return made


def tell(action: str, assignment: Assignment, by: User, changes: Mapping[str, Any]) -> None:
    """Write to the audit trail what a script did with its place at an item."""
    audit.record(
        action,
        by=by,
        on=assignment,
        project_id=assignment.project_id,
        organisation_id=assignment.project.organisation_id,
        changes={"item": assignment.item.uid, **changes},
    )


def kept_of(place: Assignment, by: User) -> StudioAnswer:
    """What is kept of an answer for Label Studio's API, locked; of one made on the pages it is made now."""
    found = StudioAnswer.objects.select_for_update(no_key=True).filter(pk=place.pk).first()
    if found is not None:
        return found
    annotation: Annotation | None = getattr(place, "annotation", None)
    current = annotation.current if annotation else None
    result = to_label_studio(current.result, current.label_schema.schema, place.item.data) if current else []
    sent = Sent(result=result, lead_time=current.seconds if current else None)
    return kept(place, sent, 0, by, cancelled=place.outcome == Outcome.SKIPPED)


def put_aside(place: Assignment) -> None:
    """Leave the expert's place at the item free: its number has been told, so nothing else may bear it."""
    if place.aside == 0:
        same = Assignment.objects.filter(item=place.item_id, expert=place.expert_id, round=place.round)
        last = same.order_by("-aside").values_list("aside", flat=True)[0]
        Assignment.objects.filter(pk=place.pk).update(aside=last + 1)


def take_skip_back(place: Assignment, by: User) -> None:
    """A skip that never was: whoever skipped the item may have it again. In a transaction."""
    ended = Assignment.objects.filter(pk=place.pk, outcome=Outcome.SKIPPED)
    if not ended.update(outcome=Outcome.RETURNED, skip_reason="", skip_note=""):
        return
    skipped = StudioAnswer.objects.filter(pk=place.pk)
    counted = any(more.get(_COUNTED) for more in skipped.values_list("more", flat=True))
    skipped.delete()
    put_aside(place)
    if counted:
        # Answers that were compared without it stay what they came to.
        waiting = Item.objects.filter(pk=place.item_id, round=place.round, labelled_at=None)
        waiting.requeue(filled=F("filled") - 1, open_slots=F("open_slots") + 1)
    tell("assignment.skip_taken_back", place, by, {"by_name": True})
