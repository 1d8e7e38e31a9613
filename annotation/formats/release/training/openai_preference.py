"""OpenAI's preference fine-tuning: what was asked, the preferred answer and the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.formats.release.column_types import Struct
from annotation.formats.release.roles.messages import ASSISTANT
from annotation.formats.release.roles.pairs import Compared, pair_role, pairs
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.training.json_lines import MESSAGES, JsonLines, always
from annotation.formats.release.training.openai import ROLES


def records(role: Compared, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """`input`, `preferred_output` and `non_preferred_output` of each pair."""
    for pair in pairs(role, row):
        if all(one.role in ROLES for one in pair.prompt):
            yield {
                "input": {"messages": [one.plain() for one in pair.prompt]},
                "preferred_output": [{"role": ASSISTANT, "content": pair.chosen}],
                "non_preferred_output": [{"role": ASSISTANT, "content": pair.rejected}],
            }


_SHAPE = always(
    input=Struct({"messages": MESSAGES}), preferred_output=MESSAGES, non_preferred_output=MESSAGES
)
OPENAI_PREFERENCE = JsonLines[Compared]("openai_preference", pair_role, records, _SHAPE)
