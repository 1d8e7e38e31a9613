"""The types of a table's columns, and how three readers spell them: Arrow, Hugging Face's schema, a card's YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Plain:
    """One value: `dtype` is `string`, `int64`, `float64` or `bool`."""

    dtype: str


@dataclass(frozen=True)
class OneOf:
    """One of these labels, stored as its place among them (Hugging Face's ClassLabel)."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Many:
    """A list."""

    of: ColumnType


@dataclass(frozen=True)
class Struct:
    """Named parts."""

    parts: Mapping[str, ColumnType]


ColumnType: TypeAlias = Plain | OneOf | Many | Struct

TEXT, WHOLE, REAL, TRUTH = Plain("string"), Plain("int64"), Plain("float64"), Plain("bool")


def to_arrow(type_: ColumnType) -> Any:
    """The `pyarrow.DataType`."""
    import pyarrow  # late: web processes read the registry and write no table

    if isinstance(type_, Many):
        return pyarrow.list_(to_arrow(type_.of))
    if isinstance(type_, Struct):
        return pyarrow.struct([(name, to_arrow(part)) for name, part in type_.parts.items()])
    if isinstance(type_, OneOf):
        return pyarrow.int64()
    found = {
        "string": pyarrow.string,
        "int64": pyarrow.int64,
        "float64": pyarrow.float64,
        "bool": pyarrow.bool_,
    }
    return found[type_.dtype]()


def to_feature(type_: ColumnType) -> Any:
    """As `datasets` stores a feature in a Parquet file, in the spelling that its versions 2 to 5 all read."""
    if isinstance(type_, Struct):
        return {name: to_feature(part) for name, part in type_.parts.items()}
    if isinstance(type_, OneOf):
        return {"names": list(type_.names), "_type": "ClassLabel"}
    if isinstance(type_, Plain):
        return {"dtype": type_.dtype, "_type": "Value"}
    inner = to_feature(type_.of)
    return [inner] if isinstance(type_.of, Struct) else {"feature": inner, "_type": "Sequence"}


def to_yaml(name: str, type_: ColumnType) -> dict[str, Any]:
    """As a card's front matter lists a feature under `dataset_info`."""
    return {"name": name, **_yaml(type_)}


def _yaml(type_: ColumnType) -> dict[str, Any]:
    if isinstance(type_, Many):
        inner = _yaml(type_.of)
        said = inner.get("struct", inner.get("dtype", inner))
        return {"list": said}
    if isinstance(type_, Struct):
        return {"struct": [to_yaml(name, part) for name, part in type_.parts.items()]}
    if isinstance(type_, OneOf):
        return {"dtype": {"class_label": {"names": {str(at): one for at, one in enumerate(type_.names)}}}}
    return {"dtype": type_.dtype}
