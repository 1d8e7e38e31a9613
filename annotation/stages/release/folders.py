"""Where a release stands while it is made and afterwards, and how a file appears there whole or not at all."""

import os
from pathlib import Path
from secrets import token_hex

from annotation.models import Release
from annotation.models.release_store import folder_of, listed
from core.refusals import NotFound

__all__ = ["file_path", "folder_of", "leaves_of", "sync_folder", "workshop_of", "write_durably"]


def workshop_of(release: Release) -> Path:
    """Where it is made."""
    path = folder_of(release).with_suffix(".part")
    path.mkdir(parents=True, exist_ok=True)
    return path


def leaves_of(release: Release) -> Path:
    """The hashes of its rows, 32 bytes each, by number: what a row's proof is made from. No part of the release."""
    return folder_of(release).with_suffix(".leaves")


def file_path(release: Release, name: str) -> Path:
    """The file of a published release by the path its manifest gives; raises NotFound for anything else."""
    path = folder_of(release) / listed(release, name).path
    if not path.is_file():
        raise NotFound
    return path


def write_durably(path: Path, content: bytes) -> None:
    """Write a file that is whole wherever it is seen: beside its place, synced, then renamed. Two may do so at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{token_hex(4)}.tmp")
    with partial.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(path)


def sync_folder(path: Path) -> None:
    """What was renamed within a folder stays so after a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
