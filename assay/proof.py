"""One row on its own: a proof that it belongs to a signed release, which can be checked without the rest of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assay import canonical
from assay.encoding import is_digest
from assay.envelope import ENVELOPE, read_envelope, read_statement
from assay.files import row_problem
from assay.keys import key_id
from assay.manifest import Manifest, load_manifest
from assay.merkle import check, proof
from assay.problems import Broken, Problem, WrongUse
from assay.reading import Source, lines, whole
from assay.verdict import Findings, Verdict
from assay.verify import check_signature

FORMAT = "assay-row-proof/1"
PROOF = "proof"
ROW = "row"
_FIELDS = {"format", "index", "row", "path", "envelope"}


def prove(source: Source, item: str) -> bytes:
    """The proof of an item's row as a file: canonical JSON and a line end.

    It holds the row, its index among all rows, the hashes beside its way up to the root (hexadecimal, from the leaf),
    and the release's envelope. Raises WrongUse where no row is of this item, Broken where the release cannot be read.
    """
    manifest = load_manifest(source)
    envelope = whole(source, ENVELOPE)
    read_statement(read_envelope(envelope).payload)
    path, index, row = _find(source, manifest, item)
    try:
        way = proof((line for _path, line in _rows(source, manifest)), index, manifest.count)
    except ValueError as error:
        raise Broken("root_differs", path) from error
    if not check(row, index, manifest.count, way, bytes.fromhex(manifest.root)):
        raise Broken("root_differs", path)
    return written(row, index, way, envelope)


def written(row: bytes, index: int, way: Sequence[bytes], envelope: bytes) -> bytes:
    """A proof as a file, from a row's line, its index, the hashes beside its way up, and the envelope's bytes."""
    made = {
        "format": FORMAT,
        "index": index,
        "row": row.decode("utf-8"),
        "path": [one.hex() for one in way],
        "envelope": canonical.read(envelope[:-1]),
    }
    return canonical.write(made) + b"\n"


def verify_row(content: bytes, keys: Mapping[str, bytes], row: bytes | None = None) -> Verdict:
    """The verdict over a proof. `row` is the caller's own copy of the row, which must be the one that is proved."""
    findings = Findings()
    key, facts = "", {}
    try:
        value = _proof(content)
        said = check_signature(read_envelope(canonical.write(value["envelope"]) + b"\n"), keys)
        key = key_id(said.key)
        line = value["row"].encode("utf-8")
        if code := row_problem(line + b"\n"):
            raise Broken(code, PROOF, row=value["index"] + 1)
        way = [bytes.fromhex(one) for one in value["path"]]
        if not check(line, value["index"], said.count, way, bytes.fromhex(said.root)):
            raise Broken("row_not_in", PROOF, row=value["index"] + 1)
        if row is not None and row.removesuffix(b"\n") != line:
            raise Broken("row_other", ROW)
        if not said.passed:
            findings.say(Problem("gate_closed", PROOF))
        facts = {"row": json.loads(line), "index": value["index"], "rows": said.count, "root": said.root}
    except Broken as error:
        findings.say(error.problem)
    return findings.verdict(pinned=bool(keys), key=key, facts=facts)


def _proof(content: bytes) -> dict[str, Any]:
    try:
        value = canonical.read(content.removesuffix(b"\n"))
    except canonical.NotCanonical as error:
        raise Broken(f"not_canonical_{error.reason}", PROOF) from error
    is_fine = (
        content.endswith(b"\n")
        and isinstance(value, dict)
        and value.keys() == _FIELDS
        and value["format"] == FORMAT
        and type(value["index"]) is int
        and isinstance(value["row"], str)
        and isinstance(value["path"], list)
        and all(is_digest(one) for one in value["path"])
    )
    if not is_fine:
        raise Broken("proof_form", PROOF)
    found: dict[str, Any] = value
    return found


def _find(source: Source, manifest: Manifest, item: str) -> tuple[str, int, bytes]:
    for index, (path, line) in enumerate(_rows(source, manifest)):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Broken("row_not_canonical_json", path, row=index + 1) from error
        if isinstance(value, dict) and value.get("id") == item:
            return path, index, line
    raise WrongUse("no_such_item", item[:100])


def _rows(source: Source, manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    """File and line (without its end) of every row, in the order of the leaves."""
    for path in manifest.row_files:
        for line in lines(source, path):
            yield path, line.removesuffix(b"\n")
