"""Take a file in: begin a batch, then store its rows in chunks that survive a kill at any line."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.formats.answers import AnswerInvalid, check_item, content_hash
from annotation.formats.known_answer import KnownAnswer, read_known
from annotation.formats.messages import FormatError
from annotation.formats.parties import parties_of
from annotation.formats.rows import BadRow, Position, Row, format_of, read_rows
from annotation.formats.schema import Schema
from annotation.models import Batch, BatchProblem, ControlItem, Item, ItemParty, Project
from annotation.models.access import may
from annotation.models.batch import Duplicates
from annotation.models.control import ControlUse
from annotation.models.lane import Lane, Signature, lanes_of
from annotation.refuse import fitting, refusal
from core import audit, faults, jobs
from core.models import User
from core.refusals import InvalidInput
from core.roles import Capability
from experts.jurisdictions import JURISDICTIONS
from experts.names import party_keys

CHUNK = 500
MOST_PRIORITY = 100
KEPT_PROBLEMS = 10_000
ROUTE_DELAY = 1.0  # seconds: chunks that come in meanwhile are opened at once


@transaction.atomic
def begin_batch(
    *,
    project: Project,
    by: User,
    file: File[Any],
    name: str,
    source: str = "",
    licence: str = "",
    rights: str = "",
    language: str = "",
    duplicates: str = Duplicates.SKIP,
    deidentified_statement: str = "",
) -> Batch:
    """Keep the file and write down the job that will read it. The format is the name's ending.

    Rights not stated here are the project's default, else the organisation's, copied now: later changes of a default
    change no batch. Raises InvalidInput.
    """
    try:
        format_ = format_of(name)
    except FormatError as error:
        raise refusal(error, InvalidInput) from error
    if duplicates not in Duplicates.values:
        raise InvalidInput(_("There is no such choice."), where="duplicates")
    rights_from, licence, rights = _rights(project, licence.strip(), rights.strip())
    statement = deidentified_statement.strip()
    batch = Batch(
        project=project,
        name=PurePath(name).name[:200],
        format=format_,
        source=fitting(Batch, "source", source.strip()),
        licence=fitting(Batch, "licence", licence),
        rights=rights,
        rights_from=rights_from,
        language=fitting(Batch, "language", language.strip()) or project.language,
        duplicates=duplicates,
        deidentified_statement=statement,
        deidentified_by=by if statement else None,
        deidentified_at=timezone.now() if statement else None,
        created_by=by,
    )
    batch.file.save(f"{batch.uid}.{format_}", file, save=False)
    batch.size = batch.file.size
    batch.save()
    batch.job = jobs.enqueue(
        "ingest",
        args={"batch": batch.pk},
        project_id=project.pk,
        organisation_id=project.organisation_id,
        by=by,
        total=batch.size,
    )
    batch.save(update_fields=["job"])
    _tell(
        "batch.begun",
        batch,
        by,
        {"licence": licence, "rights_from": rights_from, "deidentified": bool(statement)},
    )
    return batch


def _rights(project: Project, licence: str, rights: str) -> tuple[str, str, str]:
    if licence or rights:
        return "batch", licence, rights
    if project.licence or project.rights:
        return "project", project.licence, project.rights
    organisation = project.organisation
    if organisation.default_licence or organisation.default_rights:
        return "organisation", organisation.default_licence, organisation.default_rights
    return "", "", ""


def _tell(action: str, batch: Batch, by: User | None, changes: dict[str, Any]) -> None:
    audit.record(
        action,
        by=by,
        on=batch,
        project_id=batch.project_id,
        organisation_id=batch.project.organisation_id,
        changes=changes,
    )


def _route_later(batch: Batch) -> None:
    project = batch.project
    jobs.enqueue_once(
        "route",
        args={"batch": batch.pk},
        key=f"route:{batch.pk}",
        project_id=project.pk,
        organisation_id=project.organisation_id,
    )


def _route_chunk_later(batch: Batch, after: int) -> None:
    """Route what came in behind the item `after`. Folded with earlier chunks, whose `after` is lower and stays."""
    project = batch.project
    jobs.enqueue_once(
        "route",
        args={"batch": batch.pk, "after": after},
        key=f"route:{batch.pk}:chunks",
        delay=ROUTE_DELAY,
        project_id=project.pk,
        organisation_id=project.organisation_id,
    )


@transaction.atomic
def state_rights(*, batch: Batch, by: User, licence: str = "", rights: str = "") -> None:
    """State the right to use a batch afterwards, and route what waited for it."""
    if not (licence.strip() or rights.strip()):
        raise InvalidInput(_("State a licence or a right to use."), where="licence")
    Batch.objects.filter(pk=batch.pk).update(
        licence=fitting(Batch, "licence", licence.strip()), rights=rights.strip(), rights_from="batch"
    )
    _tell("batch.rights_stated", batch, by, {"licence": licence.strip()})
    _route_later(batch)


@transaction.atomic
def state_deidentified(*, batch: Batch, by: User, statement: str) -> None:
    """A named person's word that nobody can be recognised in this batch, and route what waited for it."""
    if not statement.strip():
        raise InvalidInput(_("Say how the texts were de-identified."), where="statement")
    Batch.objects.filter(pk=batch.pk).update(
        deidentified_statement=statement.strip(), deidentified_by=by, deidentified_at=timezone.now()
    )
    _tell("batch.deidentified", batch, by, {"statement": audit.digest(statement)})
    _route_later(batch)


