"""Is a release what its publisher signed? Files, rows, signature and gate, offline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.envelope import ENVELOPE, Envelope, Statement, pae, read_envelope, read_statement, statement
from assay.files import check_files
from assay.gate import gate_problems
from assay.keys import is_signed, key_id
from assay.manifest import Manifest, load_manifest
from assay.problems import Broken, Problem
from assay.reading import MANIFEST, Source, whole
from assay.verdict import Findings, Verdict


def verify(source: Source, keys: Mapping[str, bytes]) -> Verdict:
    """The verdict over a release. `keys`: id -> raw public key, of which one must have signed.

    Without keys the envelope is checked by the key that it names itself, which says that nothing is damaged but not
    who signed.
    """
    findings = Findings()
    said = _signed(source, keys, findings)
    try:
        manifest = load_manifest(source)
    except Broken as error:
        findings.say(error.problem)
        return findings.verdict(pinned=bool(keys), key=_key(said), facts={})
    if said:
        _check_statement(said, manifest, findings)
    for problem in gate_problems(manifest.value["gate"]):
        findings.say(problem)
    check_files(source, manifest, {MANIFEST, ENVELOPE}, findings.say)
    return findings.verdict(pinned=bool(keys), key=_key(said), facts=facts(manifest))


def check_signature(envelope: Envelope, keys: Mapping[str, bytes]) -> Statement:
    """What the envelope says, once one of the keys signed it; without keys the one that it names. Raises Broken."""
    said = read_statement(envelope.payload)
    if keys and envelope.key_id not in keys:
        raise Broken("key_other", ENVELOPE, key=envelope.key_id[:64])
    public = keys.get(envelope.key_id, said.key)
    if said.key != public or envelope.key_id != key_id(public):
        raise Broken("key_differs", ENVELOPE)
    if not is_signed(public, envelope.signature, pae(envelope.payload)):
        raise Broken("signature_wrong", ENVELOPE)
    return said


def facts(manifest: Manifest) -> dict[str, Any]:
    """What is worth printing of a manifest."""
    value = manifest.value
    names = ("name", "organisation", "project", "licence", "counts", "splits", "formats")
    return {
        **{name: value[name] for name in names if name in value},
        "rows": manifest.count,
        "root": manifest.root,
        "files": len(manifest.files),
        "gate": value["gate"],
    }


def _signed(source: Source, keys: Mapping[str, bytes], findings: Findings) -> Statement | None:
    try:
        return check_signature(read_envelope(whole(source, ENVELOPE)), keys)
    except Broken as error:
        findings.say(error.problem)
        return None


def _check_statement(said: Statement, manifest: Manifest, findings: Findings) -> None:
    """The statement is about this manifest, and repeats what it says of rows and gate."""
    expected = statement(manifest.value, manifest.content, said.key)
    if said.manifest != expected.manifest:
        findings.say(Problem("manifest_other", MANIFEST))
    elif said != expected or said.payload != expected.payload:
        findings.say(Problem("statement_differs", ENVELOPE))


def _key(said: Statement | None) -> str:
    return key_id(said.key) if said else ""
