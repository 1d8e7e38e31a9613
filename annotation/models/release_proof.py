"""The proof that one row belongs to a published release, for whoever has its public key and nothing else of it."""

from collections.abc import Iterator

from annotation.formats.manifest import ENVELOPE
from annotation.models.release import Release, ReleaseMember
from annotation.models.release_record import line_of, lines_of
from annotation.models.release_store import FileDamaged, folder_of, text_of
from assay.merkle import check, leaf_hash, proof_of_leaves
from assay.proof import written
from core.refusals import NotFound

_LEAF = 32
_AT_ONCE = 4096


def proof_of(release: Release, item_uid: str) -> bytes:
    """The proof of an item's row as a file (`assay verify-row` reads it).

    One pass over the hashes of all rows: a second for a million. Raises NotFound where there is no such row,
    FileDamaged where what stands in the store is not what was signed.
    """
    member = ReleaseMember.objects.filter(release=release, item__uid=item_uid).first()
    if member is None or release.published_at is None:
        raise NotFound
    line, root = line_of(release, member.position), bytes.fromhex(release.root)
    try:
        way = proof_of_leaves(_leaves(release), member.position, release.items)
    except ValueError as error:
        raise FileDamaged from error
    if not check(line, member.position, release.items, way, root):
        raise FileDamaged
    return written(line, member.position, way, text_of(release, ENVELOPE).encode())


def _leaves(release: Release) -> Iterator[bytes]:
    """The hashes of all rows, in order: as they were kept when it was made, or else from its record."""
    place = folder_of(release).with_suffix(".leaves")
    if not place.is_file():
        yield from _from_record(release)
        return
    with place.open("rb") as source:
        while chunk := source.read(_LEAF * _AT_ONCE):
            for at in range(0, len(chunk), _LEAF):
                yield chunk[at : at + _LEAF]


def _from_record(release: Release) -> Iterator[bytes]:
    for path in release.manifest["rows"]["files"]:
        yield from map(leaf_hash, lines_of(release, path))
