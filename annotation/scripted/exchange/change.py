"""What changed over there since it came: data, answers, predictions and drafts that are new or say something else."""

import uuid
from typing import Any

from django.db import transaction

from annotation.formats.label_studio_task import task_of
from annotation.formats.messages import FormatError
from annotation.models import Draft, Item, Prediction, StudioAnswer, StudioTwin, TwinKind
from annotation.models.studio_counts import answers
from annotation.refuse import refusal
from annotation.scripted.answers import answer, change_answer
from annotation.scripted.exchange.keep import (
    Inward,
    detail,
    keep_draft,
    keep_new,
    keep_prediction,
    meet,
    of_items,
    place_of,
)
from annotation.scripted.exchange.words import Said, digest_of, note_losses, number_of, parts_of, task_digest
from annotation.scripted.items import change_item
from annotation.scripted.predictions import change_prediction, predict
from annotation.stages.outside import Sent
from core import faults
from core.refusals import InvalidInput, Refusal


def keep_page(way: Inward, tasks: list[dict[str, Any]]) -> None:
    """Store what of a page is new or has changed."""
    tasks = [task for task in tasks if _is_sound(way, task)]
    for task in tasks:
        meet(way, task)
    numbers = [number for task in tasks if (number := number_of(task)) is not None]
    known = way.twins(TwinKind.ITEM, numbers)
    fresh = [task for task in tasks if number_of(task) not in known]
    if fresh:
        keep_new(way, fresh)
    items = of_items(twin.ours for twin in known.values())
    for task in tasks:
        twin = known.get(number_of(task) or 0)
        if twin is None:
            continue
        if twin.digest == task_digest(task):
            way.report.carried["unchanged"] += 1
            continue
        item = items.get(twin.ours)
        if item is None or item.deleted_at:
            way.report.lose("refused", f"{place_of(task)}: deleted here")
            continue
        _changed(way, task, item, twin)


def _is_sound(way: Inward, task: dict[str, Any]) -> bool:
    """Whether all of it could be stored: that is asked of what changed as of what is new."""
    nobody: dict[str, Any] = {
        name: _without_authors(task[name]) for name in ("annotations", "drafts") if name in task
    }
    try:
        task_of(task | nobody, place_of(task))
    except FormatError as error:
        said = refusal(error, InvalidInput)
        way.report.lose("refused", f"{place_of(task)}: {said.sentence} ({said.where or ''})")
        return False
    return True


def _without_authors(parts: Any) -> Any:
    if not isinstance(parts, list):
        return parts
    authors = {"completed_by", "user"}
    return [
        {name: part for name, part in one.items() if name not in authors} if isinstance(one, dict) else one
        for one in parts
    ]


def _changed(way: Inward, task: dict[str, Any], item: Item, twin: StudioTwin) -> None:
    """One transaction for a task; each part that is refused is listed, and tried again the next time."""
    place, whole = place_of(task), True
    with transaction.atomic():
        whole &= _try(way, f"{place}.data", lambda: _data(way, task, item))
        for kind, carry in (("prediction", _prediction), ("annotation", _answer), ("draft", _draft)):
            parts = parts_of(task, kind)
            known = way.twins(kind, [number for one in parts if (number := number_of(one)) is not None])
            for said in parts:
                number = number_of(said)
                before = known.get(number) if number is not None else None
                if number is None or (before and before.digest == digest_of(kind, said)):
                    continue
                where = f"{place}.{kind}s[{number}]"
                whole &= _try(way, where, lambda c=carry, s=said, b=before: c(way, s, item, b))
        _note_gone(way, task, item)
        if whole:
            way.remember(TwinKind.ITEM, task, item.pk, task_digest(task))
        faults.point("exchange.before_commit")
    note_losses(task, place, way.server, way.report)
    way.report.carried["items_changed"] += 1
    faults.point("exchange.after_page")


def _try(way: Inward, place: str, act: Any) -> bool:
    try:
        with transaction.atomic():
            act()
    except Refusal as refused:
        way.report.lose("refused", f"{place}: {refused.sentence}")
        return False
    return True


def _data(way: Inward, task: Said, item: Item) -> None:
    given = {"data": task["data"], "meta": task.get("meta") or {}}
    if given["data"] != item.data or given["meta"] != item.meta:
        change_item(item=item, by=way.by, given=given)


def _answer(way: Inward, said: Said, item: Item, before: StudioTwin | None) -> None:
    given: dict[str, Any] = {
        "result": said.get("result") or [],
        "was_cancelled": bool(said.get("was_cancelled")),
        "lead_time": said.get("lead_time"),
        "ground_truth": bool(said.get("ground_truth")),
    }
    place = (
        answers().filter(pk=before.ours).select_related("item__project", "expert").first() if before else None
    )
    if place is not None:
        stored = change_answer(place=place, by=way.by, given=given).pk
        way.report.carried["annotations_changed"] += 1
    else:
        expert = way.people.experts[way.people.address(said.get("completed_by"))]
        sent = Sent(
            result=given["result"],
            lead_time=given["lead_time"],
            cancelled=given["was_cancelled"],
            ground_truth=given["ground_truth"],
            unique_id=_name(said),
        )
        stored = answer(item=item, expert=expert, by=way.by, sent=sent).pk
        StudioAnswer.objects.filter(pk=stored).update(import_id=number_of(said))
        way.report.carried["annotations"] += 1
    way.remember(TwinKind.ANNOTATION, said, stored, digest_of("annotation", said))
    detail(way, said)


def _name(said: Said) -> uuid.UUID:
    try:
        return uuid.UUID(str(said.get("unique_id")))
    except ValueError:
        return uuid.uuid4()


def _prediction(way: Inward, said: Said, item: Item, before: StudioTwin | None) -> None:
    given = {
        "model_version": str(said.get("model_version") or "")[:100],
        "score": said.get("score"),
        "result": said.get("result") or [],
    }
    old = (
        Prediction.objects.filter(pk=before.ours).select_related("item__project").first() if before else None
    )
    if old is not None:
        change_prediction(prediction=old, by=way.by, given=given)
    else:
        old = predict(item=item, by=way.by, given=given)
    way.report.carried["predictions"] += 1
    keep_prediction(way, said, old)


def _draft(way: Inward, said: Said, item: Item, before: StudioTwin | None) -> None:
    keep_draft(way, said, item, before.ours if before else None)
    way.report.carried["drafts"] += 1


def _note_gone(way: Inward, task: Said, item: Item) -> None:
    """What was taken back there stays here: somebody should know."""
    mine = {
        "annotation": StudioAnswer.objects.filter(item=item).values("pk"),
        "prediction": Prediction.objects.filter(item=item).values("pk"),
        "draft": Draft.objects.filter(assignment__item=item).values("pk"),
    }
    for kind, rows in mine.items():
        there = [number for one in parts_of(task, kind) if (number := number_of(one)) is not None]
        twins = StudioTwin.objects.filter(
            project=item.project, server=way.server, outward=False, kind=kind, ours__in=rows
        )
        for number in twins.exclude(theirs__in=there).values_list("theirs", flat=True):
            way.report.lose("gone", f"{place_of(task)}.{kind}s[{number}]")
