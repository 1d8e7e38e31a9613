"""A release without the making of it: rows, and files of any content in the folder where one stands."""

import hashlib
from collections.abc import Mapping

from django.utils import timezone

from annotation.models import Release, ReleaseFile, ReleaseMember
from annotation.models.release_store import folder_of
from tests.cast import World

FILES = {
    "README.md": b"# Gold\n",
    "gold/train-00000-of-00002.jsonl": b'{"item": 1}\n' * 100,
    "gold/train-00001-of-00002.jsonl": b'{"item": 2}\n' * 70,
    "gold/test.jsonl": b"",
    "files/" + "a" * 64 + ".png": bytes(range(256)) * 6,
    "manifest.json": b'{"format":"assay-release/2"}\n',
    "manifest.dsse.json": b'{"payload":""}\n',
}


def stood(world: World, files: Mapping[str, bytes] = FILES, *, number: int = 900) -> Release:
    """A release that is made and in its folder, with its rows, and not yet published."""
    project = world.project
    release = Release.objects.create(
        project=project,
        number=number,
        label_schema=project.schemas.all()[0],
        guideline=project.guidelines.all()[0],
        requested_by=world.lead,
        about={"key": "breach"},
        items=170,
        root="ab" * 32,
        created_at=timezone.now(),
        frozen_at=timezone.now(),
    )
    for path, content in files.items():
        place = folder_of(release) / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        ReleaseFile.objects.create(
            release=release,
            format="any",
            path=path,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            rows=0,
        )
    return release


def publish(release: Release, place: str = "") -> Release:
    """Have it published, as the one update does it."""
    release.published_at, release.place = timezone.now(), place
    release.manifest_sha256 = release.files.get(path="manifest.json").sha256
    release.save(update_fields=["published_at", "place", "manifest_sha256"])
    return release


def of_the_first_format(release: Release) -> Release:
    """The same release as it was before format 2: no splits, gate, key; one record."""
    manifest = {
        name: value
        for name, value in release.manifest.items()
        if name
        in ("project", "sector", "software", "counts", "agreement", "schema_versions", "guideline_versions")
    }
    file = {"path": "gold.jsonl", "sha256": "ab" * 32, "size": 3, "rows": release.items}
    manifest |= {"format": "assay-release/1", "files": [file], "more": {"name": "Leases", "bad_items": 0}}
    older = Release.objects.create(
        project=release.project,
        number=800,
        label_schema=release.label_schema,
        guideline=release.guideline,
        items=release.items,
        manifest=manifest,
        manifest_sha256="cd" * 32,
        requested_by=release.requested_by,
        created_at=timezone.now(),
        frozen_at=timezone.now(),
    )
    for row in release.members.order_by("position"):
        ReleaseMember.objects.create(
            release=older, position=row.position, item_id=row.item_id, gold=row.gold, versions=row.versions
        )
    older.files.create(format="jsonl", path="gold.jsonl", sha256="ab" * 32, size=3, rows=release.items)
    older.published_at = timezone.now()
    older.save(update_fields=["published_at"])
    return older
