"""Rankings: `prompt` (messages) and `completions` (texts), the best first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.formats.release.column_types import TEXT, Many
from annotation.formats.release.roles.prompt import prompt_messages
from annotation.formats.release.roles.ranked import Ranked, best_first, rank_role
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.training.json_lines import MESSAGES, JsonLines, always


def records(role: Ranked, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """The list in its order."""
    prompt = [one.plain() for one in prompt_messages(role.prompt, row)]
    ranked = best_first(role, row)
    if prompt and ranked:
        yield {"id": row.item, "prompt": prompt, "completions": ranked}


_SHAPE = always(id=TEXT, prompt=MESSAGES, completions=Many(TEXT))
RANKING = JsonLines[Ranked]("ranking", rank_role, records, _SHAPE)
