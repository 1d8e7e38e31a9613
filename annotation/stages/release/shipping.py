"""Bring a finished release to the bucket that the settings name. Where they name none, its folder is its place.

Nobody is shown a release before it is published, and it is published after this: what is half there is seen by nobody.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from annotation.algorithms.canonical import sha256_hex
from annotation.models import Release, ReleaseFile
from annotation.models.release_tar import FIRST
from core import faults, jobs
from core.bucket import Store, store_at
from core.bucket_errors import StoreRefuses

AT_ONCE = 500


@dataclass(frozen=True)
class Cargo:
    """A file to send: its path within the release, its SHA-256 and its bytes."""

    path: str
    sha256: str
    size: int


def destination() -> str:
    """What `Release.place` is of a release that is shipped now: "" for its folder, else the bucket's address."""
    return settings.ASSAY_RELEASES.address if settings.ASSAY_RELEASES else ""


def check_destination() -> None:
    """Ask the bucket whether it takes releases, before one is made. Raises jobs.Rejected, StoreAway."""
    if settings.ASSAY_RELEASES:
        _do(store_at(settings.ASSAY_RELEASES).check)


def ship(release: Release, folder: Path, step: Callable[[], None]) -> str:
    """Send what stands in the folder; gives `destination()`. `step` is called before each file, and may raise.

    Run again it goes on: what is there is read, not sent again. Every file is read back before the next one, and the
    signed manifest goes last: where that is, all is. Raises jobs.Rejected where the store refuses for good, StoreAway
    where it may be tried again.
    """
    if settings.ASSAY_RELEASES:
        store = store_at(settings.ASSAY_RELEASES)
        _do(lambda: _ship(store, release, folder, step))
    return destination()


def _do(act: Callable[[], None]) -> None:
    try:
        act()
    except StoreRefuses as refusal:
        raise jobs.Rejected(refusal.code) from refusal  # `core.failures` has the sentence


def _ship(store: Store, release: Release, folder: Path, step: Callable[[], None]) -> None:
    step()
    last = _manifests(folder)
    if last and _is_there(store, release, last[-1]):
        return
    store.forget_parts(f"{release.uid}/")
    for cargo in _files(release):
        step()
        _bring(store, release, folder, cargo)
    for cargo in last:
        step()
        _bring(store, release, folder, cargo)


def _bring(store: Store, release: Release, folder: Path, cargo: Cargo) -> None:
    if _is_there(store, release, cargo):
        return
    key = f"{release.uid}/{cargo.path}"
    store.send(folder / cargo.path, key, cargo.sha256)
    faults.point("release.sent")
    if not store.verify(key, cargo.sha256, cargo.size):
        raise StoreRefuses(code="bucket_damaged")
    faults.point("release.shipped")


def _is_there(store: Store, release: Release, cargo: Cargo) -> bool:
    key = f"{release.uid}/{cargo.path}"
    return store.holds(key, cargo.sha256, cargo.size) and store.verify(key, cargo.sha256, cargo.size)


def _files(release: Release) -> Iterator[Cargo]:
    """All but the manifest, some at a time."""
    rows, after = release.files.exclude(path__in=FIRST).order_by("path"), ""
    while chunk := list(rows.filter(path__gt=after)[:AT_ONCE]):
        yield from (_cargo(row) for row in chunk)
        after = chunk[-1].path


def _cargo(row: ReleaseFile) -> Cargo:
    return Cargo(row.path, row.sha256, row.size)


def _manifests(folder: Path) -> list[Cargo]:
    """The manifest, then its signature: they stand in the folder before they are written down."""
    found = [(path, (folder / path).read_bytes()) for path in FIRST if (folder / path).exists()]
    return [Cargo(path, sha256_hex(content), len(content)) for path, content in found]
