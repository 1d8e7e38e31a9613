"""The manifest of a release, checked for its form (`assay-release/2`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any

from assay import canonical
from assay.encoding import is_digest
from assay.envelope import ENVELOPE
from assay.merkle import HASH
from assay.problems import Broken
from assay.reading import MANIFEST, Source, whole

FORMAT = "assay-release/2"
RECORDS = "gold/"
"""The folder of the record: each line of its files is a leaf of the tree."""
_LONGEST = 1000


@dataclass(frozen=True)
class Listed:
    """A file that the manifest lists: SHA-256 (hexadecimal), size in bytes, how many rows it holds (None: none)."""

    path: str
    sha256: str
    size: int
    rows: int | None


@dataclass(frozen=True)
class Manifest:
    """A manifest: its bytes, its value, and the parts that are checked. `row_files` are in the order of the leaves."""

    content: bytes
    value: Mapping[str, Any]
    files: Mapping[str, Listed]
    row_files: Sequence[str]
    count: int
    root: str


def load_manifest(source: Source) -> Manifest:
    """The manifest of a release. Raises Broken."""
    return read_manifest(whole(source, MANIFEST))


def read_manifest(content: bytes) -> Manifest:
    """The manifest of a file. Raises Broken where it is not canonical or not of this form."""
    if not content.endswith(b"\n"):
        raise Broken("line_end_missing", MANIFEST)
    try:
        value = canonical.read(content[:-1])
    except canonical.NotCanonical as error:
        raise Broken(f"not_canonical_{error.reason}", MANIFEST) from error
    if not isinstance(value, dict):
        raise _bad("")
    if value.get("format") != FORMAT:
        raise Broken("format_unknown", MANIFEST, format=value.get("format"), known=FORMAT)
    files = _files(value.get("files"))
    rows = _fields(value, "rows", {"count": int, "root": str, "hash": str, "files": list})
    if rows["hash"] != HASH or rows["count"] < 0 or not is_digest(rows["root"]):
        raise _bad("rows")
    _check_row_files(rows["files"], files)
    gate = _fields(value, "gate", {"passed": bool, "checks": list, "waivers": list})
    for one in gate["checks"]:
        if not isinstance(one, dict) or not _is_check(one):
            raise _bad("gate.checks")
    for one in gate["waivers"]:
        _exactly(one, "gate.waivers", {"check": str, "by": str, "reason": str})
    return Manifest(content, value, files, rows["files"], rows["count"], rows["root"])


def _is_check(one: Mapping[str, Any]) -> bool:
    """`asked`: whether the release's policy asked for it; `passed`: null where that is not known."""
    passed = one.get("passed", 0)
    return (
        isinstance(one.get("check"), str)
        and type(one.get("asked")) is bool
        and type(passed) in (bool, NoneType)
    )


def _files(value: object) -> dict[str, Listed]:
    if not isinstance(value, list):
        raise _bad("files")
    found: dict[str, Listed] = {}
    for one in value:
        kinds = {"path": str, "sha256": str, "size": int, "rows": int}
        if isinstance(one, dict) and one.get("rows", 0) is None:
            kinds["rows"] = NoneType
        listed = Listed(**_exactly(one, "files", kinds))
        if not is_digest(listed.sha256) or listed.size < 0 or (listed.rows or 0) < 0:
            raise _bad("files", listed.path)
        if not is_inside(listed.path) or listed.path in (MANIFEST, ENVELOPE):
            raise Broken("path_outside", MANIFEST, path=listed.path)
        if listed.path in found:
            raise Broken("path_twice", MANIFEST, path=listed.path)
        found[listed.path] = listed
    return found


def is_inside(path: str) -> bool:
    """Whether it is the plain path of a file within the release's folder."""
    parts = path.split("/")
    return (
        len(path) <= _LONGEST
        and path.isprintable()
        and not set(path) & {"\\", ":"}
        and all(part not in ("", ".", "..") for part in parts)
    )


def _check_row_files(paths: Sequence[object], files: Mapping[str, Listed]) -> None:
    """Every file of the record, each once."""
    if not all(isinstance(path, str) for path in paths) or len({*paths}) != len(paths):
        raise _bad("rows.files")
    for path in sorted({*map(str, paths)} ^ {path for path in files if path.startswith(RECORDS)}):
        raise Broken("row_files", MANIFEST, path=path)


def _fields(value: Mapping[str, Any], name: str, kinds: Mapping[str, type]) -> dict[str, Any]:
    return _exactly(value.get(name), name, kinds)


def _exactly(value: object, name: str, kinds: Mapping[str, type]) -> dict[str, Any]:
    """An object with exactly these fields of exactly these types (True is no whole number)."""
    if not isinstance(value, dict) or value.keys() != kinds.keys():
        raise _bad(name)
    if any(type(value[field]) is not kind for field, kind in kinds.items()):
        raise _bad(name, str(value.get("path", "")))
    return value


def _bad(field: str, path: str = "") -> Broken:
    return Broken("manifest_form", MANIFEST, field=f"{field} {path}".strip() or "{}")
