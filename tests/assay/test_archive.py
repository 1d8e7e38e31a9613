"""A release as a tar: what Assay sends is good as it stands, and no byte of it is anybody's to change."""

import os
import tarfile
from pathlib import Path

import pytest

from assay.problems import WrongUse
from assay.reading import BLOCK, header_of, source
from assay.verdict import BROKEN, GOOD
from tests.assay.releases import archived, build, check, files, told

LONG = "files/" + "ü" * 90 + ".png"
"""A name that needs a header of its own."""


@pytest.mark.parametrize("top", ["", "release-3", "a/b"])
def test_a_tar_of_it_is_verified_as_it_stands(folder: Path, tmp_path: Path, top: str) -> None:
    assert check(archived(folder, tmp_path / "r.tar", top)).state == GOOD
    (folder / "more").write_bytes(b"")
    (folder / "README.md").write_bytes(b"")
    assert told(archived(folder, tmp_path / "r.tar", top)) == {("extra", "more"), ("shorter", "README.md")}


@pytest.mark.parametrize("turn", [0xFF, 0x01])
def test_each_byte_turned_over_is_caught_and_the_file_is_named(tmp_path: Path, turn: int) -> None:
    """Only where the first header is no header, nobody can tell that it is a tar at all."""
    path = archived(build(tmp_path / "r", {**files(), LONG: b"p"}), tmp_path / "r.tar", "top")
    whole, first = path.read_bytes(), BLOCK
    owners = _owners(path)
    assert check(path).state == GOOD
    for at, was in enumerate(whole):
        with path.open("r+b") as file:
            file.seek(at)
            file.write(bytes([was ^ turn]))
        try:
            verdict = check(path)
        except WrongUse:
            assert at < first
        else:
            assert verdict.state == BROKEN, at
            assert owners[at // BLOCK] in {problem.where for problem in verdict.problems}, at
        with path.open("r+b") as file:
            file.seek(at)
            file.write(bytes([was]))
    assert check(path).state == GOOD


def _owners(path: Path) -> list[str]:
    """Of each block, the file that it belongs to; of the end, the archive."""
    found: list[str] = []
    with tarfile.open(path) as tar:
        for one in tar:
            blocks = (one.offset_data - one.offset) // BLOCK - (-one.size // BLOCK)
            found += [one.name.removeprefix("top/")] * blocks
    return [*found, path.name, path.name]


@pytest.mark.parametrize("more", [b"\0", b"x", bytes(BLOCK), bytes(10_240), b"x" * 4_000])
def test_nothing_stands_behind_the_end(folder: Path, tmp_path: Path, more: bytes) -> None:
    path = archived(folder, tmp_path / "r.tar")
    with path.open("ab") as file:
        file.write(more)
    assert told(path) == {("tar_end", "r.tar")}


def test_wherever_it_is_cut_off_it_is_broken(folder: Path, tmp_path: Path) -> None:
    path = archived(folder, tmp_path / "r.tar")
    for size in range(path.stat().st_size - 1, BLOCK - 1, -97):
        os.truncate(path, size)
        assert check(path).state == BROKEN, size
        if size >= 4 * BLOCK:  # the manifest is whole
            assert ("tar_end", "r.tar") in told(path), size
    os.truncate(path, BLOCK - 1)
    with pytest.raises(WrongUse):
        source(path)


def test_a_tar_that_was_packed_again_is_refused_with_what_to_do(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.tar"
    with tarfile.open(path, "w") as tar:
        tar.add(folder, "r")
    assert {code for code, _where in told(path)} == {"tar_header"}


def test_what_stands_twice_or_is_a_link_is_named(folder: Path, tmp_path: Path) -> None:
    path = archived(folder, tmp_path / "r.tar", "r")
    with tarfile.open(path, "a") as tar:
        tar.add(folder / "README.md", "r/README.md")
        tar.add(folder / "README.md", "outside")
        link = tarfile.TarInfo("r/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    assert told(path) >= {("extra", "r/README.md"), ("extra", "outside"), ("not_a_file", "link")}


@pytest.mark.parametrize("size", [0, 1, 8**11 - 1, 8**11])
@pytest.mark.parametrize("name", ["a/b", LONG, "files/" + "b" * 180, "x" * 101])
def test_the_header_is_the_one_that_assay_sends(name: str, size: int) -> None:
    from annotation.models.release_tar import header_of as sent

    assert header_of(name, size) == sent(name, size)
