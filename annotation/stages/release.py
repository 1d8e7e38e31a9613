"""Freeze settled items into an immutable, hashed set of files: freeze rows, write shards, join, publish.

Each step can be killed and run again: members are rows, shards are files that appear by a rename after an fsync, and
the release is published by one conditional update. Until then nobody is shown a file of it.
"""

import json
import os
import shutil
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.formats.manifest import FileEntry, ReleaseFacts, build_manifest, manifest_bytes, manifest_hash
from annotation.formats.release_files import WRITERS, Written, join_shards, write_shards
from annotation.models import (
    Agreement,
    Item,
    Project,
    Release,
    ReleaseFile,
    ReleaseMember,
    Unfolded,
)
from annotation.models.agreement import AgreementQuerySet
from annotation.models.release_frozen import frozen_gold, frozen_versions
from annotation.models.release_rows import Facts, rows_between
from annotation.models.released_files import FOLDER, FORMAT, files_facts, files_of
from core import audit, faults, jobs
from core.models import Job, User
from core.models.job import JobState
from core.refusals import InvalidInput, NotFound

FREEZE_AT_ONCE = 1000
SHARD_ROWS = 5000


@transaction.atomic
def request_release(*, project: Project, by: User, files: bool = False) -> Release:
    """Number a release and write down the job that makes it. Raises InvalidInput when nothing is settled.

    It names the PDFs and pictures that items show by their hashes; with `files` it holds them too.
    """
    project = (
        Project.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=project.pk)
    )
    if not Item.objects.filter(project=project, bad_at=None).exclude(settled_at=None).exists():
        raise InvalidInput(
            _("No item is settled yet, so there is nothing to release."),
            action=_("Wait until items have reached their overlap and their disputes are decided."),
            code="nothing_settled",
        )
    last = project.releases.aggregate(top=Max("number"))["top"] or 0
    release = Release(
        project=project,
        number=last + 1,
        label_schema=project.schemas.order_by("-version")[0],
        guideline=project.guidelines.order_by("-version")[0],
        requested_by=by,
        created_at=timezone.now(),
    )
    release.save()
    release.job = jobs.enqueue(
        "release",
        args={
            "release": release.pk,
            "files": files,
            "noted": Unfolded.objects.filter(project=project).aggregate(top=Max("pk"))["top"] or 0,
        },
        project_id=project.pk,
        organisation_id=project.organisation_id,
        by=by,
    )
    release.save(update_fields=["job"])
    _tell("release.requested", release, by, {"number": release.number, "files": files})
    return release


def _tell(action: str, release: Release, by: User | None, changes: dict[str, Any]) -> None:
    project = release.project
    audit.record(
        action,
        by=by,
        on=release,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes=changes,
    )


def folder_of(release: Release) -> Path:
    """Where a published release stands."""
    return Path(settings.ASSAY_FILES) / "releases" / release.uid


def _workshop(release: Release) -> Path:
    path = folder_of(release).with_suffix(".part")
    path.mkdir(parents=True, exist_ok=True)
    return path


def file_path(release: Release, name: str) -> Path:
    """The file of a published release by the path its manifest gives; raises NotFound for anything else."""
    known = {*ReleaseFile.objects.filter(release=release, shard=None).values_list("path", flat=True)}
    path = folder_of(release) / name
    if release.published_at is None or name not in known or not path.is_file():
        raise NotFound
    return path


def build(running: jobs.Running) -> dict[str, Any]:
    """The job: freeze, hand the shards to child jobs, and when they are done join and publish."""
    release = Release.objects.select_related("project__organisation", "project__sector").get(
        pk=running.job.args["release"]
    )
    if release.published_at is not None:
        return {"items": release.items}
    if release.frozen_at is None:
        _freeze(running, release)
    if not Job.objects.filter(parent=running.job).exists():
        _hand_out_shards(running, release)
        return {}
    _join(running, release)
    if running.job.args.get("files") and not folder_of(release).exists():
        _bring_files(running, release)
    _publish(running, release)
    return {"items": release.items}


