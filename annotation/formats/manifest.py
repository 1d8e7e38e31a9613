"""The manifest of a release: what it is, what it holds, and the hash of every file.

The time of making and the release's number stay out of it, so that the same state gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotation.algorithms.canonical import canonical_json, sha256_hex

FORMAT = "assay-release/2"
NAME, ENVELOPE = "manifest.json", "manifest.dsse.json"
"""The manifest's own files: what proves the others is not among them."""


@dataclass(frozen=True)
class FileEntry:
    """A file of the release: its path within it, SHA-256, bytes and records (None for a file without any)."""

    path: str
    sha256: str
    size: int
    rows: int | None = None


@dataclass(frozen=True)
class ReleaseFacts:
    """What a manifest says besides its files; JSON values only.

    `gate` holds `passed`, `checks` and `waivers`; `rows` how many there are, their Merkle root, how it is made and the
    files whose lines are its leaves, in order.
    """

    project: str
    name: str
    organisation: Mapping[str, str]
    sector: str
    licence: str
    items: int
    annotations: int
    annotators: int
    labels: Mapping[str, Mapping[str, int]]
    settled: Mapping[str, Mapping[str, int]]
    agreement: Mapping[str, Any]
    schema_versions: Iterable[int]
    guideline_versions: Iterable[int]
    licences: Mapping[str, int]
    languages: Mapping[str, int]
    software: str
    splits: Mapping[str, Any]
    formats: Iterable[str]
    gate: Mapping[str, Any]
    rows: Mapping[str, Any]
    more: Mapping[str, Any] = field(default_factory=dict)


def build_manifest(facts: ReleaseFacts, files: Iterable[FileEntry]) -> dict[str, Any]:
    """The manifest as a JSON object; raises ValueError when two files have one path."""
    entries = sorted(files, key=lambda entry: entry.path)
    if len({entry.path for entry in entries}) < len(entries):
        raise ValueError("two files of a release have the same path")
    return {
        "format": FORMAT,
        "project": facts.project,
        "name": facts.name,
        "organisation": dict(facts.organisation),
        "licence": facts.licence,
        "sector": facts.sector,
        "software": facts.software,
        "counts": {
            "items": facts.items,
            "annotations": facts.annotations,
            "annotators": facts.annotators,
            "labels": {question: dict(counts) for question, counts in facts.labels.items()},
            "settled": {question: dict(counts) for question, counts in facts.settled.items()},
            "licences": dict(facts.licences),
            "languages": dict(facts.languages),
        },
        "agreement": dict(facts.agreement),
        "schema_versions": sorted(set(facts.schema_versions)),
        "guideline_versions": sorted(set(facts.guideline_versions)),
        "splits": dict(facts.splits),
        "formats": list(facts.formats),
        "gate": dict(facts.gate),
        "rows": dict(facts.rows),
        "files": [
            {"path": entry.path, "sha256": entry.sha256, "size": entry.size, "rows": entry.rows}
            for entry in entries
        ],
        "more": dict(facts.more),
    }


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """The one way to write a manifest: canonical JSON and a line end. Raises ValueError for NaN."""
    return canonical_json(manifest) + b"\n"


def manifest_hash(manifest: Mapping[str, Any]) -> str:
    """The SHA-256 of `manifest_bytes`, which names the release's content."""
    return sha256_hex(manifest_bytes(manifest))