def store_rows(running: jobs.Running) -> dict[str, Any]:
    """The job: read the file from where the last chunk ended, and store it chunk by chunk.

    Each chunk asks for its own routing, so that what is stored is opened however the import ends.
    """
    batch = Batch.objects.select_related("project__organisation", "created_by").get(
        pk=running.job.args["batch"]
    )
    schema = batch.project.schemas.order_by("-version")[0].schema
    with batch.file.open("rb") as file:
        saved = running.job.args.get("position")
        rows = read_rows(
            file.file, format_of(batch.file.path), start=Position.from_json(saved) if saved else None
        )
        for chunk in _chunks(rows, CHUNK):
            with transaction.atomic():
                end = chunk[-1].end
                running.step(done=end.offset, args={"position": end.to_json()})
                _store_chunk(batch, schema, chunk)
                faults.point("ingest.in_chunk")
            faults.point("ingest.after_chunk")
    with transaction.atomic():
        running.step(done=batch.size)
        Batch.objects.filter(pk=batch.pk).update(stored_at=timezone.now())
        _tell("batch.stored", batch, None, {"stored": batch.items_stored, "bad": batch.rows_bad})
        _route_later(batch)
        jobs.enqueue_once(
            "count_conflicts",
            args={"project": batch.project_id},
            key=f"count_conflicts:{batch.project_id}",
            project_id=batch.project_id,
            organisation_id=batch.project.organisation_id,
            keep=False,
        )
    return {"stored": Item.objects.filter(batch=batch).count()}


def signature_of(extra: Mapping[str, Any], language: str) -> Signature:
    """What a row asks of people, by its reserved keys; raises FormatError."""
    jurisdiction = extra.get("assay_jurisdiction", "").upper()
    if jurisdiction and jurisdiction not in JURISDICTIONS:
        raise FormatError("jurisdiction_unknown", {"key": "_jurisdiction"})
    try:
        due = date.fromisoformat(extra["assay_due"]) if "assay_due" in extra else None
    except ValueError as error:
        raise FormatError("due_not_a_day", {"key": "_due"}) from error
    try:
        priority = int(extra.get("assay_priority", "0"))
    except ValueError as error:
        raise FormatError("priority_not_a_number", {"key": "_priority"}) from error
    if not -MOST_PRIORITY <= priority <= MOST_PRIORITY:
        raise FormatError("priority_not_a_number", {"key": "_priority"})
    return Signature(
        kind=extra.get("assay_kind", ""),
        speciality=extra.get("assay_speciality", "").casefold()[:200],
        jurisdiction=jurisdiction,
        language=extra.get("assay_language") or language,
        room=extra.get("assay_room", ""),
        priority=priority,
        due_on=due,
    )


def _chunks(rows: Iterable[Row | BadRow], size: int) -> Iterator[list[Row | BadRow]]:
    iterator = iter(rows)
    while chunk := list(itertools.islice(iterator, size)):
        yield chunk


def _store_chunk(batch: Batch, schema: Schema, chunk: list[Row | BadRow]) -> None:
    bad = [row for row in chunk if isinstance(row, BadRow)]
    good: list[Row] = []
    parties: list[set[str]] = []
    asked: list[Signature] = []
    known: dict[int, KnownAnswer] = {}
    tests = any(isinstance(row, Row) and "assay_answer" in row.extra for row in chunk)
    leads = tests and may(batch.created_by, batch.project, Capability.LEAD_PROJECT)
    for row in chunk:
        if isinstance(row, Row):
            try:
                check_item(schema, row.data)
                named, signature = _parties(batch.project, row), signature_of(row.extra, batch.language)
                if answer := _known(schema, row, leads=leads):
                    known[row.end.offset] = answer
                parties.append(named)
                asked.append(signature)
                good.append(row)
            except (AnswerInvalid, FormatError) as error:
                bad.append(BadRow(row.line, error.code, row.end, error.params))
    lanes = lanes_of(batch.project, asked)
    items = [_item(batch, row, lanes[signature]) for row, signature in zip(good, asked, strict=True)]
    for item in items:
        item.control = item.offset in known
    before = set()
    if batch.duplicates == Duplicates.SKIP:
        hashes = {item.content_hash for item in items}
        before = set(
            Item.objects.filter(project=batch.project, content_hash__in=hashes, copy=0).values_list(
                "content_hash", flat=True
            )
        )
    fresh = [item for item in items if item.copy or item.content_hash not in before]
    # Another import may store the same content meanwhile: the constraint decides, and the count is of what came in.
    Item.objects.bulk_create(fresh, ignore_conflicts=True)
    mine = Item.objects.filter(batch=batch, offset__in=[item.offset for item in items])
    stored, first = mine.aggregate(stored=Count("pk"), first=Min("pk")).values()
    _store_parties(batch, items, parties)
    _store_controls(batch, good, known)
    if stored:
        _route_chunk_later(batch, first - 1)
    _keep_problems(batch, bad)
    batch.items_stored += stored
    batch.items_repeated += len(items) - stored
    batch.rows_bad += len(bad)
    batch.save(update_fields=["items_stored", "items_repeated", "rows_bad"])


