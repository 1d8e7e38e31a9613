"""The answers that come in with tasks: who gave them, what Assay reads of them, and which of them count."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from annotation.formats.answers import Checked, read_answer
from annotation.formats.field_hashes import field_hashes
from annotation.formats.label_studio_answer import read_kept
from annotation.formats.label_studio_task import BroughtTask
from annotation.formats.messages import FormatError
from annotation.models import (
    Annotation,
    AnnotationVersion,
    Assignment,
    Batch,
    Guideline,
    Item,
    Judgement,
    LabelSchema,
    Project,
    StudioAnswer,
)
from annotation.models.assignment import Outcome, SkipReason
from annotation.models.noting import note
from annotation.refuse import refusal
from annotation.stages.ingest.barred import barred_from
from core.models import User
from core.refusals import InvalidInput
from experts.models import Expert


@dataclass
class _Place:
    """An answer that is to be stored, with its author and what Assay reads of it."""

    item: Item
    said: Mapping[str, Any]
    expert: Expert
    checked: Checked
    unread: int
    aside: int
    counts: bool
    assignment: Assignment = field(init=False)

    @property
    def cancelled(self) -> bool:
        return bool(self.said.get("was_cancelled"))

    @property
    def is_truth(self) -> bool:
        """Whether it says so itself. Label Studio takes what says nothing for it too: that settles nothing."""
        return self.counts and self.said.get("ground_truth") is True


def store_answers(
    batch: Batch,
    schema: LabelSchema,
    items: Sequence[Item],
    tasks: Sequence[BroughtTask],
    authors: Mapping[int | str, Expert],
) -> int:
    """Store the tasks' answers under their authors; how many. Raises InvalidInput naming the place."""
    places = [
        place
        for at, (item, task) in enumerate(zip(items, tasks, strict=True))
        for place in _places(schema, item, task.annotations, authors, f"tasks[{at}].annotations")
    ]
    if not places:
        return 0
    _leave_out_barred(batch.project, places)
    now = timezone.now()
    project = batch.project
    assignments = Assignment.objects.bulk_create(
        [
            Assignment(
                project=project,
                item=one.item,
                expert=one.expert,
                aside=one.aside,
                reasons=[{"code": "brought_in", **({"truth": True} if one.is_truth else {})}],
                leased_at=_time(one, "created_at", now),
                lease_until=now,
                outcome=Outcome.SKIPPED if one.cancelled else Outcome.SUBMITTED,
                ended_at=_time(one, "created_at", now),
                skip_reason=SkipReason.OTHER if one.cancelled else "",
            )
            for one in places
        ],
        batch_size=1000,
    )
    for one, assignment in zip(places, assignments, strict=True):
        one.assignment = assignment
    _store_said(batch, schema, [one for one in places if not one.cancelled], now)
    StudioAnswer.objects.bulk_create([_kept(one, batch.created_by, now) for one in places], batch_size=1000)
    _count_in(project, places, now)
    return len(places)


def _places(
    schema: LabelSchema,
    item: Item,
    answers: Sequence[Mapping[str, Any]],
    authors: Mapping[int | str, Expert],
    where: str,
) -> list[_Place]:
    seen: Counter[int] = Counter()
    places: dict[int, _Place] = {}
    # An answer counts and not a skip, where one person gave both; they stay in the order in which they came.
    for at, said in sorted(enumerate(answers), key=lambda one: bool(one[1].get("was_cancelled"))):
        author = author_of(said)
        expert = authors.get(author)
        if expert is None:
            error = FormatError("author_unknown", {"author": str(author)}, f"{where}[{at}].completed_by")
            raise refusal(error, InvalidInput)
        checked, unread = _checked(schema, item, said["result"])
        place = _Place(item, said, expert, checked, unread, aside=seen[expert.pk], counts=False)
        place.counts = not (place.cancelled or place.aside)
        seen[expert.pk] += 1
        places[at] = place
    return [places[at] for at in sorted(places)]


def _leave_out_barred(project: Project, places: Sequence[_Place]) -> None:
    """Answers of people whom a rule keeps from an item are kept, and count for nothing."""
    for expert in {one.expert.pk: one.expert for one in places}.values():
        theirs = [one for one in places if one.counts and one.expert.pk == expert.pk]
        barred = barred_from(project, expert, [one.item.pk for one in theirs])
        for one in theirs:
            one.counts = one.item.pk not in barred


