"""Put a release's folder in its place by one rename, then publish it by one conditional update."""

import json
import shutil

from django.db import transaction
from django.utils import timezone

from annotation.algorithms.canonical import sha256_hex
from annotation.formats.manifest import ENVELOPE, NAME, manifest_hash
from annotation.models import Release
from annotation.stages.release.asking import tell
from annotation.stages.release.folders import folder_of, sync_folder, workshop_of
from annotation.stages.release.writing import list_file
from core import faults, jobs


def publish(running: jobs.Running, release: Release) -> None:
    """What stands in the folder after the rename is the release, whatever has changed since."""
    folder = folder_of(release)
    if not folder.exists():
        faults.point("release.rename")
        workshop_of(release).rename(folder)
        sync_folder(folder.parent)
    manifest = json.loads((folder / NAME).read_bytes())
    faults.point("release.publish")
    with transaction.atomic():
        running.step()
        for name in (NAME, ENVELOPE):
            path = folder / name
            if path.exists():
                content = path.read_bytes()
                list_file(release, "manifest", name, sha256_hex(content), len(content))
        Release.objects.filter(pk=release.pk, published_at=None).update(
            published_at=timezone.now(), manifest=manifest, manifest_sha256=manifest_hash(manifest)
        )
        tell(
            "release.published", release, None, {"manifest": manifest_hash(manifest), "items": release.items}
        )
    shutil.rmtree(folder.with_suffix(".part"), ignore_errors=True)
