"""The release as Croissant 1.1 (JSON-LD) with the Responsible-AI vocabulary, which `mlcroissant` checks and loads.

http://mlcommons.org/croissant/1.1 and http://mlcommons.org/croissant/RAI/1.0. Croissant wants a day of publication; the
day of making stays out of a release's bytes, so it is the day on which the newest gold label was settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from annotation.formats.manifest import FileEntry
from annotation.formats.release.documents.croissant_rai import responsible
from annotation.formats.release.documents.croissant_records import record_sets
from annotation.formats.release.documents.facts import Facts
from annotation.formats.release.documents.plain import line

CROISSANT = "croissant.json"
VERSION = "http://mlcommons.org/croissant/1.1"
RAI_VERSION = "http://mlcommons.org/croissant/RAI/1.0"
PARQUET, JSON_LINES = "application/x-parquet", "application/jsonlines"
_TYPES = {
    ".jsonl": JSON_LINES,
    ".parquet": PARQUET,
    ".csv": "text/csv",
    ".json": "application/json",
    ".tsv": "text/tab-separated-values",
    ".conll": "text/plain",
    ".txt": "text/plain",
}
_NO_BRACES = str.maketrans("", "", "{}\\")
_SHOWN = "files/"
_LANGUAGE_MAP = {"@container": "@language"}
_OWN = (
    *("arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field"),
    *("fileObject", "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath"),
    *("key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated", "replace"),
    *("samplingRate", "separator", "source", "subField", "transform"),
)
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "description": _LANGUAGE_MAP,
    "name": _LANGUAGE_MAP,
    **{name: f"cr:{name}" for name in _OWN},
}
"""The standard's own, as `mlcroissant` compares it."""


def croissant(facts: Facts, files: Sequence[FileEntry]) -> dict[str, Any]:
    """The document as a JSON object."""
    organisation = {"@type": "sc:Organization", "name": line(facts.organisation)}
    found = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": line(facts.name),
        "description": _description(facts),
        "conformsTo": [VERSION, RAI_VERSION],
        "license": line(facts.licence),
        "url": f"urn:assay:{facts.project}",
        "version": facts.version,
        "citeAs": _citation(facts),
        "dateCreated": facts.first_day,
        "dateModified": facts.last_day,
        "datePublished": facts.last_day,
        "inLanguage": [code for code in facts.languages if code],
        "keywords": ["assay", line(facts.sector), *sorted({one.kind for one in facts.questions})],
        "creator": organisation,
        "publisher": organisation,
        "isLiveDataset": False,
        **responsible(facts),
        "distribution": distribution(files),
        "recordSet": record_sets(facts, files),
    }
    return {key: value for key, value in found.items() if value not in ("", [])}


def _citation(facts: Facts) -> str:
    """As BibTeX: braces and backslashes would end a field early, so they go."""
    fields = {
        "title": facts.name,
        "author": facts.organisation,
        "year": facts.last_day[:4],
        "version": facts.version,
        "note": "Gold set labelled in Assay",
    }
    told = ", ".join(f"{name} = {{{line(value).translate(_NO_BRACES)}}}" for name, value in fields.items())
    return f"@misc{{{facts.key}, {told}}}"


def distribution(files: Sequence[FileEntry]) -> list[dict[str, Any]]:
    """Each file with its hash, and the sets of them that record sets read; files of items are a set of their own."""
    listed = [_file(one) for one in files if not one.path.startswith(_SHOWN)]
    sets = [
        _set(folder, f"{folder}/*{ending}", _TYPES[ending])
        for folder, ending in (("gold", ".jsonl"), ("data", ".parquet"))
        if any(one.path.startswith(f"{folder}/") for one in files)
    ]
    if any(one.path.startswith(_SHOWN) for one in files):
        sets.append(_set("files", f"{_SHOWN}*", "application/octet-stream"))
    return [*listed, *sets]


def _file(one: FileEntry) -> dict[str, Any]:
    ending = PurePosixPath(one.path).suffix
    return {
        "@type": "cr:FileObject",
        "@id": one.path,
        "name": one.path,
        "contentUrl": one.path,
        "contentSize": f"{one.size} B",
        "encodingFormat": _TYPES.get(ending, "application/octet-stream"),
        "sha256": one.sha256,
    }


def _set(name: str, includes: str, encoding: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{name}-files",
        "name": f"{name}-files",
        "encodingFormat": encoding,
        "includes": includes,
    }


def _description(facts: Facts) -> str:
    own = line(facts.description)
    made = (
        f"{facts.items} items of the sector {line(facts.sector)} with gold labels, "
        f"how each was settled, and every annotation behind it."
    )
    return f"{own} {made}" if own else made
