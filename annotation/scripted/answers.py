"""Answers, skips and drafts that outside scripts send."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation import answering
from annotation.models import Assignment, Draft, Item, Prediction, StudioAnswer
from annotation.models.access import may
from annotation.models.assignment import Outcome
from annotation.models.newest import newest
from annotation.models.prediction import MOST_SHOWN
from annotation.models.studio import NUMBER
from annotation.scripted.repeated import sent_before
from annotation.stages import label, outside, revise
from annotation.studio import telling
from core.models import User
from core.refusals import AlreadyDone
from core.roles import Capability
from experts.models import Expert


@transaction.atomic
def answer(
    *, item: Item, expert: Expert, by: User, sent: outside.Sent, accepted: Prediction | None = None
) -> StudioAnswer:
    """Store an answer, or a skip, that a script sends. Raises what `stages.outside` and `stages.label.submit` raise.

    One that was sent before by the same `unique_id` is told again. `accepted`: the prediction that it repeats. Who sees
    the work is shown predictions whatever the project says.
    """
    if before := sent_before(item, expert, sent):
        return before
    kept = _stored(item=item, expert=expert, by=by, sent=sent, accepted=accepted)
    if not item.control:
        telling.answered("ANNOTATION_CREATED", kept.assignment)
    return kept


def _stored(
    *, item: Item, expert: Expert, by: User, sent: outside.Sent, accepted: Prediction | None = None
) -> StudioAnswer:
    """The same, told to nobody."""
    if sent.cancelled:
        return outside.skip(item=item, expert=expert, by=by, sent=sent)
    schema, guideline = newest(item.project)
    found = outside.read(schema, item, sent.result)
    place = outside.claim(item=item, expert=expert, by=by)
    if place.outcome in {Outcome.SUBMITTED, Outcome.SKIPPED}:
        place = outside.beside(place)
    seen = _seen(item, expert, accepted)
    made: list[StudioAnswer] = []
    keep = partial(outside.kept, place, sent, found.unread, by)
    answering.put(
        assignment=place,
        schema=schema,
        guideline=guideline,
        by=by,
        result=found.result,
        hashes=label.hashes_of(schema.schema, item.data),
        seconds=sent.lead_time or 0,
        suggestions=seen,
        beside=lambda: made.append(keep()),  # sent together with the answer
        tell=False,
    )
    return made[0] if made else keep()


def _seen(item: Item, expert: Expert, accepted: Prediction | None) -> list[dict[str, str]]:
    """What became of the suggestions that the author saw though the project shows them to nobody who labels."""
    has_some = getattr(item, "is_predicted", True)  # read with the item, where many answers come in
    shown = has_some and not item.project.suggestions and may(expert.user, item.project, Capability.SEE_WORK)
    rows = (
        {one.pk: one for one in Prediction.objects.filter(item=item).order_by("-pk")[:MOST_SHOWN]}
        if shown
        else {}
    )
    if accepted is not None:
        rows[accepted.pk] = accepted
    return [
        {
            "prediction": one.uid,
            "region": region,
            "outcome": "accepted" if accepted is not None and one.pk == accepted.pk else "ignored",
        }
        for one in rows.values()
        for region in one.region_ids
    ]


def _check_open(place: Assignment, by: User) -> None:
    """Raise AlreadyDone where an adjudicator has decided: whoever gave the answer may know by now what is right."""
    annotation = getattr(place, "annotation", None)
    if annotation is None or place.item.control or may(by, place.item.project, Capability.LEAD_PROJECT):
        return
    if revise.is_decided(annotation):
        raise AlreadyDone(
            _("An adjudicator has decided on this answer, so it stays as it was given."),
            action=_("Appeal on Assay's pages, or ask a lead of the project."),
        )


@transaction.atomic
def change_answer(*, place: Assignment, by: User, given: Mapping[str, Any]) -> Assignment:
    """Change what is named of an answer or a skip; the old versions stay. Returns where it stands now."""
    _check_open(place, by)
    kept = outside.kept_of(place, by)
    if "was_cancelled" in given and given["was_cancelled"] != kept.cancelled:
        return _turned(place, kept, by, given)
    annotation = getattr(place, "annotation", None)
    if "result" in given:
        schema, guideline = newest(place.item.project)
        found = outside.read(schema, place.item, given["result"])
        if annotation is not None:
            revise.correct(
                annotation=annotation,
                schema=schema,
                guideline=guideline,
                by=by,
                answer=label.check_result(schema.schema, place.item, found.result, complete=True),
                hashes=label.hashes_of(schema.schema, place.item.data),
                seconds=min(max(given.get("lead_time") or kept.lead_time or 0, 0), label.MAX_SECONDS),
            )
        kept.result, kept.unread = given["result"], found.unread
    for name in ("lead_time", "ground_truth"):
        if name in given:
            setattr(kept, name, given[name])
    kept.updated_at, kept.updated_by, kept.last_action = timezone.now(), by, "updated"
    kept.save()
    if annotation is None or "result" not in given:
        outside.tell("annotation.details_changed", place, by, {"fields": sorted(given)})
    Draft.objects.filter(assignment=place).delete()
    if not place.item.control:
        telling.answered("ANNOTATION_UPDATED", place)
    return place


def _turned(place: Assignment, kept: StudioAnswer, by: User, given: Mapping[str, Any]) -> Assignment:
    """An answer becomes a skip, or a skip an answer: in another place at the item, under the number that was told."""
    sent = outside.Sent(
        result=given.get("result", kept.result),
        lead_time=given.get("lead_time", kept.lead_time),
        cancelled=given["was_cancelled"],
        ground_truth=given.get("ground_truth", kept.ground_truth),
        unique_id=kept.unique_id,
        parents={"parent_prediction": kept.parent_prediction, "parent_annotation": kept.parent_annotation},
        more={NUMBER: kept.number},
    )
    _take_back(place, by)
    turned = _stored(item=place.item, expert=place.expert, by=by, sent=sent)
    turned.created_at, turned.import_id, turned.last_action = kept.created_at, kept.import_id, "updated"
    turned.save(update_fields=["created_at", "import_id", "last_action"])
    if not place.item.control:
        telling.answered("ANNOTATION_UPDATED", turned.assignment)
    return turned.assignment


@transaction.atomic
def delete_answer(*, place: Assignment, by: User) -> None:
    """Take an answer or a skip back: its item wants one more again, of the same person too."""
    kept = StudioAnswer.objects.filter(pk=place.pk).first()
    _take_back(place, by)
    if not place.item.control:
        telling.answers_gone(place.item.project, [kept.number if kept else place.pk])


def _take_back(place: Assignment, by: User) -> None:
    _check_open(place, by)
    annotation = getattr(place, "annotation", None)
    Draft.objects.filter(assignment=place).delete()
    if annotation is not None:
        revise.retract(annotation=annotation, by=by)
    else:
        outside.take_skip_back(place, by)


@transaction.atomic
def draft(
    *, item: Item, expert: Expert, by: User, given: Mapping[str, Any], kept: Draft | None = None
) -> Draft:
    """Keep work in progress: the item is the expert's then, as if they had opened it. `kept`: the draft to change."""
    schema, _guideline = newest(item.project)
    found = outside.read(schema, item, given.get("result", []))
    place = outside.claim(item=item, expert=expert, by=by)
    if kept is not None:
        place = kept.assignment
    elif place.outcome in {Outcome.SUBMITTED, Outcome.SKIPPED}:
        place = outside.beside(place, Outcome.RETURNED)
    result = label.check_result(schema.schema, item, found.result, complete=False).result
    values = {
        "result": result,
        "brought": given.get("result", []),
        "seconds": min(given.get("lead_time") or 0, label.MAX_SECONDS),
        "saved_at": timezone.now(),
    }
    before = Draft.objects.select_for_update(no_key=True).filter(assignment=place).first()
    if before is None:
        return Draft.objects.create(assignment=place, revision=1, **values)
    for name, value in {**values, "revision": before.revision + 1}.items():
        setattr(before, name, value)
    before.save()
    return before