def _freeze(running: jobs.Running, release: Release) -> None:
    """Write down which items, gold labels and answers this release holds, before a byte of it is written."""
    project = release.project
    busy = Job.objects.filter(
        project_id=project.pk,
        kind__in=["measure", "advance", "fold"],
        state__in=[JobState.WAITING, JobState.RUNNING],
        created_at__lte=release.created_at,  # later work is not waited for: labelling may never pause
    )
    noted = Unfolded.objects.filter(project=project, pk__lte=running.job.args.get("noted", 0))
    if busy.exists() or noted.exists():
        raise jobs.NotYet  # its agreement is being measured: the figure belongs to the state that is released
    while True:
        with transaction.atomic():
            running.step()
            if not _freeze_some(release):
                release.items = release.members.count()
                release.frozen_at = timezone.now()
                release.agreement_run = _whole(project).current().aggregate(top=Max("run"))["top"]
                release.save(update_fields=["items", "frozen_at", "agreement_run"])
                return
        faults.point("release.freeze")


def _freeze_some(release: Release) -> bool:
    last = release.members.order_by("-position").values_list("position", "item_id").first() or (-1, 0)
    settled = Item.objects.filter(
        project=release.project,
        settled_at__lte=release.created_at,
        control=False,
        bad_at=None,
        pk__gt=last[1],
    )
    items = list(settled.order_by("pk").values_list("pk", flat=True)[:FREEZE_AT_ONCE])
    gold, versions = frozen_gold(release.project, items), frozen_versions(release.project, items)
    ReleaseMember.objects.bulk_create(
        ReleaseMember(
            release=release, position=last[0] + 1 + at, item_id=pk, gold=gold[pk], versions=versions[pk]
        )
        for at, pk in enumerate(items)
    )
    return bool(items)


def _hand_out_shards(running: jobs.Running, release: Release) -> None:
    starts = range(0, release.items, SHARD_ROWS)
    with transaction.atomic():
        running.step(done=0, total=len(starts))
        running.spawn(
            "release_shard",
            [{"release": release.pk, "shard": at, "first": first} for at, first in enumerate(starts)],
        )


def write_shard(running: jobs.Running) -> dict[str, Any]:
    """The child job: write one shard in every format; its result counts what it holds."""
    args = running.job.args
    release = Release.objects.select_related("project__organisation").get(pk=args["release"])
    first, last = args["first"], min(args["first"] + SHARD_ROWS, release.items)
    paths = [_workshop(release) / f"{writer.filename}.{args['shard']:05d}" for writer in WRITERS.values()]
    partials = [path.with_name(f"{path.name}.{running.token}.tmp") for path in paths]
    facts = Facts()
    with ExitStack() as files:
        outs = [files.enter_context(partial.open("wb")) for partial in partials]
        rows = facts.counted(rows_between(release, first, last))
        shards = write_shards(zip(WRITERS.values(), outs, strict=True), rows, first=first)
        faults.point("release.shard")
        for out in outs:
            out.flush()
            os.fsync(out.fileno())
    with transaction.atomic():
        running.step()
        for writer, path, partial, written in zip(WRITERS.values(), paths, partials, shards, strict=True):
            partial.replace(path)
            _list_shard(release, writer.name, args["shard"], path.name, written)
    return facts.to_json()


def _list_shard(release: Release, format_: str, shard: int, path: str, written: Written) -> None:
    ReleaseFile.objects.update_or_create(
        release=release,
        format=format_,
        shard=shard,
        defaults={"path": path, "sha256": written.sha256, "size": written.size, "rows": written.rows},
    )


def _join(running: jobs.Running, release: Release) -> None:
    workshop = _workshop(release)
    for writer in WRITERS.values():
        shards = list(release.files.filter(format=writer.name).exclude(shard=None).order_by("shard"))
        if not all((workshop / shard.path).exists() for shard in shards):
            return  # killed after the folder was put in place: what is left is to publish
        partial = workshop / f"{writer.filename}.tmp"
        with partial.open("wb") as out:
            streams = [((workshop / shard.path).open("rb"), shard.rows) for shard in shards]
            try:
                written = join_shards(writer, streams, out)
            finally:
                for stream, _rows in streams:
                    stream.close()
            out.flush()
            os.fsync(out.fileno())
        with transaction.atomic():
            running.step()
            partial.replace(workshop / writer.filename)
            _list_file(release, writer.name, writer.filename, written.sha256, written.size, written.rows)
        faults.point("release.join")


def _bring_files(running: jobs.Running, release: Release) -> None:
    """Copy the files that its items show. One that is there came by a rename, so it is whole."""
    folder = _workshop(release) / FOLDER
    folder.mkdir(exist_ok=True)
    for asset in files_of(release).iterator(chunk_size=500):
        path = folder / asset.file_name
        if not path.exists():
            partial = folder.with_name(f"{asset.file_name}.tmp")
            with default_storage.open(asset.path) as source, partial.open("wb") as out:
                shutil.copyfileobj(source, out)
                out.flush()
                os.fsync(out.fileno())
            partial.replace(path)
        with transaction.atomic():
            running.step()
            _list_file(release, FORMAT, f"{FOLDER}/{path.name}", asset.sha256, asset.size, 0)
        faults.point("release.file")
    _sync_folder(folder)


