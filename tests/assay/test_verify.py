"""What is done to a release, and what is said of it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from assay import canonical
from assay.keys import key_id
from assay.problems import WrongUse
from assay.reading import source
from assay.verdict import BROKEN, GOOD, MOST, UNKNOWN
from assay.verify import verify
from tests.assay.releases import (
    KEY,
    OTHER,
    PASSED,
    PUBLIC,
    build,
    check,
    files,
    joined,
    manifest_of,
    rows,
    sealed,
    sign_again,
    told,
    written,
)

M, E, TRAIN = "manifest.json", "manifest.dsse.json", "gold/train.jsonl"


def test_a_good_release(folder: Path) -> None:
    verdict = check(folder)
    assert (verdict.state, verdict.status, verdict.problems) == (GOOD, 0, ())
    assert verdict.key == key_id(PUBLIC)
    assert verdict.facts["rows"] == 5
    assert verdict.facts["organisation"]["name"] == "House"


def test_a_release_without_rows_is_good_too(tmp_path: Path) -> None:
    assert check(build(tmp_path, {"README.md": b"Nothing.\n"})).state == GOOD
    assert check(build(tmp_path / "b", {"gold/train.jsonl": b""})).state == GOOD


def test_without_a_key_nobody_knows_who_made_it(folder: Path) -> None:
    verdict = verify(source(folder), {})
    assert (verdict.state, verdict.status, verdict.problems) == (UNKNOWN, 3, ())
    assert UNKNOWN == "intact, origin unknown"


def test_another_key_than_the_pinned_one_is_named(folder: Path) -> None:
    assert told(folder, OTHER) == {("key_other", E)}
    sign_again(folder, OTHER)
    assert told(folder) == {("key_other", E)}
    assert check(folder, OTHER).state == GOOD


def test_after_a_rotation_either_key_may_be_pinned(folder: Path, tmp_path: Path) -> None:
    newer = build(tmp_path / "newer", key=OTHER)
    assert {check(folder, KEY, OTHER).state, check(newer, OTHER, KEY).state} == {GOOD}
    assert check(folder, KEY, OTHER).key == key_id(PUBLIC) != check(newer, OTHER, KEY).key
    assert check(newer, KEY).state == BROKEN


def test_a_forger_who_names_the_pinned_key_is_caught(folder: Path) -> None:
    """Signed by another key, below the id of ours; and then also below our key's name in the statement."""
    manifest = json.loads((folder / M).read_bytes())
    value = json.loads(sealed(manifest, key=OTHER))
    value["signatures"][0]["keyid"] = key_id(PUBLIC)
    (folder / E).write_bytes(canonical.write(value) + b"\n")
    assert told(folder) == {("key_differs", E)}
    ours = json.loads(sealed(manifest))
    ours["signatures"][0]["sig"] = value["signatures"][0]["sig"]
    (folder / E).write_bytes(canonical.write(ours) + b"\n")
    assert told(folder) == {("signature_wrong", E)}