@transaction.atomic
def back_to_draft(*, place: Assignment, by: User) -> Draft:
    """Take an answer back and keep what it said as a draft of the same person."""
    kept = outside.kept_of(place, by)
    given = {"result": kept.result, "lead_time": kept.lead_time}
    delete_answer(place=place, by=by)
    return draft(item=place.item, expert=place.expert, by=by, given=given)


@transaction.atomic
def draft_change(*, place: Assignment, by: User, given: Mapping[str, Any]) -> Draft:
    """Keep a change of an answer that stands as a draft; the answer stays until it is changed itself."""
    found = outside.read(newest(place.item.project)[0], place.item, given.get("result", []))
    values = {
        "result": found.result,
        "brought": given.get("result", []),
        "seconds": min(given.get("lead_time") or 0, label.MAX_SECONDS),
        "saved_at": timezone.now(),
    }
    before = Draft.objects.select_for_update(no_key=True).filter(assignment=place).first()
    revision = before.revision + 1 if before else 1
    made, _new = Draft.objects.update_or_create(assignment=place, defaults={**values, "revision": revision})
    return made


@transaction.atomic
def take(*, item: Item, expert: Expert, by: User) -> Assignment | None:
    """Lease an item by name; None where no slot is free, or the person has done with it."""
    place = outside.claim(item=item, expert=expert, by=by)
    if place.outcome:
        transaction.set_rollback(True)
        return None
    return place


@transaction.atomic
def delete_draft(*, draft: Draft, by: User) -> None:
    """Throw work in progress away, and give the item back."""
    assignment = draft.assignment
    draft.delete()
    if assignment.outcome == "":
        answering.give_back(assignment=assignment, by=by)
    outside.put_aside(assignment)
    outside.tell("draft.deleted", assignment, by, {})
