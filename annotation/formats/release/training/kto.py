"""TRL's unpaired preferences, which KTO reads: `prompt`, `completion` and whether it is good (`label`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.formats.release.column_types import TEXT, TRUTH
from annotation.formats.release.roles.judged import Judging, judge_role, judged
from annotation.formats.release.roles.messages import ASSISTANT
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.training.json_lines import MESSAGES, JsonLines, always


def records(role: Judging, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """Each response that is good or bad."""
    for one in judged(role, row):
        yield {
            "id": row.item,
            "prompt": [message.plain() for message in one.prompt],
            "completion": [{"role": ASSISTANT, "content": one.response}],
            "label": one.good,
        }


_SHAPE = always(id=TEXT, prompt=MESSAGES, completion=MESSAGES, label=TRUTH)
KTO = JsonLines[Judging]("kto", judge_role, records, _SHAPE)
