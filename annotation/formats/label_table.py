"""A folder of labels that were given elsewhere: `labels.csv` or `labels.csv.gz`, and `gold.csv` if there is gold.

`labels.csv` has the columns item, worker and label, one judgement a row; `gold.csv` has item and label, and may be
empty or speak of a part of the items. Columns stand in any order, and others are passed over. UTF-8, commas,
quotes as in RFC 4180 (doi:10.17487/RFC4180). A person's second label of an item is one more row.
"""

from __future__ import annotations

import csv
import gzip
import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, TextIO

import numpy as np
from numpy.typing import NDArray

from annotation.formats.messages import FormatError

Codes = NDArray[np.int64]
Kind = Literal["classes", "numbers"]
Rows = Iterator[tuple[int, list[str]]]

LABEL_COLUMNS = ("item", "worker", "label")
GOLD_COLUMNS = ("item", "label")
FEW_VALUES = 10
"""So few different numbers are a scale of classes, unless gold lies between them."""


@dataclass(frozen=True, eq=False)
class LabelTable:
    """Labels in the order of the file: three parallel arrays of codes into `items`, `workers` and `labels`.

    Names are sorted, so that codes do not depend on the order of the rows. `gold` maps an item to its known answer;
    an item that nobody labelled may be in it, and an answer that nobody gave.
    """

    items: tuple[str, ...]
    workers: tuple[str, ...]
    labels: tuple[str, ...]
    item: Codes
    worker: Codes
    label: Codes
    gold: dict[str, str]

    @cached_property
    def kind(self) -> Kind:
        """Whether the labels look like `classes` or like `numbers` of a scale.

        Numbers are what are all finite numbers, and neither at most ten different ones nor whole numbers counted up
        from 0 or 1 without a gap (so codes of classes look); or of which gold holds a fraction.
        """
        known = [*self.labels, *self.gold.values()]
        if not all(_is_number(text) for text in known):
            return "classes"
        values = {float(text) for text in known}
        if any(not float(text).is_integer() for text in self.gold.values()):
            return "numbers"
        whole = all(value.is_integer() for value in values)
        counted = whole and min(values) in {0.0, 1.0} and max(values) - min(values) == len(values) - 1
        return "classes" if counted or len(values) <= FEW_VALUES else "numbers"

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """Each row's label as a number, in file order. Raises FormatError (`table_not_numbers`)."""
        return np.array([number(text) for text in self.labels], dtype=np.float64)[self.label]


def number(text: str) -> float:
    """A label as a finite number. Raises FormatError (`table_not_numbers`)."""
    if not _is_number(text):
        raise FormatError("table_not_numbers", {"label": text})
    return float(text)


def read_label_table(folder: Path) -> LabelTable:
    """Read a folder's labels and gold.

    Raises FormatError; its `where` is the file, or the file and the line at which the row begins (`labels.csv:12`).
    """
    if not folder.is_dir():
        raise FormatError("table_no_folder", {"folder": str(folder)})
    path = _one_of(folder, "labels.csv")
    if path is None:
        raise FormatError("table_missing", {"folder": str(folder)})
    rows = [cells for _, cells in _rows(path, LABEL_COLUMNS)]
    if not rows:
        raise FormatError("table_empty", where=path.name)
    (items, item), (workers, worker), (labels, label) = (_coded(column) for column in zip(*rows, strict=True))
    gold = _one_of(folder, "gold.csv")
    return LabelTable(
        items,
        workers,
        labels,
        item,
        worker,
        label,
        {} if gold is None or not gold.stat().st_size else _gold(gold),
    )


def _gold(path: Path) -> dict[str, str]:
    gold: dict[str, str] = {}
    for line, (item, label) in _rows(path, GOLD_COLUMNS):
        if gold.setdefault(item, label) != label:
            params = {"item": item, "first": gold[item], "second": label}
            raise FormatError("table_gold_twice", params, f"{path.name}:{line}")
    return gold


def _one_of(folder: Path, name: str) -> Path | None:
    plain, packed = folder / name, folder / f"{name}.gz"
    if plain.exists() and packed.exists():
        raise FormatError("table_twice", {"folder": str(folder), "name": name})
    return next((path for path in (plain, packed) if path.exists()), None)


def _rows(path: Path, wanted: tuple[str, ...]) -> Rows:
    """(line, cells of the wanted columns) of each row that is not blank."""
    line = 1
    try:
        with _open(path) as file:
            reader = csv.reader(file, strict=True)
            header = [name.strip() for name in next(reader, [])]
            columns = _columns(header, wanted, path.name)
            while True:
                line = reader.line_num + 1  # where the row begins: a quoted cell may hold line ends
                cells = next(reader, None)
                if cells is None:
                    return
                if cells:
                    yield line, _wanted(cells, header, columns, f"{path.name}:{line}")
    except UnicodeDecodeError:  # the file is decoded ahead of the row
        raise FormatError("table_encoding", where=path.name) from None
    except csv.Error as error:
        raise FormatError("table_quotes", {"problem": str(error)}, f"{path.name}:{line}") from None
    except (OSError, EOFError, zlib.error) as error:
        raise FormatError("table_unreadable", {"problem": str(error)}, path.name) from None


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _columns(header: list[str], wanted: tuple[str, ...], name: str) -> list[int]:
    if any(header.count(column) != 1 for column in wanted):
        params = {"wanted": ", ".join(wanted), "found": ", ".join(header) or "—"}
        raise FormatError("table_columns", params, f"{name}:1")
    return [header.index(column) for column in wanted]


def _wanted(cells: list[str], header: list[str], columns: list[int], where: str) -> list[str]:
    if len(cells) != len(header):
        raise FormatError("table_width", {"cells": len(cells), "wanted": len(header)}, where)
    for at in columns:
        if not cells[at].strip():
            raise FormatError("table_blank", {"column": header[at]}, where)
    return [cells[at] for at in columns]


def _coded(column: tuple[str, ...]) -> tuple[tuple[str, ...], Codes]:
    names = tuple(sorted(set(column)))
    index = {name: code for code, name in enumerate(names)}
    return names, np.array([index[name] for name in column], dtype=np.int64)


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
