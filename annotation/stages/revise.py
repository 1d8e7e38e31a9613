"""Correct an answer, take it back, or ask for more: what was made is made anew, unless an adjudicator has decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotation.formats.answers import Checked
from annotation.models import (
    Adjudication,
    Annotation,
    AnnotationVersion,
    Assignment,
    Dispute,
    GoldLabel,
    Guideline,
    Item,
    Judgement,
    LabelSchema,
)
from annotation.models.advancing import advance_soon
from annotation.models.noting import note
from annotation.models.settling import correct as correct_records
from annotation.models.settling import right_of
from core import audit, faults
from core.models import User
from core.refusals import AlreadyDone


@transaction.atomic
def correct(
    *,
    annotation: Annotation,
    schema: LabelSchema,
    guideline: Guideline,
    by: User,
    answer: Checked,
    hashes: Mapping[str, str],
    seconds: float,
) -> AnnotationVersion:
    """Store a new version of an answer; the older ones stay. Raises AlreadyDone for one that was taken back."""
    annotation = _locked(annotation)
    if annotation.current is None:
        raise AlreadyDone
    undoes = _counts(annotation) and _may_undo(annotation.item)
    before = right_of(annotation.item) if undoes else {}
    version = AnnotationVersion.objects.create(
        annotation=annotation,
        number=annotation.current.number + 1,
        label_schema=schema,
        guideline=guideline,
        result=answer.result,
        text_hashes=dict(hashes),
        predictions_shown=annotation.current.predictions_shown,
        blind=annotation.current.blind,
        seconds=seconds,
        created_by=by,
        created_at=timezone.now(),
    )
    Annotation.objects.filter(pk=annotation.pk).update(current=version)
    Judgement.objects.filter(annotation=annotation).delete()
    Judgement.objects.bulk_create(
        Judgement(
            project_id=annotation.project_id,
            item_id=annotation.item_id,
            annotation=annotation,
            expert_id=annotation.expert_id,
            question=question,
            value=value,
        )
        for question, value in answer.values.items()
    )
    if undoes:
        _undo(annotation.item, before)
        _go_on(annotation.item)
    _tell("annotation.corrected", annotation, by, {"version": version.number})
    faults.point("revise.before_commit")
    return version


@transaction.atomic
def retract(*, annotation: Annotation, by: User) -> None:
    """Take an answer back: its item wants one more again, of whom it will. Raises AlreadyDone."""
    annotation = _locked(annotation)
    undoes = _counts(annotation) and _may_undo(annotation.item)
    before = right_of(annotation.item) if undoes else {}
    aside = annotation.aside or _free_number(annotation)
    Annotation.objects.filter(pk=annotation.pk).update(retracted_at=timezone.now(), aside=aside)
    Assignment.objects.filter(pk=annotation.assignment_id).update(aside=aside)
    if undoes:
        _undo(annotation.item, before)
        _free_slot(annotation.item)
    note(annotation.project_id, [annotation.item_id])
    _tell("annotation.retracted", annotation, by, {})
    faults.point("revise.before_commit")


@transaction.atomic
def ask_anew(*, item_id: int, answers: int) -> None:
    """Have an open item ask for so many answers, though somebody has begun it. What an adjudicator decided stays.

    Fewer: slots that nobody holds are taken away; whoever calls sees to it that a complete item goes on.
    """
    item = Item.objects.select_related("project", "lane").get(pk=item_id)
    if not _may_undo(item):
        return
    item.refresh_from_db(fields=["overlap", "open_slots", "labelled_at"])
    more = max(answers - item.overlap, -item.open_slots)
    if more > 0 and item.labelled_at is not None:
        _undo(item, right_of(item))
    mine, slots = Item.objects.filter(pk=item.pk), F("open_slots") + more
    if more > 0:
        mine.requeue(overlap=F("overlap") + more, open_slots=slots, labelled_at=None)
    elif more < 0:
        mine.update(overlap=F("overlap") + more, open_slots=slots)


def _locked(annotation: Annotation) -> Annotation:
    """As it stands now, kept from everybody else. Raises AlreadyDone for one that was taken back."""
    rows = Annotation.objects.select_for_update(no_key=True, of=("self",)).filter(retracted_at=None)
    found = rows.select_related("current", "item__lane", "item__project").filter(pk=annotation.pk).first()
    if found is None:
        raise AlreadyDone
    return found


def _free_slot(item: Item) -> None:
    """One answer fewer. An item that is not open for work gets its slots when it is opened."""
    mine = Item.objects.filter(pk=item.pk)
    closed = mine.filter(routed_at=None).update(filled=F("filled") - 1, labelled_at=None)
    if not closed:
        mine.requeue(filled=F("filled") - 1, open_slots=F("open_slots") + 1, labelled_at=None)


def _free_number(annotation: Annotation) -> int:
    same = Assignment.objects.filter(
        item=annotation.item_id, expert=annotation.expert_id, round=annotation.round
    )
    return same.order_by("-aside").values_list("aside", flat=True)[0] + 1


def _counts(annotation: Annotation) -> bool:
    item = annotation.item
    return not (annotation.surplus or annotation.aside or item.control) and annotation.round == item.round


def is_decided(annotation: Annotation) -> bool:
    """Whether an adjudicator has decided on this answer: its author may know by now what it came to."""
    decided = Adjudication.objects.filter(dispute__item=annotation.item_id)
    return decided.filter(dispute__round=annotation.round).exists()


def _may_undo(item: Item) -> bool:
    """Lock what is made of the item's answers, and the item; False where an adjudicator's decision stands."""
    disputes = Dispute.objects.filter(item=item, round=item.round)
    list(disputes.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    list(Item.objects.select_for_update(no_key=True).filter(pk=item.pk).values_list("pk", flat=True))
    return not Adjudication.objects.filter(dispute__item=item, dispute__round=item.round).exists()


def _undo(item: Item, before: Mapping[int, bool]) -> None:
    """Undo what was made of the item's answers by itself.

    `before`: whose answers came out right until now (`settling.right_of`), asked before any of them changed.
    """
    Dispute.objects.filter(item=item, round=item.round).delete()
    GoldLabel.objects.current().filter(item=item).update(superseded_at=timezone.now())
    Item.objects.filter(pk=item.pk).update(agreed_at=None, settled_at=None)
    correct_records(item, before)


def _go_on(item: Item) -> None:
    advance_soon(item.pk, item.project)
    note(item.project_id, [item.pk])


def _tell(action: str, annotation: Annotation, by: User, changes: Mapping[str, Any]) -> None:
    audit.record(
        action,
        by=by,
        on=annotation,
        project_id=annotation.project_id,
        organisation_id=annotation.project.organisation_id,
        changes={"item": annotation.item.uid, **changes},
    )
