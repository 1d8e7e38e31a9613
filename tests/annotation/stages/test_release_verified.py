"""A release that the pipeline made, verified by the package that a stranger has."""

import shutil
from pathlib import Path

import pytest

from annotation.models import Release
from annotation.stages.release import folder_of
from assay.__main__ import main
from assay.keys import key_id, read_key
from assay.proof import prove, verify_row
from assay.reading import source
from assay.verdict import BROKEN, GOOD, UNKNOWN
from assay.verify import verify
from core import signing
from tests import cast
from tests.annotation.stages.release_scene import COUNT, done, kept, played
from tests.cast import World

__all__ = ["done", "kept", "played"]


@pytest.fixture
def made(done: World) -> Release:
    return cast.make_release(done.project, done.lead)


def pinned(done: World) -> dict[str, bytes]:
    """The organisation's current key, as a stranger has it."""
    public = read_key(signing.current_key(done.organisation).public)
    return {key_id(public): public}


def test_a_release_is_good_with_its_organisation_s_key(done: World, made: Release, tmp_path: Path) -> None:
    verdict = verify(source(folder_of(made)), pinned(done))
    assert (verdict.problems, verdict.state, verdict.key) == ((), GOOD, made.key)
    assert (verdict.facts["rows"], verdict.facts["root"]) == (COUNT, made.root)
    assert verify(source(folder_of(made)), {}).state == UNKNOWN
    key = tmp_path / "key.pem"
    key.write_text(signing.current_key(done.organisation).pem)
    assert main(["verify", str(folder_of(made)), "--key", str(key)]) == 0


def test_after_a_rotation_a_new_release_is_signed_by_the_new_key(done: World, made: Release) -> None:
    old = pinned(done)
    signing.rotate_key(organisation=done.organisation, by=done.owner)
    later = cast.make_release(done.project, done.lead)
    assert later.manifest_sha256 == made.manifest_sha256
    assert verify(source(folder_of(later)), pinned(done)).state == GOOD
    assert [one.code for one in verify(source(folder_of(later)), old).problems] == ["key_other"]
    assert verify(source(folder_of(made)), old).state == GOOD


def test_each_file_of_it_is_watched(done: World, made: Release, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder_of(made), copy)
    paths = sorted(path for path in copy.rglob("*") if path.is_file())
    assert len(paths) > 5
    for path in paths:
        whole = path.read_bytes()
        for at in {0, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            verdict = verify(source(copy), pinned(done))
            assert verdict.state == BROKEN
            assert path.relative_to(copy).as_posix() in {one.where for one in verdict.problems}, at
        path.write_bytes(whole)
    assert verify(source(copy), pinned(done)).state == GOOD


def test_every_row_of_it_is_proved(done: World, made: Release) -> None:
    for member in made.members.select_related("item"):
        proof = prove(source(folder_of(made)), member.item.uid)
        verdict = verify_row(proof, pinned(done))
        assert (verdict.state, verdict.facts["index"]) == (GOOD, member.position)
