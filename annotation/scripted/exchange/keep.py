"""Store a page of their tasks, with all that hangs on them: the new ones here, what changed in `change`."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from annotation.formats.label_studio_config import data_keys
from annotation.formats.label_studio_task import task_of
from annotation.formats.messages import FormatError
from annotation.models import (
    Assignment,
    Draft,
    Item,
    Prediction,
    Project,
    StudioAnswer,
    StudioTwin,
    TwinKind,
)
from annotation.models.assignment import Outcome
from annotation.models.newest import newest_schema
from annotation.refuse import refusal
from annotation.scripted.exchange.people import People
from annotation.scripted.exchange.report import Report
from annotation.scripted.exchange.words import Said, digest_of, note_losses, number_of, parts_of, task_digest
from annotation.stages import ingest, label
from annotation.studio import telling
from core import faults
from core.models import User
from core.refusals import InvalidInput, Refusal


@dataclass
class Inward:
    """Where things come from and to. `server`: its address, or `file:` and a name."""

    project: Project
    by: User
    server: str
    people: People
    report: Report
    name: str

    def twins(self, kind: str, numbers: Iterable[int]) -> dict[int, StudioTwin]:
        """What has come already, by its number there."""
        rows = StudioTwin.objects.filter(project=self.project, server=self.server, outward=False, kind=kind)
        return {int(one.theirs or 0): one for one in rows.filter(theirs__in=list(numbers))}

    def remember(self, kind: str, said: Said, ours: int, digest: str) -> None:
        """It came; what tells no number of its own cannot be known again."""
        number = number_of(said)
        if number is None:
            return
        StudioTwin.objects.update_or_create(
            project=self.project,
            server=self.server,
            outward=False,
            kind=kind,
            theirs=number,
            defaults={"ours": ours, "digest": digest},
        )


def keep_new(way: Inward, tasks: Sequence[dict[str, Any]]) -> None:
    """Store tasks that are not here: all of them, or, where one is refused, each on its own; those are listed."""
    try:
        with transaction.atomic():
            # Another pull may be at the same page.
            Project.objects.select_for_update(no_key=True).get(pk=way.project.pk)
            there = way.twins(
                TwinKind.ITEM, [number for one in tasks if (number := number_of(one)) is not None]
            )
            tasks = [one for one in tasks if number_of(one) not in there]
            if not tasks:
                return
            _stored(way, tasks)
    except Refusal as refused:
        if len(tasks) == 1:
            words = f"{refused.sentence} ({refused.where or ''})"
            way.report.lose("refused", f"{place_of(tasks[0])}: {words}")
            return
        for task in tasks:
            keep_new(way, [task])
        return
    for task in tasks:
        note_losses(task, place_of(task), way.server, way.report)
        way.report.carried["items"] += 1
        for kind in ("annotation", "prediction", "draft"):
            way.report.carried[f"{kind}s"] += len(parts_of(task, kind))
    faults.point("exchange.after_page")


def place_of(task: Said) -> str:
    """How a task is named to people: its number there."""
    return f"tasks[{task.get('id')}]"


def _stored(way: Inward, tasks: Sequence[dict[str, Any]]) -> None:
    project = way.project
    try:
        read = [task_of(named(way, task), place_of(task)) for task in tasks]
    except FormatError as error:
        raise refusal(error, InvalidInput) from error
    source = project.schemas.order_by("-version").values_list("source", flat=True)[0]
    brought = ingest.bring_tasks(
        project=project,
        by=way.by,
        tasks=read,
        authors=way.people.experts,
        content=json.dumps(tasks, ensure_ascii=False).encode("utf-8", "replace"),
        name=way.name,
        keys=data_keys(source),
    )
    pks = [item.pk for item in brought.items]
    answers = _by_item(StudioAnswer.objects.filter(item__in=pks))
    predictions = _by_item(Prediction.objects.filter(item__in=pks))
    for item, task in zip(brought.items, tasks, strict=True):
        item.project = project
        way.remember(TwinKind.ITEM, task, item.pk, task_digest(task))
        for said, answer in zip(parts_of(task, "annotation"), answers.get(item.pk, []), strict=True):
            way.remember(TwinKind.ANNOTATION, said, answer.pk, digest_of("annotation", said))
        for said, one in zip(parts_of(task, "prediction"), predictions.get(item.pk, []), strict=True):
            keep_prediction(way, said, one)
        for said in parts_of(task, "draft"):
            keep_draft(way, said, item)
    for task in tasks:
        for said in parts_of(task, "annotation"):
            detail(way, said)
    telling.items_came(project, pks)
    faults.point("exchange.before_commit")


def _by_item(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.item_id, []).append(row)
    return found


def meet(way: Inward, task: Said) -> None:
    """Find or make everybody whom a task names, before the transaction that stores it: that may be undone."""
    for kind, key in (("annotation", "completed_by"), ("draft", "user")):
        for said in parts_of(task, kind):
            way.people.address(said.get(key))


def named(way: Inward, task: Said) -> dict[str, Any]:
    """A task whose answers name their authors by address."""
    answers = [
        {**one, "completed_by": {"email": address}} if address else {**one, "completed_by": None}
        for one in parts_of(task, "annotation")
        for address in [way.people.address(one.get("completed_by"))]
    ]
    return {**task, **({"annotations": answers} if "annotations" in task else {})}


def keep_prediction(way: Inward, said: Said, one: Prediction) -> None:
    """Remember a prediction, and when it was made."""
    way.remember(TwinKind.PREDICTION, said, one.pk, digest_of("prediction", said))
    if made := moment(said.get("created_at")):
        Prediction.objects.filter(pk=one.pk).update(created_at=made)


def keep_draft(way: Inward, said: Said, item: Item, place: int | None = None) -> None:
    """Store work in progress in a place beside (`place` if it has one), so that it holds up nobody else's work."""
    schema = newest_schema(item.project)
    values = {
        "result": ingest.readable(schema, item, said.get("result") or []),
        "brought": said.get("result") or [],
        "seconds": min(max(said.get("lead_time") or 0, 0), label.MAX_SECONDS),
        "saved_at": moment(said.get("updated_at")) or timezone.now(),
    }
    pk = place or _place_beside(way, said, item).pk
    Draft.objects.update_or_create(
        assignment_id=pk, defaults=values, create_defaults={**values, "revision": 1}
    )
    way.remember(TwinKind.DRAFT, said, pk, digest_of("draft", said))