@pytest.mark.parametrize(
    "path", ["more.txt", ".hidden", "gold/train.jsonl~", "a/b/c", "gold/more.jsonl", "README.MD.bak"]
)
def test_an_extra_file_is_named(folder: Path, path: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(b"")
    assert told(folder) == {("extra", path)}


def test_an_extra_file_whose_name_is_no_unicode_is_told(folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    (folder / name).write_bytes(b"")
    assert told(folder) == {("extra", name)}


def test_an_empty_folder_is_named(folder: Path) -> None:
    (folder / "a" / "b").mkdir(parents=True)
    assert told(folder) == {("empty_folder", "a/b/")}


@pytest.mark.parametrize("name", sorted(files()))
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert ("missing", name) in told(folder)


def test_without_manifest_or_envelope_it_is_no_release(folder: Path) -> None:
    (folder / E).unlink()
    assert told(folder) == {("missing", E)}
    (folder / M).unlink()
    assert told(folder) == {("missing", E), ("missing", M)}


def test_a_link_is_never_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "README.md").rename(tmp_path / "moved")
    (folder / "README.md").symlink_to(tmp_path / "moved")
    assert told(folder) >= {("not_a_file", "README.md")}
    (folder / "gold").rename(tmp_path / "gold")
    (folder / "gold").symlink_to(tmp_path / "gold")
    assert told(folder) >= {("not_a_file", "gold"), ("not_a_file", TRAIN)}


def test_a_pipe_in_the_place_of_a_file_does_not_hold_us_up(folder: Path) -> None:
    (folder / "README.md").unlink()
    os.mkfifo(folder / "README.md")
    assert told(folder) == {("not_a_file", "README.md")}


def test_swapped_rows_are_caught(folder: Path) -> None:
    """Same bytes in another order; also where somebody signs the new file but not the new root."""
    lines = rows("train", 4)
    swapped = joined([lines[1], lines[0], *lines[2:]])
    (folder / TRAIN).write_bytes(swapped)
    assert told(folder) == {("changed", TRAIN), ("root_differs", M)}
    held = {**files(), TRAIN: swapped}
    build(folder, held, rows=manifest_of(files())["rows"])
    assert told(folder) == {("root_differs", M)}


def test_swapped_files_are_caught(folder: Path) -> None:
    told_rows = manifest_of(files())["rows"]
    build(folder, rows={**told_rows, "files": told_rows["files"][::-1]})
    assert told(folder) == {("root_differs", M)}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (joined(rows("train", 4))[:-1], "row_line_end"),
        (joined(rows("train", 4)).replace(b"\n", b"\r\n"), "row_not_canonical_form"),
        (joined([*rows("train", 3), b'{"id":"x", "split":"train"}']), "row_not_canonical_form"),
        (joined([*rows("train", 3), b'{"id":"x","id":"x"}']), "row_not_canonical_twice"),
        (joined([*rows("train", 3), b'{"id":"x","share":NaN}']), "row_not_canonical_json"),
        (joined([*rows("train", 3), b'{"id":"\xff"}']), "row_not_canonical_text"),
        (joined([*rows("train", 3), b""]), "row_not_canonical_json"),
        (joined([*rows("train", 3), b'["id"]']), "row_form"),
        (joined([*rows("train", 3), b'{"id":1}']), "row_form"),
    ],
)
def test_a_row_that_is_not_canonical_is_named_even_where_it_is_signed(
    tmp_path: Path, content: bytes, code: str
) -> None:
    folder = build(tmp_path, {**files(), TRAIN: content})
    found = [one for one in check(folder).problems if one.code == code]
    assert [one.where for one in found] == [TRAIN]
    row = found[0].params["row"]
    assert row == (1 if b"\r" in content else 4)


def test_a_file_cut_off_or_grown_says_how_long_it_is(folder: Path) -> None:
    whole = (folder / TRAIN).read_bytes()
    (folder / TRAIN).write_bytes(whole[: whole.index(b"\n") + 1])
    assert told(folder) == {
        ("shorter", TRAIN),
        ("file_rows", TRAIN),
        ("rows_counted", M),
        ("root_differs", M),
    }
    (folder / TRAIN).write_bytes(whole + rows("train", 1)[0] + b"\n")
    assert ("longer", TRAIN) in told(folder)
    (folder / TRAIN).write_bytes(whole)
    (folder / "README.md").write_bytes(b"x" * 5_000_000)
    assert told(folder) == {("longer", "README.md")}


FAILED = {"check": "alpha", "passed": False, "asked": True, "figure": 0.6}
WAIVER = {"check": "alpha", "by": "Ada", "reason": "A pilot."}

