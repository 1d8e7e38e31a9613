"""Snapshots of a project's tasks, kept as files."""

import hashlib
import tempfile
from collections.abc import Iterable

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from annotation.models import Project, StudioExport
from core import audit
from core.models import User


def take_snapshot(*, project: Project, by: User, title: str, lines: Iterable[bytes]) -> StudioExport:
    """Keep these lines, a task each; they are read while they are written."""
    digest, many = hashlib.md5(usedforsecurity=False), 0
    made = StudioExport(
        project=project, created_by=by, title=title or f"Export {timezone.now():%Y-%m-%d %H:%M}"
    )
    with tempfile.TemporaryFile() as file:
        for line in lines:
            digest.update(line)
            file.write(line)
            many += 1
        file.seek(0)
        made.file.save(f"{project.uid}-{digest.hexdigest()[:12]}.jsonl", File(file), save=False)
    made.md5, made.counters, made.finished_at = digest.hexdigest(), {"task_number": many}, timezone.now()
    try:
        with transaction.atomic():
            made.save()
            audit.record(
                "project.exported",
                by=by,
                on=project,
                project_id=project.pk,
                organisation_id=project.organisation_id,
                changes={"items": many},
            )
    except BaseException:
        made.file.delete(save=False)
        raise
    return made


def drop_snapshot(snapshot: StudioExport, by: User) -> None:
    """Forget a snapshot; its file goes when the row is gone."""
    file, project = snapshot.file, snapshot.project
    with transaction.atomic():
        snapshot.delete()
        audit.record(
            "project.export_deleted",
            by=by,
            on=project,
            project_id=project.pk,
            organisation_id=project.organisation_id,
        )
        transaction.on_commit(lambda: file.delete(save=False))


@transaction.atomic
def note_conversion(snapshot: StudioExport, name: str) -> int:
    """Remember that a format was asked for; its number among the snapshot's."""
    locked = StudioExport.objects.select_for_update(no_key=True).get(pk=snapshot.pk)
    number = len(locked.converted) + 1
    locked.converted = [*locked.converted, {"id": number, "status": "completed", "export_type": name}]
    locked.save(update_fields=["converted"])
    return number
