"""What stands beside a release's rows: files of items, the manifest."""

import os
import shutil

from django.core.files.storage import default_storage
from django.db import transaction

from annotation.formats.manifest import manifest_bytes
from annotation.models import Release
from annotation.models.release_manifest import manifest_of
from annotation.models.released_files import FOLDER, FORMAT, files_of
from annotation.stages.release.folders import leaves_of, sync_folder, workshop_of, write_durably
from annotation.stages.release.writing import leaves_files, list_file
from core import faults, jobs


def bring_files(running: jobs.Running, release: Release) -> None:
    """Copy the files that its items show. One that is there came by a rename, so it is whole."""
    folder = workshop_of(release) / FOLDER
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
            list_file(release, FORMAT, f"{FOLDER}/{path.name}", asset.sha256, asset.size)
        faults.point("release.file")
    sync_folder(folder)


def close(running: jobs.Running, release: Release) -> None:
    """Join the hashes of the rows, write the manifest, sign it, and tidy what was only for the making."""
    workshop = workshop_of(release)
    _join_leaves(release)
    manifest = manifest_of(release, running.job)
    faults.point("release.join")
    write_durably(workshop / "manifest.json", manifest_bytes(manifest))
    for stray in [*workshop.glob(".leaves-*"), *workshop.rglob("*.tmp")]:
        stray.unlink(missing_ok=True)


def _join_leaves(release: Release) -> None:
    files = leaves_files(release)
    if not all(file.exists() for file in files):
        return  # killed after they were tidied away
    place = leaves_of(release)
    partial = place.with_suffix(".tmp")
    with partial.open("wb") as out:
        for file in files:
            with file.open("rb") as source:
                shutil.copyfileobj(source, out)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(place)
