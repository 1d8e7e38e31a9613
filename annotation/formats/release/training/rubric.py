"""Answers graded by a rubric: `response`, `criteria` (each with weight, most points, points), `score`, `rationales`.

Where experts write the rubric itself, a record is a prompt and its weighted criteria.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.formats.release.roles.graded import Grading, grade_role, graded
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.training.json_lines import JsonLines


def records(role: Grading, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """Each graded answer, or written rubric."""
    for one in graded(role, row):
        yield {"id": row.item, **one}


RUBRIC = JsonLines[Grading]("rubric", grade_role, records)
