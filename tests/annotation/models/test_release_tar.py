"""A release as a tar file: what tar itself makes of it, and any part of it the same as that part of the whole."""

import io
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.models import Release, ReleaseFile
from annotation.models.release_store import folder_of
from annotation.models.release_tar import (
    BLOCK,
    files_of,
    header_of,
    length_of,
    members,
    open_archive,
    root_of,
)
from tests import cast
from tests.annotation.release_folder import FILES, publish, stood
from tests.core.database import kept

__all__ = ["kept"]

LONG = {"files/" + "ü" * 90 + ".jsonl": b"long name", "files/" + "b" * 180: b"longer name"}


@pytest.fixture(scope="module")
def world(kept: None) -> cast.World:
    return cast.world(cast.OURS)


@pytest.fixture
def made(world: cast.World, db: None, settings: Any, tmp_path: Path) -> Release:
    settings.ASSAY_FILES = tmp_path
    return publish(stood(world, {**FILES, **LONG}))


def whole(release: Release) -> bytes:
    return b"".join(open_archive(release, 0, length_of(release)))


def test_tarfile_reads_every_file_in_one_folder_the_manifest_first(made: Release) -> None:
    content = whole(made)
    assert len(content) == length_of(made)
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        entries = archive.getmembers()
        found = {}
        for entry in entries:
            opened = archive.extractfile(entry)
            assert opened
            found[entry.name] = opened.read()
    root = root_of(made)
    assert root == f"breach-{made.manifest_sha256[:12]}"
    assert found == {f"{root}/{path}": data for path, data in {**FILES, **LONG}.items()}
    assert [entry.name for entry in entries][:2] == [f"{root}/manifest.json", f"{root}/manifest.dsse.json"]
    assert {(entry.mtime, entry.uid, entry.gid, entry.uname, entry.mode) for entry in entries} == {
        (0, 0, 0, "", 0o644)
    }


def test_tar_unpacks_it(made: Release, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    done = subprocess.run(
        ["tar", "-x", "-C", tmp_path / "out"], input=whole(made), capture_output=True, check=True
    )
    assert done.stderr == b""
    unpacked = tmp_path / "out" / root_of(made)
    assert {
        path.relative_to(unpacked).as_posix(): path.read_bytes()
        for path in unpacked.rglob("*")
        if path.is_file()
    } == {**FILES, **LONG}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.data())
def test_any_part_is_that_part_of_the_whole(made: Release, data: Any) -> None:
    content = whole(made)
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, len(content) - start))
    assert b"".join(open_archive(made, start, length)) == content[start : start + length]


def test_each_block_alone_makes_the_whole(made: Release) -> None:
    total = length_of(made)
    assert total % BLOCK == 0
    assert b"".join(b"".join(open_archive(made, at, BLOCK)) for at in range(0, total, BLOCK)) == whole(made)


def test_the_same_files_make_the_same_archive(made: Release, world: cast.World) -> None:
    again = publish(stood(world, dict(reversed({**FILES, **LONG}.items())), number=901))
    assert whole(again) == whole(made)


def test_a_part_opens_only_the_files_that_it_shows(made: Release) -> None:
    for path in FILES:
        if path != "README.md":
            (folder_of(made) / path).unlink()
    placed = members(root_of(made), files_of(made))
    at = next(one.content for one in placed if one.file.path == "README.md")
    assert b"".join(open_archive(made, at, len(FILES["README.md"]))) == FILES["README.md"]


@pytest.mark.parametrize("size", [0, 1, 8**11 - 1, 8**11, 50 * 8**11])
def test_a_header_of_any_size_is_read_by_tarfile(size: int) -> None:
    header = header_of("a/b", size)
    with tarfile.open(fileobj=io.BytesIO(header), mode="r:") as archive:
        info = archive.next()
    assert info
    assert (info.name, info.size, len(header) % BLOCK) == ("a/b", size, 0)
    (member,) = members("a", [ReleaseFile(path="b", size=size)])
    assert member.stop - member.start == len(header) + -(-size // BLOCK) * BLOCK
