"""Answers graded by a rubric: `response`, `criteria` (each with weight, most points, points), `score`, `rationales`.

Where experts write the rubric itself, a record is a prompt and its weighted criteria.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.formats.release.column_types import REAL, TEXT, WHOLE, ColumnType, Many, Struct
from annotation.formats.release.loadable import Columns
from annotation.formats.release.roles.graded import Graded, Grading, grade_role, graded
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.training.json_lines import MESSAGES, JsonLines


def records(role: Grading, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """Each graded answer, or written rubric."""
    for one in graded(role, row):
        yield {"id": row.item, **one}


def shape(role: Grading) -> Columns:
    """A graded answer says more than a rubric."""
    criterion: dict[str, ColumnType] = {"criterion": TEXT, "weight": REAL}
    if not isinstance(role, Graded):
        return {"id": TEXT, "prompt": MESSAGES, "criteria": Many(Struct(criterion))}
    graded_one = Struct({**criterion, "most": WHOLE, "points": REAL})
    return {
        "id": TEXT,
        "prompt": MESSAGES,
        "response": TEXT,
        "criteria": Many(graded_one),
        "score": REAL,
        "rationales": Many(TEXT),
    }


RUBRIC = JsonLines[Grading]("rubric", grade_role, records, shape)
