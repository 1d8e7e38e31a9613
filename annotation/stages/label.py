"""Take an expert's work: drafts with revisions, and answers that are safe once they are acknowledged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.formats.answers import AnswerInvalid, Checked, read_answer
from annotation.formats.field_hashes import field_hashes
from annotation.formats.same_answer import same_answer
from annotation.formats.schema import Schema
from annotation.models import (
    Annotation,
    AnnotationVersion,
    Assignment,
    Draft,
    DraftVersion,
    ExamAttempt,
    Guideline,
    Item,
    Judgement,
    LabelSchema,
    handing_in,
)
from annotation.models.advancing import advance_soon
from annotation.models.assignment import Outcome, Purpose
from annotation.models.eligibility import HAD, PAUSED, may_have, may_have_asked
from annotation.models.item import ItemQuerySet
from annotation.models.noting import note
from annotation.models.prediction import shown_with
from annotation.refuse import refusal
from core import audit, faults
from core.models import User
from core.refusals import AlreadyDone, ExamOver, InvalidInput, InvalidLabel, OtherAnswer, StaleDraft
from core.statements import Statement
from core.writes import ask_and_count, send, together

MAX_SECONDS = 24 * 3600.0
GATHER = 0.3  # seconds: items that are done meanwhile are compared in one go
STILL = frozenset({HAD, PAUSED, "on_a_break"})  # what keeps nobody from handing in what they hold
FIRST = "first"  # the tier of an answer that is no specialist's


@dataclass(frozen=True)
class Submitted:
    """`created` is False when the same submit came again: then `annotation` is the first one."""

    annotation: Annotation
    created: bool


def hashes_of(schema: Schema, data: Mapping[str, Any]) -> dict[str, str]:
    """The SHA-256 of what each field of the schema shows, by the field's name."""
    return field_hashes(schema, data)


def check_result(schema: Schema, item: Item, result: Any, *, complete: bool) -> Checked:
    """What an answer says, and how it is stored; raises InvalidLabel naming the place."""
    try:
        return read_answer(schema, item.data, result, complete=complete)
    except AnswerInvalid as error:
        raise refusal(error, InvalidLabel) from error


@transaction.atomic
def save_draft(
    *,
    assignment: Assignment,
    schema: Schema,
    revision: int,
    result: Any,
    seconds: float,
    dismissed: Sequence[str] = (),
) -> tuple[Draft, datetime | None]:
    """Keep work in progress, if it was made from the newest revision; also renews the lease.

    A lease that ran out is taken up again while the item has a free slot and the expert may have it; else the draft is
    kept all the same, and None comes back for the lease. Raises StaleDraft with the stored version, AlreadyDone,
    InvalidLabel (its shape must fit; it may be incomplete).
    """
    result = check_result(schema, assignment.item, result, complete=False).result
    now = timezone.now()
    lease_until = _hold(assignment, now)
    aside = {"dismissed": list(dismissed)}
    values = {"result": result, "seconds": _seconds(seconds), "saved_at": now, **aside}
    if revision == 0:
        draft, made = Draft.objects.get_or_create(assignment=assignment, defaults={**values, "revision": 1})
        if made:
            DraftVersion.objects.keep_by_itself(draft, schema, now)
            return draft, lease_until
    saved = Draft.objects.filter(assignment=assignment, revision=revision).update(
        revision=F("revision") + 1, **values
    )
    draft = Draft.objects.filter(assignment=assignment).first() or Draft(assignment=assignment, saved_at=now)
    if not saved:
        if draft.revision == 0 or draft.result != result:
            raise _stale(draft)
        _add_aside(draft, dismissed, values["seconds"], now)
    DraftVersion.objects.keep_by_itself(draft, schema, now)
    return draft, lease_until


def _add_aside(draft: Draft, dismissed: Sequence[str], seconds: float, now: datetime) -> None:
    """The same answer once more: a retry whose first answer was lost, or another device. What is beside it is added.

    Nothing that was put aside before is forgotten: the older save may not have known of it.
    """
    aside = [*draft.dismissed, *(name for name in dict.fromkeys(dismissed) if name not in draft.dismissed)]
    if aside == draft.dismissed and seconds <= draft.seconds:
        return
    draft.dismissed, draft.seconds, draft.saved_at = aside, max(seconds, draft.seconds), now
    draft.save(update_fields=["dismissed", "seconds", "saved_at"])


def _stale(draft: Draft) -> StaleDraft:
    """The refusal with the version that is stored."""
    saved_at = draft.saved_at.isoformat()
    return StaleDraft(extra={"theirs": {**draft.shown, "saved_at": saved_at}})


