"""A release without the making of it: rows, and files of any content in the folder where one stands."""

import hashlib
from collections.abc import Mapping

from django.utils import timezone

from annotation.models import Release, ReleaseFile
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
