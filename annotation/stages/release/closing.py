"""What stands beside a release's rows: files of items, documents, the manifest and its signature."""

import os
import shutil

from django.core.files.storage import default_storage
from django.db import transaction

from annotation.algorithms.canonical import sha256_hex
from annotation.formats.manifest import ENVELOPE, NAME, FileEntry, manifest_bytes
from annotation.formats.release.documents import written
from annotation.formats.release.parquet import dataset_info
from annotation.models import Release
from annotation.models.release_facts import facts_of
from annotation.models.release_manifest import DOCUMENT, MANIFEST, Tally, manifest_of, tally_of
from annotation.models.release_view import view_of
from annotation.models.released_files import FOLDER, FORMAT, files_of
from annotation.stages.release.folders import leaves_of, sync_folder, workshop_of, write_durably
from annotation.stages.release.writing import leaves_files, list_file
from assay.merkle import Tree
from core import faults, jobs
from core.signing import sign_manifest

LEAF = 32
"""Bytes of a row's hash."""


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
    """The root over the rows, the documents, the manifest and its signature; what was for the making is tidied away."""
    workshop = workshop_of(release)
    root = _join_leaves(release)
    with transaction.atomic():
        running.step()
        release.root = root or release.root
        release.save(update_fields=["root"])
    tally = tally_of(running.job)
    _write_documents(running, release, tally)
    faults.point("release.join")
    manifest = manifest_of(release, tally)
    content = manifest_bytes(manifest)
    write_durably(workshop / NAME, content)
    faults.point("release.sign")
    envelope, release.key = sign_manifest(release.project.organisation, manifest, content)
    write_durably(workshop / ENVELOPE, envelope)
    for stray in [*workshop.glob(".leaves-*"), *workshop.rglob("*.tmp")]:
        stray.unlink(missing_ok=True)


def _write_documents(running: jobs.Running, release: Release, tally: Tally) -> None:
    rows = release.files.exclude(format__in=[DOCUMENT, MANIFEST]).order_by("path")
    files = [FileEntry(one.path, one.sha256, one.size, one.rows) for one in rows]
    info = dataset_info(view_of(release)) if "parquet" in release.formats else None
    for path, content in written(facts_of(release, tally, info), files).items():
        write_durably(workshop_of(release) / path, content)
        with transaction.atomic():
            running.step()
            list_file(release, DOCUMENT, path, sha256_hex(content), len(content))


def _join_leaves(release: Release) -> str:
    """The hashes of all rows in one file; the root over them, or nothing where that was done before."""
    files = leaves_files(release)
    if not all(file.exists() for file in files):
        return ""  # killed after they were tidied away
    tree, place = Tree(), leaves_of(release)
    partial = place.with_suffix(".tmp")
    with partial.open("wb") as out:
        for file in files:
            with file.open("rb") as source:
                while leaf := source.read(LEAF):
                    tree.grow(leaf)
                    out.write(leaf)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(place)
    return tree.root().hex()