def _lock(assignment: Assignment) -> tuple[str, bool]:
    """Keep everybody else from ending or renewing the assignment; its outcome now, and whether it has a draft."""
    ((outcome, is_drafted),) = handing_in.OUTCOME.ask(assignment=assignment.pk)
    return str(outcome), bool(is_drafted)


def _hold(assignment: Assignment, now: datetime) -> datetime | None:
    """Renew the lease, or take the slot again that ran out; None when it is not to be had. Raises AlreadyDone."""
    outcome, _is_drafted = _lock(assignment)
    if assignment.attempt:
        return _within_time(assignment, assignment.attempt, outcome, now)
    until = now + timedelta(minutes=assignment.project.lease_minutes)
    mine = Assignment.objects.filter(pk=assignment.pk)
    if outcome == "":
        if mine.filter(lease_until__lt=until).update(lease_until=until):
            return until
        return mine.values_list(
            "lease_until", flat=True
        ).get()  # a lead gave it for longer, or it was extended
    if outcome == Outcome.WITHDRAWN:
        return None
    if outcome not in {Outcome.EXPIRED, Outcome.RETURNED}:
        raise AlreadyDone(_("You have submitted or skipped this item."), action=_("Open the next item."))
    if not _claim_again(assignment):
        return None
    mine.update(outcome="", ended_at=None, leased_at=now, lease_until=until)
    audit.record(
        "assignment.leased_again",
        by=assignment.expert.user,
        on=assignment,
        project_id=assignment.project_id,
        organisation_id=assignment.project.organisation_id,
        changes={"item": assignment.item.uid},
    )
    return until


def _within_time(assignment: Assignment, attempt: ExamAttempt, outcome: str, now: datetime) -> datetime:
    """Until when the question of an exam can be answered. Raises ExamOver, AlreadyDone."""
    if outcome == Outcome.EXPIRED or attempt.finished_at or attempt.due_at <= now:
        raise ExamOver
    if outcome:
        raise AlreadyDone(_("You have submitted or skipped this item."), action=_("Open the next item."))
    return attempt.due_at


def _item(assignment: Assignment) -> ItemQuerySet:
    """The assignment's item, while it is in the assignment's round."""
    return Item.objects.filter(pk=assignment.item_id, round=assignment.round)


def _claim_again(assignment: Assignment) -> bool:
    """Take the item's slot again, if it has one and its expert may still be given it."""
    may = may_have(assignment.project, assignment.expert, assignment.item_id)
    return may and _item(assignment).claim_slot()


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise InvalidInput(_("Time on task must be a number of seconds."), where="seconds")
    return min(float(value), MAX_SECONDS)


def put(
    *,
    assignment: Assignment,
    schema: LabelSchema,
    guideline: Guideline,
    by: User,
    result: Any,
    hashes: Mapping[str, str],
    seconds: float,
    revision: int | None = None,
    suggestions: Sequence[Mapping[str, str]] = (),
    beside: Callable[[], None] = lambda: None,
) -> Submitted:
    """Store an answer for good, in the caller's transaction: when that commits, it is safe.

    Sent again, the first answer comes back; another answer is refused with the first, which stands. After the lease
    ran out it takes a free slot if the expert may still have it, else it is kept as surplus: an expert's work is never
    dropped. With the `revision` of the draft that the answer was made from, a newer draft from elsewhere is not passed
    over. `suggestions` says what became of those that were shown (`prediction.shown_with`). `beside` sends what else is
    stored of an answer that is no repeated one. Raises InvalidLabel, InvalidInput, AlreadyDone, OtherAnswer,
    StaleDraft.
    """
    (((outcome, is_drafted),), *allowed), (key, version_key) = ask_and_count(
        _asked(assignment), Annotation, AnnotationVersion
    )
    # Whoever answers ends the assignment with it.
    first = handing_in.FIRST_ANSWER.first(assignment=assignment.pk) if outcome else None
    if first:
        _check_same(first, assignment.item, result)
        return Submitted(first, created=False)
    if revision is not None:
        _check_newest(assignment, schema.schema, revision, result)
    item = assignment.item
    answer = check_result(schema.schema, item, result, complete=True)
    _check_texts(schema.schema, item, hashes)
    now = timezone.now()
    surplus = not _fills(assignment, outcome, now, is_allowed=all(allowed))
    shown = _shown_with(assignment, suggestions)
    annotation = Annotation(
        pk=key,
        current_id=version_key,
        project_id=assignment.project_id,
        item=item,
        assignment=assignment,
        expert_id=assignment.expert_id,
        round=assignment.round,
        aside=assignment.aside,
        surplus=surplus,
        tier=assignment.purpose if item.control else item.lane.tier or FIRST,
        created_at=now,
    )
    version = AnnotationVersion(
        pk=version_key,
        annotation=annotation,
        label_schema=schema,
        guideline=guideline,
        result=answer.result,
        text_hashes=dict(hashes),
        predictions_shown=shown,
        seconds=_seconds(seconds),
        created_by=by,
        created_at=now,
    )
    labelled: Callable[[], int] = int  # none
    with together():
        handing_in.END.do(assignment=assignment.pk, now=now)
        _store(annotation, version, answer.values)
        if is_drafted:
            Draft.objects.filter(assignment=assignment).delete()
        audit.record(
            "annotation.submitted",
            by=by,
            on=annotation,
            project_id=assignment.project_id,
            organisation_id=assignment.project.organisation_id,
            changes={
                "item": item.uid,
                "surplus": surplus,
                "schema": schema.version,
                "guideline": guideline.version,
            },
        )
        if not (surplus or item.control):
            note(assignment.project_id, [item.pk])
            handing_in.FILL.do(item=item.pk, round=assignment.round)
            labelled = handing_in.LABELLED.later(item=item.pk, round=assignment.round, now=now)
        beside()
    # Whoever brings the last answer to its item says so, once, and the pipeline goes on.
    if labelled():
        advance_soon(item.pk, assignment.project, delay=GATHER)
    faults.point("label.before_commit")
    return Submitted(annotation, created=True)


