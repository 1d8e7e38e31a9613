"""One changed bit anywhere in a release is caught, and the file is named."""

from pathlib import Path

import pytest

from assay.reading import source
from assay.verdict import BROKEN, GOOD, UNKNOWN
from assay.verify import verify
from tests.assay.releases import check, files

DOCUMENTS = ("manifest.json", "manifest.dsse.json")
NAMES = (*sorted(files()), *DOCUMENTS)


@pytest.mark.parametrize("name", NAMES)
def test_each_byte_turned_over_is_caught_by_name(folder: Path, name: str) -> None:
    path, whole = folder / name, (folder / name).read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        verdict = check(folder)
        assert (verdict.state, verdict.status) == (BROKEN, 1), at
        assert name in {problem.where for problem in verdict.problems}, at
    path.write_bytes(whole)
    assert check(folder).state == GOOD


@pytest.mark.parametrize("name", ["gold/test.jsonl", "README.md", "manifest.dsse.json"])
def test_each_single_bit_is_caught_by_name(folder: Path, name: str) -> None:
    path, whole = folder / name, (folder / name).read_bytes()
    for bit in range(8 * len(whole)):
        at = bit // 8
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit % 8]) + whole[at + 1 :])
        verdict = check(folder)
        assert verdict.state == BROKEN, bit
        assert name in {problem.where for problem in verdict.problems}, bit
    path.write_bytes(whole)
    assert check(folder).state == GOOD


@pytest.mark.parametrize("name", NAMES)
def test_without_a_key_a_changed_bit_is_no_less_caught(folder: Path, name: str) -> None:
    """The envelope names the key that it is signed by: damage to it shows also where nobody is pinned."""
    path, whole = folder / name, (folder / name).read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert verify(source(folder), {}).state == BROKEN, at
    path.write_bytes(whole)
    assert verify(source(folder), {}).state == UNKNOWN


@pytest.mark.parametrize("name", NAMES)
def test_each_byte_left_out_or_put_in_is_caught(folder: Path, name: str) -> None:
    path, whole = folder / name, (folder / name).read_bytes()
    for at in range(len(whole)):
        for changed in (whole[:at] + whole[at + 1 :], whole[:at] + b" " + whole[at:], whole[:at]):
            path.write_bytes(changed)
            assert name in {problem.where for problem in check(folder).problems}, at
