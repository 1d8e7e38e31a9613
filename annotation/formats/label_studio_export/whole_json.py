"""JSON: the tasks as they are, and JSON_MIN: an annotation a record, without Label Studio's wrappings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from annotation.formats.label_studio_export.answered import Answered, answered
from annotation.formats.label_studio_export.plain import plain
from annotation.formats.label_studio_export.shapes import Config, Task

_CHUNK = 1 << 16
TOLD = ("created_at", "updated_at", "lead_time")


def write_json(tasks: Iterable[Task], config: Config, made: datetime) -> Iterator[bytes]:
    """One array of the tasks, a task a line."""
    return _array(tasks)


def write_json_min(tasks: Iterable[Task], config: Config, made: datetime) -> Iterator[bytes]:
    """One array of records: the task's data, then its id, the answers by control, who and when.

    Later keys win where names collide, as in Label Studio; the CSV keeps both. A record a line.
    """
    return _array(map(_record, answered(tasks, config)))


def _record(row: Answered) -> dict[str, Any]:
    record = dict(row.data)
    if row.task.get("id") is not None:
        record["id"] = row.task["id"]
    record |= {name: plain(values) for name, values in row.values.items()}
    record["annotator"] = row.annotator(whole=True)
    record["annotation_id"] = row.annotation.get("id")
    record |= {name: row.annotation.get(name) for name in TOLD}
    if row.annotation and "agreement" in row.task:
        record["agreement"] = row.task["agreement"]
    return record


def _array(records: Iterable[object]) -> Iterator[bytes]:
    waiting, size, before = ["[\n"], 0, ""
    for record in records:
        text = json.dumps(record, ensure_ascii=False)
        waiting += (before, text)
        size, before = size + len(text), ",\n"
        if size >= _CHUNK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    waiting.append("\n]\n")
    yield "".join(waiting).encode()
