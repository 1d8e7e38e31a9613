"""TRL's stepwise supervision, which process reward models read: a `prompt`, its steps, and whether each is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.formats.release.column_types import TEXT, TRUTH, Many
from annotation.formats.release.roles.steps import Stepwise, step_role, steps
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.training.json_lines import JsonLines, always


def records(role: Stepwise, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """The solution with its labels; texts, as TRL has them."""
    for one in steps(role, row):
        yield {"id": row.item, "prompt": one.prompt, "completions": one.steps, "labels": one.right}


_SHAPE = always(id=TEXT, prompt=TEXT, completions=Many(TEXT), labels=Many(TRUTH))
PRM = JsonLines[Stepwise]("prm", step_role, records, _SHAPE)