def _known(schema: Schema, row: Row, *, leads: bool) -> KnownAnswer | None:
    """The row's known answer, if it has one: then it is a control item. `leads`: who brings it in leads the project.

    Raises FormatError.
    """
    extra = row.extra
    if "assay_answer" not in extra:
        for key in ("_explanation", "_use"):
            if f"assay{key}" in extra:
                raise FormatError("known_missing", {"key": key})
        return None
    if extra.get("assay_use", ControlUse.BOTH) not in ControlUse.values:
        raise FormatError("known_use")
    if not leads:
        raise FormatError("known_not_lead")
    return read_known(schema, row.data, extra["assay_answer"])


def _store_controls(batch: Batch, rows: list[Row], known: Mapping[int, KnownAnswer]) -> None:
    """The known answers of the rows that came in; content that was here before stays what it is."""
    if not known:
        return
    extra = {row.end.offset: row.extra for row in rows}
    stored = Item.objects.filter(batch=batch, offset__in=known, control=True)
    ControlItem.objects.bulk_create(
        [
            ControlItem(
                project=batch.project,
                item_id=pk,
                answer=known[offset].values,
                result=known[offset].result,
                explanation=extra[offset].get("assay_explanation", ""),
                use=extra[offset].get("assay_use", ControlUse.BOTH),
                created_by=batch.created_by,
            )
            for pk, offset in stored.values_list("pk", "offset")
        ],
        ignore_conflicts=True,
    )


def _keep_problems(batch: Batch, bad: list[BadRow]) -> None:
    room = max(0, KEPT_PROBLEMS - batch.rows_bad)
    BatchProblem.objects.bulk_create(
        [
            BatchProblem(batch=batch, line=row.line, offset=row.end.offset, code=row.code, params=row.params)
            for row in bad[:room]
        ],
        ignore_conflicts=True,
    )


def _parties(project: Project, row: Row) -> set[str]:
    """The keys of everybody the row names: in its `_parties`, and in the project's field of the data."""
    named = list(row.extra.get("assay_parties", []))
    field = project.party_field
    if field and row.data.get(field) not in (None, ""):
        named += parties_of(row.data[field], field)
    return {key for party in named for key in party_keys(**party)}


def _store_parties(batch: Batch, items: list[Item], parties: list[set[str]]) -> None:
    """Also for content that was here before: whoever is named with it by any batch is its party."""
    named = [(item, keys) for item, keys in zip(items, parties, strict=True) if keys]
    if not named:
        return
    hashes = {item.content_hash for item, _keys in named}
    stored = Item.objects.filter(
        project=batch.project, content_hash__in=hashes, copy__in={item.copy for item, _keys in named}
    )
    ids = {(text, copy): pk for pk, text, copy in stored.values_list("pk", "content_hash", "copy")}
    ItemParty.objects.bulk_create(
        [
            ItemParty(project=batch.project, item_id=ids[item.content_hash, item.copy], key=key)
            for item, keys in named
            for key in sorted(keys)
        ],
        ignore_conflicts=True,
    )


def _item(batch: Batch, row: Row, lane: Lane) -> Item:
    extra = row.extra
    return Item(
        project=batch.project,
        batch=batch,
        lane=lane,
        line=row.line,
        offset=row.end.offset,
        data=row.data,
        meta=extra.get("meta", {}),
        content_hash=content_hash(row.data),
        copy=(batch.pk << 40) + row.end.offset if batch.duplicates == Duplicates.KEEP else 0,
        group_key=extra.get("assay_group", ""),
        source=extra.get("assay_source") or batch.source,
        licence=extra.get("assay_licence", ""),
        language=lane.language,
        overlap=batch.project.overlap,
    )
