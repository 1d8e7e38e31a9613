"""Pairs for reward models, as TRL's RewardTrainer reads them: two whole conversations, the prompt within each."""

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
        prompt = [one.plain() for one in pair.prompt]
        yield {
            "id": row.item,
            "chosen": [*prompt, {"role": ASSISTANT, "content": pair.chosen}],
            "rejected": [*prompt, {"role": ASSISTANT, "content": pair.rejected}],
        }


_SHAPE = always(id=TEXT, chosen=MESSAGES, rejected=MESSAGES)
REWARD = JsonLines[Compared]("reward", pair_role, records, _SHAPE)
