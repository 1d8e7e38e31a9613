"""What Label Studio's import takes: a JSON body, and files of JSON, CSV, TSV and lines of text.

A body or a file is good or bad as a whole. Cells and lines stay text, to the character; a byte order mark is no part
of it. Errors are FormatError, whose `where` says the place: `tasks[3].annotations[0].result`, or a line of a table.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath

from annotation.formats.byte_lines import ByteLines, skip_mark
from annotation.formats.label_studio_task import BroughtTask, task_of
from annotation.formats.messages import FormatError
from annotation.formats.row_types import MAX_ROW_BYTES, RowInvalid
from annotation.formats.rows_csv import Records, check_width
from annotation.formats.strict_json import strict_loads

MAX_TASKS = 1_000_000
_SEPARATORS = {"csv": ",", "tsv": "\t"}
_HEAD = 10_000  # bytes in which the first line is looked at
_NAME = 40  # characters of a strange ending that are repeated


def tasks_of_json(encoded: bytes) -> list[BroughtTask]:
    """The tasks of a JSON text; raises FormatError."""
    head, mark = skip_mark(BytesIO(encoded[:4]))
    content = encoded[mark:] if mark else encoded
    if not head.strip() and not content.strip():
        raise FormatError("import_no_tasks")
    tasks = tasks_of(strict_loads(content))
    if len(content) > MAX_ROW_BYTES:  # only then can one of them be too large
        for at, task in enumerate(tasks):
            if len(json.dumps(task.data)) > MAX_ROW_BYTES:
                raise FormatError("row_too_large", {"limit": MAX_ROW_BYTES}, f"tasks[{at}]")
    return tasks


def tasks_of(value: object, *, storable: bool = False) -> list[BroughtTask]:
    """The tasks of a decoded JSON value, a list or one object; raises FormatError.

    `storable`: its characters have been looked at.
    """
    found = [value] if isinstance(value, dict) else value
    if not isinstance(found, list):
        raise FormatError("import_not_tasks")
    if not found:
        raise FormatError("import_no_tasks")
    if len(found) > MAX_TASKS:
        raise FormatError("import_too_many", {"limit": MAX_TASKS})
    return [task_of(one, f"tasks[{at}]", storable=storable) for at, one in enumerate(found)]


def tasks_of_file(name: str, content: bytes, *, text_key: str) -> list[BroughtTask]:
    """The tasks of a file, whose name's ending tells its format; raises FormatError.

    `text_key` is the key of the data under which lines of a text file stand, a line a task.
    """
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending == "json":
        return tasks_of_json(content)
    if separator := _SEPARATORS.get(ending):
        return tasks_of(list(_rows(content, _separator(content) if separator == "," else separator)))
    if ending == "txt":
        return tasks_of([{"data": {text_key: line}} for line in _lines(content)])
    raise FormatError("import_format", {"format": (ending or name)[:_NAME]})


def _separator(content: bytes) -> str:
    """Of a CSV file: a semicolon where the first line has more of them than commas, as spreadsheets write it."""
    head = content[:_HEAD].split(b"\n", 1)[0]
    return ";" if head.count(b";") > head.count(b",") else ","


def _rows(content: bytes, separator: str) -> Iterator[dict[str, object]]:
    records = None
    try:
        records = Records(ByteLines(BytesIO(content), None), separator)
        header = records.header()
        while (cells := records.next_cells()) is not None:
            check_width(cells, header)
            yield {"data": dict(zip(header, cells, strict=True))}
    except RowInvalid as error:
        raise FormatError(error.code, error.params, f"line {records.line if records else 1}") from None


def _lines(content: bytes) -> Iterator[str]:
    """Lines without their ends; blank ones are nothing to judge."""
    lines = ByteLines(BytesIO(content), None)
    while line := lines.next_line():
        where = f"line {line.number}"
        if line.content is None:
            raise FormatError("row_too_large", {"limit": MAX_ROW_BYTES}, where)
        try:
            text = line.content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise FormatError("encoding_invalid", {"byte": error.start + 1}, where) from None
        if text.strip():
            yield text.removesuffix("\n").removesuffix("\r")
