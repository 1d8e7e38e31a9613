"""TRL's preferences with an explicit prompt, which DPO reads: `prompt`, `chosen` and `rejected`, all messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.formats.release.column_types import TEXT
from annotation.formats.release.roles.messages import ASSISTANT
from annotation.formats.release.roles.pairs import Compared, pair_role, pairs
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.training.json_lines import MESSAGES, JsonLines, always


def records(role: Compared, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """Each pair."""
    for pair in pairs(role, row):
        yield {
            "id": row.item,
            "prompt": [one.plain() for one in pair.prompt],
            "chosen": [{"role": ASSISTANT, "content": pair.chosen}],
            "rejected": [{"role": ASSISTANT, "content": pair.rejected}],
        }


_SHAPE = always(id=TEXT, prompt=MESSAGES, chosen=MESSAGES, rejected=MESSAGES)
DPO = JsonLines[Compared]("dpo", pair_role, records, _SHAPE)
