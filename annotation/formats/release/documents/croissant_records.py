"""The record sets of a Croissant document: the splits, the record, and the columns of the Parquet shards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotation.formats.manifest import FileEntry
from annotation.formats.release.documents.facts import Asked, Facts
from annotation.formats.release.documents.plain import line

_SPLITS = {"train": "cr:TrainingSplit", "validation": "cr:ValidationSplit", "test": "cr:TestSplit"}
_PLAIN = ("id", "split", "language", "source", "licence", "group")
_SAID = {
    "id": "The item's id.",
    "split": "The split that it belongs to, in every version of the dataset.",
    "language": "Its language (BCP 47), where it is stated.",
    "source": "Where it comes from, where that is stated.",
    "licence": "The licence or right under which it is here.",
    "group": "What it stays together with in one split, where that is stated.",
}
_ONE = {"choice": "sc:Text", "datetime": "sc:Text", "rating": "sc:Float", "number": "sc:Float"}
_SHAPES = {
    "choices": "-1",
    "text": "-1",
    "spans": "-1,3",
}
"""Of arrays of texts: a span is `[start, end, label]`."""
_TEXTS = frozenset({"text", "html"})


def record_sets(facts: Facts, files: Sequence[FileEntry]) -> list[dict[str, Any]]:
    """Those of what is there."""
    found = [_splits(facts)]
    if any(file.path.startswith("gold/") for file in files):
        found.append(_record(facts))
    if facts.dataset_info is not None and any(file.path.startswith("data/") for file in files):
        found.append(_columns(facts.dataset_info))
    return found


def _splits(facts: Facts) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": "splits",
        "name": "splits",
        "dataType": "cr:Split",
        "key": {"@id": "splits/name"},
        "field": [
            {"@type": "cr:Field", "@id": "splits/name", "name": "name", "dataType": "sc:Text"},
            {"@type": "cr:Field", "@id": "splits/url", "name": "url", "dataType": "sc:URL"},
            {"@type": "cr:Field", "@id": "splits/rows", "name": "rows", "dataType": "sc:Integer"},
        ],
        "data": [
            {"splits/name": split, "splits/url": _SPLITS[split], "splits/rows": rows}
            for split, rows in facts.rows.items()
        ],
    }


def _record(facts: Facts) -> dict[str, Any]:
    """The plain parts of the record; the rest of a line (how each was settled, annotations) is read with `json`."""
    taken: set[str] = set()
    fields = [_field("gold", name, "sc:Text", name, said=_SAID[name]) for name in _PLAIN]
    fields += [
        _field(
            "gold",
            _named("data", one.key, taken),
            "sc:Text",
            "data",
            path=one.key,
            said="What the item shows.",
        )
        for one in facts.fields
        if one.kind in _TEXTS
    ]
    fields += [one for question in facts.questions for one in _label(question, taken)]
    return {
        "@type": "cr:RecordSet",
        "@id": "gold",
        "name": "gold",
        "description": "One item a record, with its gold labels.",
        "key": {"@id": "gold/id"},
        "field": fields,
    }


def _named(column: str, key: str, taken: set[str]) -> str:
    """An id for a key: without white space, which ids may not hold, and not taken yet."""
    plain = found = f"{column}/{'_'.join(line(key).split())}"
    number = 2
    while found in taken:
        found, number = f"{plain}-{number}", number + 1
    taken.add(found)
    return found


def _label(question: Asked, taken: set[str]) -> Iterator[dict[str, Any]]:
    """The gold label of a question, of the kinds that are one value or an array of texts."""
    said = line(question.title) or "The gold label."
    if question.kind not in _ONE and question.kind not in _SHAPES:
        return
    name = _named("labels", question.key, taken)
    if question.kind in _ONE:
        yield _field("gold", name, _ONE[question.kind], "labels", path=question.key, said=said)
    else:
        shape = {"isArray": True, "arrayShape": _SHAPES[question.kind]}
        yield _field("gold", name, "sc:Text", "labels", path=question.key, said=said) | shape


def _field(
    records: str, name: str, kind: str, column: str, *, path: str | None = None, said: str = ""
) -> dict[str, Any]:
    source: dict[str, Any] = {"fileSet": {"@id": f"{records}-files"}, "extract": {"column": column}}
    if path is not None:
        source["transform"] = {"jsonPath": json_path(path)}
    found = {
        "@type": "cr:Field",
        "@id": f"{records}/{name}",
        "name": name,
        "dataType": kind,
        "source": source,
    }
    return found | ({"description": said} if said else {})


def json_path(key: str) -> str:
    """The path to a key of an object, quoted: it may hold spaces, dots or Chinese."""
    inner = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'$."{inner}"'


def _columns(info: Mapping[str, Any]) -> dict[str, Any]:
    fields = [
        _field("data", name, kind, name) | ({"isArray": True, "arrayShape": "-1"} if many else {})
        for name, kind, many in _typed(info["features"])
    ]
    return {
        "@type": "cr:RecordSet",
        "@id": "data",
        "name": "data",
        "description": "The columns of the Parquet shards.",
        "field": fields,
    }


def _typed(features: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, bool]]:
    """Name, type and whether it is a list, of the columns that are plain values or lists of them."""
    for feature in features:
        kind = feature.get("dtype", feature.get("list"))
        if isinstance(kind, Mapping) and "class_label" in kind:
            kind = "int64"
        if isinstance(kind, str):
            yield feature["name"], _DTYPES.get(kind, "sc:Text"), "list" in feature


_DTYPES = {
    "int64": "sc:Integer",
    "int32": "sc:Integer",
    "float64": "sc:Float",
    "float32": "sc:Float",
    "bool": "sc:Boolean",
}