def _list_file(release: Release, format_: str, path: str, sha256: str, size: int, rows: int) -> None:
    ReleaseFile.objects.update_or_create(
        release=release,
        path=path,
        defaults={"format": format_, "shard": None, "sha256": sha256, "size": size, "rows": rows},
    )


def _publish(running: jobs.Running, release: Release) -> None:
    """Put the folder in place by one rename, then publish by one conditional update."""
    workshop, folder = folder_of(release).with_suffix(".part"), folder_of(release)
    if not folder.exists():
        manifest = _manifest(running, release)
        _write_durably(workshop / "manifest.json", manifest_bytes(manifest))
        for shard in release.files.exclude(shard=None):
            (workshop / shard.path).unlink(missing_ok=True)
        for stray in workshop.glob("*.tmp"):
            stray.unlink()
        faults.point("release.rename")
        workshop.rename(folder)
        _sync_folder(folder.parent)
    else:  # killed after the rename: what stands there is the release, whatever has changed since
        manifest = json.loads((folder / "manifest.json").read_bytes())
    faults.point("release.publish")
    with transaction.atomic():
        running.step()
        release.files.exclude(shard=None).delete()
        _list_file(
            release, "manifest", "manifest.json", manifest_hash(manifest), len(manifest_bytes(manifest)), 0
        )
        Release.objects.filter(pk=release.pk, published_at=None).update(
            published_at=timezone.now(), manifest=manifest, manifest_sha256=manifest_hash(manifest)
        )
        _tell(
            "release.published", release, None, {"manifest": manifest_hash(manifest), "items": release.items}
        )
    shutil.rmtree(workshop, ignore_errors=True)


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _whole(project: Project) -> AgreementQuerySet:
    """The figures of the project as a whole."""
    return Agreement.objects.filter(project=project, scope="")


def _manifest(running: jobs.Running, release: Release) -> dict[str, Any]:
    facts: dict[str, Counter[str]] = {}
    for result in Job.objects.filter(parent=running.job).order_by("pk").values_list("result", flat=True):
        for name, counts in result.items():
            facts.setdefault(name, Counter()).update(counts)
    measured = _whole(release.project).filter(run=release.agreement_run or 0).order_by("pk")
    agreement: dict[str, list[dict[str, Any]]] = {}
    for row in measured:
        agreement.setdefault(row.question, []).append(
            {"measure": row.measure, "label": row.label, "inputs_hash": row.inputs_hash, "seed": row.seed}
            | {"value": row.value, "low": row.low, "high": row.high, "reason": row.reason, "items": row.items}
        )
    files = [
        FileEntry(file.path, file.sha256, file.size, None if file.format == FORMAT else file.rows)
        for file in release.files.filter(shard=None).exclude(format="manifest")
    ]
    return build_manifest(
        ReleaseFacts(
            project=release.project.uid,
            sector=release.project.sector.key,
            items=release.items,
            annotations=sum(facts.get("annotators", Counter()).values()),
            annotators=len(facts.get("annotators", Counter())),
            labels=_by_question(facts.get("labels", Counter())),
            settled=_by_question(facts.get("settled", Counter())),
            agreement=agreement,
            schema_versions=[release.label_schema.version, *map(int, facts.get("schemas", {}))],
            guideline_versions=[release.guideline.version, *map(int, facts.get("guidelines", {}))],
            licences=facts.get("licences", Counter()),
            languages=facts.get("languages", Counter()),
            software=settings.ASSAY_VERSION,
            more={
                "name": release.project.name,
                "overlap": release.project.overlap,
                "bad_items": _bad_items(release),
                **files_facts(release, included=bool(running.job.args.get("files"))),
            },
        ),
        files,
    )


def _bad_items(release: Release) -> int:
    """How many settled items are left out because an adjudicator found that they cannot be judged."""
    return Item.objects.filter(
        project=release.project, settled_at__lte=release.created_at, control=False, bad_at__isnull=False
    ).count()


def _by_question(counts: Counter[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for key, count in sorted(counts.items()):
        question, label = key.split("\x1f", 1)
        found.setdefault(question, {})[label] = count
    return found