MANIFESTS: list[tuple[str, Any]] = [
    ("format_unknown", lambda one: one.update(format="assay-release/1")),
    ("format_unknown", lambda one: one.pop("format")),
    ("manifest_form", lambda one: one.pop("files")),
    ("manifest_form", lambda one: one.pop("gate")),
    ("manifest_form", lambda one: one["rows"].update(more=1)),
    ("manifest_form", lambda one: one["rows"].update(hash="sha1")),
    ("manifest_form", lambda one: one["rows"].update(count=5.0)),
    ("manifest_form", lambda one: one["rows"].update(count=True)),
    ("manifest_form", lambda one: one["rows"].update(root=one["rows"]["root"].upper())),
    ("manifest_form", lambda one: one["rows"].update(files=[1])),
    ("manifest_form", lambda one: one["rows"].update(files=one["rows"]["files"] * 2)),
    ("manifest_form", lambda one: one["files"][0].update(note="unsigned?")),
    ("manifest_form", lambda one: one["files"][0].update(sha256="0")),
    ("manifest_form", lambda one: one["files"][0].update(size=-1)),
    ("manifest_form", lambda one: one["files"].append("x")),
    ("manifest_form", lambda one: one["gate"].update(passed="yes")),
    ("manifest_form", lambda one: one["gate"].update(checks=[{}])),
    ("manifest_form", lambda one: one["gate"].update(checks=[{**FAILED, "asked": 1}])),
    ("manifest_form", lambda one: one["gate"].update(checks=[{**FAILED, "passed": "no"}])),
    ("manifest_form", lambda one: one["files"][0].update(rows=False)),
    ("manifest_form", lambda one: one["files"][0].pop("rows")),
    ("manifest_form", lambda one: one["gate"].update(waivers=[{"check": "alpha", "by": "Ada"}])),
    ("row_files", lambda one: one["rows"]["files"].pop()),
    ("row_files", lambda one: one["rows"]["files"].append("README.md")),
    ("path_twice", lambda one: one["files"].append(one["files"][0])),
    *(
        ("path_outside", lambda one, path=path: one["files"][0].update(path=path))
        for path in (
            "../x", "/etc/passwd", "a/../b", "a//b", "./a", "a\\b", "C:x", "", "a/", "a\n", M, E, "x" * 1001,
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change"), MANIFESTS)
def test_a_manifest_of_another_form_is_refused(folder: Path, code: str, change: Any) -> None:
    manifest = manifest_of(files())
    envelope = sealed(manifest)
    change(manifest)
    (folder / M).write_bytes(written(manifest))
    (folder / E).write_bytes(envelope)
    assert told(folder) == {(code, M)}


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"[]\n", b"null\n", b"{}\n", b'{"format":"assay-release/2"}\n', b"\xff\n"]
)
def test_garbage_is_no_manifest(folder: Path, content: bytes) -> None:
    (folder / M).write_bytes(content)
    assert {where for _code, where in told(folder)} == {M}


def test_the_statement_repeats_the_manifest_or_is_refused(folder: Path) -> None:
    """Somebody with the key signs a statement that says something else of rows or gate."""
    manifest = manifest_of(files())
    for change in ({"gate": {**PASSED, "waivers": [1]}}, {"rows": {**manifest["rows"], "count": 4}}):
        (folder / E).write_bytes(sealed({**manifest, **change}, written(manifest)))
        assert told(folder) == {("statement_differs", E)}
    (folder / E).write_bytes(sealed(manifest, b"another"))
    assert told(folder) == {("manifest_other", M)}


@pytest.mark.parametrize(
    ("gate", "codes"),
    [
        ({"passed": True, "checks": [FAILED], "waivers": [WAIVER]}, set()),
        ({"passed": True, "checks": [{**FAILED, "asked": False}], "waivers": []}, set()),
        ({"passed": True, "checks": [FAILED], "waivers": []}, {"gate_failed"}),
        ({"passed": False, "checks": [FAILED], "waivers": []}, {"gate_failed", "gate_closed"}),
        ({"passed": True, "checks": [{**FAILED, "passed": None}], "waivers": []}, {"gate_failed"}),
        ({"passed": False, "checks": [], "waivers": []}, {"gate_closed"}),
        ({"passed": True, "checks": [FAILED], "waivers": [{**WAIVER, "reason": " "}]}, {"waiver_form"}),
        (
            {"passed": True, "checks": [FAILED], "waivers": [WAIVER, {**WAIVER, "check": "x"}]},
            {"waiver_form"},
        ),
    ],
)
def test_the_gate_is_part_of_the_verdict(tmp_path: Path, gate: dict[str, Any], codes: set[str]) -> None:
    verdict = check(build(tmp_path, gate=gate))
    assert {one.code for one in verdict.problems} == codes
    assert verdict.state == (BROKEN if codes else GOOD)


def test_of_many_problems_the_first_are_told(folder: Path) -> None:
    for number in range(MOST + 5):
        (folder / f"more{number}").write_bytes(b"")
    verdict = check(folder)
    assert (len(verdict.problems), verdict.count) == (MOST, MOST + 5)


def test_what_is_no_release_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"no tar")
    for path in (tmp_path / "x", tmp_path / "none"):
        with pytest.raises(WrongUse):
            source(path)