def author_of(said: Mapping[str, Any]) -> int | str:
    """Whom an annotation names: an address, an id, or "" for nobody."""
    given = said.get("completed_by")
    if isinstance(given, dict):
        given = given.get("email") or given.get("id")
    return "" if given is None else given


def _checked(schema: LabelSchema, item: Item, result: Any) -> tuple[Checked, int]:
    """What Assay reads of an answer: all that its questions hold, or nothing where that does not fit together."""
    try:
        read = read_kept(schema.schema, item.data, result, also=None)
        return read_answer(schema.schema, item.data, read.result, complete=False), read.unread
    except FormatError:
        return Checked({}, []), len(result)


def _store_said(batch: Batch, schema: LabelSchema, places: Sequence[_Place], now: datetime) -> None:
    project, asked = batch.project, schema.schema
    guideline = Guideline.objects.filter(project=project).order_by("-version")[0]
    annotations = Annotation.objects.bulk_create(
        [
            Annotation(
                project=project,
                item=one.item,
                assignment=one.assignment,
                expert=one.expert,
                aside=one.aside,
                surplus=not one.counts,
                created_at=_time(one, "created_at", now),
            )
            for one in places
        ],
        batch_size=1000,
    )
    stored = AnnotationVersion.objects.bulk_create(
        [
            AnnotationVersion(
                annotation=annotation,
                label_schema=schema,
                guideline=guideline,
                result=one.checked.result,
                text_hashes=field_hashes(asked, one.item.data) if one.checked.result else {},
                seconds=min(max(one.said.get("lead_time") or 0, 0), 86400),
                created_by=batch.created_by,
                created_at=_time(one, "created_at", now),
            )
            for one, annotation in zip(places, annotations, strict=True)
        ],
        batch_size=1000,
    )
    for annotation, version in zip(annotations, stored, strict=True):
        annotation.current = version
    Annotation.objects.bulk_update(annotations, ["current"], batch_size=500)
    Judgement.objects.bulk_create(
        [
            Judgement(
                project=project,
                item=one.item,
                annotation=annotation,
                expert=one.expert,
                question=question,
                value=value,
            )
            for one, annotation in zip(places, annotations, strict=True)
            for question, value in one.checked.values.items()
        ],
        batch_size=1000,
    )


def _kept(one: _Place, by: User, now: datetime) -> StudioAnswer:
    said = one.said
    number = said.get("id")
    try:
        name = uuid.UUID(str(said.get("unique_id")))
    except ValueError:
        name = uuid.uuid4()
    return StudioAnswer(
        assignment=one.assignment,
        item=one.item,
        result=said["result"],
        cancelled=one.cancelled,
        ground_truth=said.get("ground_truth") is not False,
        lead_time=said.get("lead_time"),
        unique_id=name,
        import_id=number if isinstance(number, int) and abs(number) < 2**63 else None,
        last_action="imported",
        unread=one.unread,
        created_at=_time(one, "created_at", now),
        updated_at=_time(one, "updated_at", now),
        updated_by=by,
    )


def _time(one: _Place, name: str, now: datetime) -> datetime:
    """A moment as it was sent, else now; none lies in the future."""
    given = one.said.get(name)
    try:
        found = parse_datetime(given) if isinstance(given, str) else None
    except ValueError:
        found = None
    if found is None:
        return now
    return min(found if timezone.is_aware(found) else timezone.make_aware(found), now)


def _count_in(project: Project, places: Sequence[_Place], now: datetime) -> None:
    """Answers fill slots; an item has room for as many people as answered it."""
    counted = Counter(one.item.pk for one in places if one.counts)
    for many in sorted(set(counted.values())):
        pks = [pk for pk, count in counted.items() if count == many]
        wide = max(project.overlap, many)
        done = {"labelled_at": now} if many >= wide else {}
        for start in range(0, len(pks), 1000):
            Item.objects.filter(pk__in=pks[start : start + 1000]).update(overlap=wide, filled=many, **done)
    note(project.pk, sorted(counted))