def _place_beside(way: Inward, said: Said, item: Item) -> Assignment:
    expert = way.people.experts[way.people.address(said.get("user"))]
    same = Assignment.objects.filter(item=item, expert=expert, round=item.round).order_by("-aside")
    now = timezone.now()
    return Assignment.objects.create(
        project=item.project,
        item=item,
        expert=expert,
        round=item.round,
        aside=(same.values_list("aside", flat=True).first() or 0) + 1,
        reasons=[{"code": "brought_in"}],
        leased_at=moment(said.get("created_at")) or now,
        lease_until=now,
        outcome=Outcome.RETURNED,
        ended_at=now,
    )


def detail(way: Inward, said: Said) -> None:
    """An answer's times, parents and last action, as they were told there. Its parents are here by now."""
    number = number_of(said)
    twin = way.twins(TwinKind.ANNOTATION, [number]).get(number) if number is not None else None
    if twin is None or number is None:
        return
    values: dict[str, Any] = {}
    for name in ("created_at", "updated_at"):
        if made := moment(said.get(name)):
            values[name] = made
    for name, kind in (
        ("parent_annotation", TwinKind.ANNOTATION),
        ("parent_prediction", TwinKind.PREDICTION),
    ):
        parent = said.get(name)
        found = way.twins(kind, [parent]).get(parent) if isinstance(parent, int) else None
        values[name] = found.ours if found else None
        if parent and not found:
            way.report.lose("more", f"annotations[{number}].{name}")
    if said.get("last_action"):
        values["last_action"] = str(said["last_action"])[:20]
    StudioAnswer.objects.filter(pk=twin.ours).update(**values)


def moment(text: Any) -> datetime | None:
    """A time as they tell it; none lies in the future."""
    try:
        found = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if found is None:
        return None
    return min(found if timezone.is_aware(found) else timezone.make_aware(found), timezone.now())


def of_items(pks: Iterable[int]) -> Mapping[int, Item]:
    """Items with their projects, by number."""
    return {one.pk: one for one in Item.objects.filter(pk__in=list(pks)).select_related("project", "lane")}
