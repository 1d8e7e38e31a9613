"""Put a release's folder in its place by one rename, bring it to its bucket, then publish it by one update."""

import json
import shutil

from django.db import transaction
from django.utils import timezone

from annotation.algorithms.canonical import sha256_hex
from annotation.formats.manifest import ENVELOPE, NAME, manifest_hash
from annotation.models import Project, Release
from annotation.models.release_announcing import announce_release
from annotation.models.release_manifest import MANIFEST
from annotation.stages.release.asking import tell
from annotation.stages.release.folders import folder_of, sync_folder, workshop_of
from annotation.stages.release.shipping import ship
from annotation.stages.release.writing import list_file
from core import faults, jobs
from core.models.job import JobState


def publish(running: jobs.Running, release: Release) -> None:
    """What stands in the folder after the rename is the release, whatever has changed since."""
    folder = folder_of(release)
    if not folder.exists():
        faults.point("release.rename")
        workshop_of(release).rename(folder)
        sync_folder(folder.parent)
    place = ship(release, folder, lambda: _step(running))
    manifest, envelope = (folder / NAME).read_bytes(), (folder / ENVELOPE).read_bytes()
    faults.point("release.publish")
    with transaction.atomic():
        running.step()
        for name, content in ((NAME, manifest), (ENVELOPE, envelope)):
            list_file(release, MANIFEST, name, sha256_hex(content), len(content))
        release.manifest, release.place = json.loads(manifest), place
        release.manifest_sha256 = manifest_hash(release.manifest)
        release.root = release.manifest["rows"]["root"]
        release.key = json.loads(envelope)["signatures"][0]["keyid"]
        release.published_at = timezone.now()
        release.save(update_fields=["manifest", "manifest_sha256", "root", "key", "place", "published_at"])
        tell(
            "release.published", release, None, {"manifest": release.manifest_sha256, "items": release.items}
        )
        announce_release(release)
    tidy(release)


def tidy(release: Release) -> None:
    """Take away what a published release does not need: its workshop, and its folder where it is in a bucket."""
    folder = folder_of(release)
    shutil.rmtree(folder.with_suffix(".part"), ignore_errors=True)
    if release.place:
        shutil.rmtree(folder, ignore_errors=True)


def tidy_failed(project: Project) -> None:
    """Take away what releases left behind that failed or were stopped: a full disk would stay full."""
    ended = project.releases.filter(
        published_at=None, held_at=None, job__state__in=[JobState.FAILED, JobState.STOPPED]
    )
    given_up = project.releases.exclude(dropped_at=None)
    for release in [*ended, *given_up]:
        shutil.rmtree(folder_of(release).with_suffix(".part"), ignore_errors=True)


def _step(running: jobs.Running) -> None:
    with transaction.atomic():
        running.step()
