"""CSV and TSV: a row an annotation, a column a key of the data, a control, and who and when.

Text stands in its cell as it is, quoted but unchanged, also where it begins with `=`, `+`, `-` or `@`: training code
reads these files, and a changed text would shift every offset. A spreadsheet may take such a cell for a formula.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from annotation.formats.label_studio_export.answered import Answered, answered
from annotation.formats.label_studio_export.plain import CHATS, cell_text, plain, transcript
from annotation.formats.label_studio_export.shapes import Config, Task
from annotation.formats.label_studio_export.whole_json import TOLD

_ALWAYS = frozenset(("annotator", "annotation_id", *TOLD))
_CHUNK = 1 << 16
_IN_MEMORY = 1 << 22

Cells = dict[str, Any]


def write_csv(tasks: Iterable[Task], config: Config, made: datetime) -> Iterator[bytes]:
    """Separated by commas."""
    return _table(tasks, config, ",")


def write_tsv(tasks: Iterable[Task], config: Config, made: datetime) -> Iterator[bytes]:
    """Separated by tabs."""
    return _table(tasks, config, "\t")


def _table(tasks: Iterable[Task], config: Config, separator: str) -> Iterator[bytes]:
    """The header names the columns of all rows, so the rows wait in a temporary file."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as kept:
        columns = _Columns()
        for row in answered(tasks, config):
            parts = (_about(row), _answers(row), _data(row))
            columns.note(*parts)
            kept.write(json.dumps(parts).encode() + b"\n")
        kept.seek(0)
        yield from _written(columns, kept, separator)


class _Columns:
    """Which columns there are. A key of the data that is a control's name too becomes `_data_KEY`, in every row."""

    def __init__(self) -> None:
        self._about: dict[str, None] = {}
        self._answers: dict[str, None] = {}
        self._data: dict[str, None] = {}

    def note(self, about: Cells, answers: Cells, data: Cells) -> None:
        """Take in one row's."""
        for seen, cells in ((self._about, about), (self._answers, answers), (self._data, data)):
            seen.update(dict.fromkeys(cells))

    def names(self) -> list[str]:
        """All of them, in the order of their characters."""
        renamed = self.renamed()
        data = (renamed.get(key, key) for key in self._data)
        return sorted({*_ALWAYS, *self._about, *self._answers, *data})

    def renamed(self) -> dict[str, str]:
        """Keys of the data that are controls' names too, and what their columns are called."""
        return {key: f"_data_{key}" for key in self._data if key in self._answers}


def _about(row: Answered) -> Cells:
    cells: Cells = {"annotator": row.annotator(whole=False), "annotation_id": row.annotation.get("id")}
    if row.task.get("id") is not None:
        cells["id"] = row.task["id"]
    cells |= {name: row.annotation.get(name) for name in TOLD}
    if row.annotation and "agreement" in row.task:
        cells["agreement"] = row.task["agreement"]
    if history := row.annotation.get("history"):
        cells["history"] = cell_text(history)
    return cells


def _answers(row: Answered) -> Cells:
    cells: Cells = {}
    for name, values in row.values.items():
        shown = plain(values)
        cells[name] = shown if isinstance(shown, str) else cell_text(shown)
        if any(value["type"] in CHATS for value in values):
            cells[f"{name}_transcript"] = transcript(shown)
    return cells


def _data(row: Answered) -> Cells:
    return {
        key: cell_text(value) if isinstance(value, dict | list) else value for key, value in row.data.items()
    }


def _written(columns: _Columns, kept: IO[bytes], separator: str) -> Iterator[bytes]:
    names, renamed = columns.names(), columns.renamed()
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, delimiter=separator)
    writer.writerow(names)
    for line in kept:
        about, answers, data = json.loads(line)
        cells = _joined(about, answers, data, renamed)
        writer.writerow([cells.get(name, "") for name in names])
        if text.tell() >= _CHUNK:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _joined(about: Cells, answers: Cells, data: Cells, renamed: Mapping[str, str]) -> Cells:
    """One row. Of equal names the last wins: the id gives way to answers and data, which give way to who and when."""
    task = {"id": about.pop("id")} if "id" in about else {}
    if renamed:
        data = {renamed.get(key, key): value for key, value in data.items()}
    return {**task, **answers, **data, **about}
