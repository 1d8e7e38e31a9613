"""One row, proved without the rest of its release."""

import json
from pathlib import Path
from typing import Any

import pytest

from assay import canonical
from assay.keys import key_id
from assay.problems import Broken, WrongUse
from assay.proof import prove, verify_row
from assay.reading import source
from assay.verdict import BROKEN, GOOD, UNKNOWN
from tests.assay.releases import OTHER, PASSED, PUBLIC, build, files, joined, rows

PINNED = {key_id(PUBLIC): PUBLIC}
ITEMS = [*(f"train{at}" for at in range(4)), "test0"]


@pytest.mark.parametrize("item", ITEMS)
def test_every_row_has_a_proof(folder: Path, item: str) -> None:
    proof = prove(source(folder), item)
    verdict = verify_row(proof, PINNED)
    assert (verdict.state, verdict.problems) == (GOOD, ())
    assert verdict.facts["row"]["id"] == item
    assert verdict.facts["index"] == ITEMS.index(item)
    assert prove(source(folder), item) == proof


def test_a_release_of_one_row_proves_it(tmp_path: Path) -> None:
    folder = build(tmp_path, {"gold/test.jsonl": joined(rows("test", 1))})
    assert json.loads(prove(source(folder), "test0"))["path"] == []
    assert verify_row(prove(source(folder), "test0"), PINNED).state == GOOD


def test_each_changed_byte_of_a_proof_is_caught(folder: Path) -> None:
    proof = prove(source(folder), "train1")
    for at in range(len(proof)):
        for changed in (bytes([proof[at] ^ 1]), b"", b" "):
            if changed != proof[at : at + 1]:
                assert verify_row(proof[:at] + changed + proof[at + 1 :], PINNED).state == BROKEN, at


def test_the_row_of_another_item_is_not_the_row(folder: Path) -> None:
    first, second = (json.loads(prove(source(folder), one)) for one in ITEMS[:2])
    for change in (
        {"row": second["row"]},
        {"index": 1},
        {"path": second["path"]},
        {"index": 99},
        {"index": -1},
    ):
        verdict = verify_row(canonical.write({**first, **change}) + b"\n", PINNED)
        assert {one.code for one in verdict.problems} == {"row_not_in"}, change


@pytest.mark.parametrize(
    "change",
    [
        {"more": 1},
        {"index": True},
        {"index": "0"},
        {"path": ["00"]},
        {"path": None},
        {"format": "x"},
        {"row": 1},
    ],
)
def test_a_proof_of_another_form_is_refused(folder: Path, change: dict[str, Any]) -> None:
    proof = json.loads(prove(source(folder), "train1"))
    verdict = verify_row(canonical.write({**proof, **change}) + b"\n", PINNED)
    assert [one.code for one in verdict.problems] == ["proof_form"]


def test_a_copy_of_the_row_must_be_the_row(folder: Path) -> None:
    proof, row = prove(source(folder), "train1"), rows("train", 2)[1]
    assert verify_row(proof, PINNED, row).state == verify_row(proof, PINNED, row + b"\n").state == GOOD
    assert [one.code for one in verify_row(proof, PINNED, row + b" ").problems] == ["row_other"]


def test_a_proof_says_who_signed_or_that_nobody_knows(folder: Path) -> None:
    proof, other = prove(source(folder), "train1"), OTHER.public_key().public_bytes_raw()
    assert (verify_row(proof, {}).state, verify_row(proof, {}).status) == (UNKNOWN, 3)
    assert [one.code for one in verify_row(proof, {key_id(other): other}).problems] == ["key_other"]


def test_a_row_of_a_release_that_failed_its_gate_is_not_good(tmp_path: Path) -> None:
    folder = build(tmp_path, gate={**PASSED, "passed": False})
    verdict = verify_row(prove(source(folder), "train1"), PINNED)
    assert [one.code for one in verdict.problems] == ["gate_closed"]


def test_an_item_that_is_not_there_and_a_release_that_is_damaged_have_no_proof(folder: Path) -> None:
    with pytest.raises(WrongUse, match="no_such_item"):
        prove(source(folder), "train9")
    (folder / "gold/train.jsonl").write_bytes(files()["gold/train.jsonl"].replace(b"pays", b"owes"))
    with pytest.raises(Broken, match="root_differs"):
        prove(source(folder), "train1")
    (folder / "gold/train.jsonl").write_bytes(b"")
    with pytest.raises(Broken, match="root_differs"):
        prove(source(folder), "test0")