submit = transaction.atomic(put)
"""The same in a transaction of its own."""


def _store(annotation: Annotation, version: AnnotationVersion, values: Mapping[str, Any]) -> None:
    send(annotation)
    send(version)
    annotation.current = version
    for question, value in values.items():
        send(
            Judgement(
                project_id=annotation.project_id,
                item=annotation.item,
                annotation=annotation,
                expert_id=annotation.expert_id,
                question=question,
                value=value,
            )
        )


def _check_same(first: Annotation, item: Item, result: Any) -> None:
    """Refuse an answer other than the one that stands."""
    kept = first.current
    if kept and not same_answer(kept.label_schema.schema, item.data, result, kept.result):
        saved_at = first.created_at.isoformat()
        raise OtherAnswer(extra={"theirs": {**kept.shown, "saved_at": saved_at}})


def _check_newest(assignment: Assignment, schema: Schema, revision: int, result: Any) -> None:
    newer = Draft.objects.filter(assignment=assignment, revision__gt=revision).first()
    if newer and newer.result != check_result(schema, assignment.item, result, complete=False).result:
        raise _stale(newer)


def _shown_with(assignment: Assignment, told: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Suggestions that stood beside the answer; in an exam none are shown."""
    return [] if assignment.attempt_id else shown_with(assignment.project, assignment.item, told)


def _check_texts(schema: Schema, item: Item, hashes: Mapping[str, str]) -> None:
    for name, stored in hashes_of(schema, item.data).items():
        if hashes.get(name) != stored:
            raise InvalidLabel(
                _("The text “%(field)s” that was labelled is not the text that is stored."),
                action=_("Load the item again and check your labels."),
                code="text_changed",
                where=f"hashes.{name}",
                params={"field": name},
            )


def _asked(assignment: Assignment) -> list[tuple[Statement, Mapping[str, Any]]]:
    """What is asked of an answer's assignment: how it stands, locked, and whether its expert may have the item still.

    A pause or a break bars no answer, and what is no work has no rules.
    """
    locked = (handing_in.OUTCOME.statement(), {"assignment": assignment.pk})
    if assignment.purpose != Purpose.WORK:
        return [locked]
    here = assignment.project, assignment.expert, assignment.item_id
    return [locked, may_have_asked(*here, without=STILL)]


def _fills(assignment: Assignment, outcome: str, now: datetime, *, is_allowed: bool) -> bool:
    """Whether an answer to the locked assignment fills a slot; else it is surplus. Raises AlreadyDone."""
    if outcome == Outcome.SKIPPED:
        raise AlreadyDone(_("You skipped this item."), action=_("Open the next item."))
    if assignment.attempt:
        _within_time(assignment, assignment.attempt, outcome, now)
    if (
        assignment.aside or outcome == Outcome.WITHDRAWN
    ):  # beside the one that counts, or taken back by a lead
        return False
    if outcome:
        return _claim_again(assignment)
    if not is_allowed:  # its slot is given to another
        _item(assignment).give_slot()
    return is_allowed
