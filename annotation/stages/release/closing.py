"""What stands beside a release's rows: files of items, documents, the manifest and its signature."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext

from annotation.algorithms.canonical import sha256_hex
from annotation.formats.manifest import ENVELOPE, NAME, FileEntry, manifest_bytes
from annotation.formats.release.documents import written
from annotation.formats.release.parquet import dataset_info
from annotation.models import Asset, Release
from annotation.models.release_facts import facts_of
from annotation.models.release_manifest import DOCUMENT, MANIFEST, Tally, manifest_of, tally_of
from annotation.models.release_view import view_of
from annotation.models.released_files import FOLDER, FORMAT, files_of
from annotation.stages.release.folders import leaves_of, sync_folder, workshop_of, write_durably
from annotation.stages.release.writing import leaves_files, list_file
from assay.merkle import Tree
from core import faults, jobs
from core.refusals import SigningKeyLocked
from core.signing import current_key, open_key, sign_manifest

LEAF = 32
"""Bytes of a row's hash."""
_CHUNK = 1 << 20


def bring_files(running: jobs.Running, release: Release) -> None:
    """Copy the files that its items show. One that is there came by a rename, so it is whole.

    Raises jobs.Rejected for one that is not what its hash says: a release must not hold it.
    """
    folder = workshop_of(release) / FOLDER
    for asset in files_of(release).iterator(chunk_size=500):
        path = folder / asset.file_name
        if not path.exists():
            _copy(asset, path)
        with transaction.atomic():
            running.step()
            list_file(release, FORMAT, f"{FOLDER}/{path.name}", asset.sha256, asset.size)
        faults.point("release.file")
    if folder.exists():
        sync_folder(folder)


def _copy(asset: Asset, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    partial, digest = path.with_name(f"{path.name}.tmp"), hashlib.sha256()
    with default_storage.open(asset.path) as source, partial.open("wb") as out:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != asset.sha256:
        partial.unlink()
        raise jobs.Rejected(
            gettext("The stored file %(name)s is damaged, so no release can hold it.")
            % {"name": asset.file_name}
        )
    partial.replace(path)


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
    with _clearly():
        envelope, release.key = sign_manifest(release.project.organisation, manifest, content)
    write_durably(workshop / ENVELOPE, envelope)
    for stray in [*workshop.glob(".leaves-*"), *workshop.rglob("*.tmp")]:
        stray.unlink(missing_ok=True)
    _drop_empty(workshop)


def check_key(release: Release) -> None:
    """Open the key that will sign, before a release is made. Raises jobs.Rejected where that cannot be done."""
    with _clearly():
        open_key(current_key(release.project.organisation))


@contextmanager
def _clearly() -> Iterator[None]:
    try:
        yield
    except SigningKeyLocked as refusal:
        raise jobs.Rejected(f"{refusal.sentence} {refusal.advice}") from refusal


def _drop_empty(workshop: Path) -> None:
    """A folder without a file says nothing, and whoever verifies would wonder what is missing. The deepest first."""
    folders = [path for path in workshop.rglob("*") if path.is_dir()]
    for folder in sorted(folders, key=lambda path: -len(path.parts)):
        if not any(folder.iterdir()):
            folder.rmdir()


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
