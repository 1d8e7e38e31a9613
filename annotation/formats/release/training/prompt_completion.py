"""TRL's prompt and completion: the loss is taken of the completion only.

Both are messages, never plain strings: TRL joins strings as they stand, and a question would run into its answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.formats.release.column_types import TEXT
from annotation.formats.release.roles.messages import asks
from annotation.formats.release.roles.talks import Talking, talk_role, talks
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.training.json_lines import MESSAGES, JsonLines, always


def records(role: Talking, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """The last message of each conversation, and all before it; where another answer stands before it, none."""
    for talk in talks(role, row):
        if asks(talk[:-1]):
            *prompt, completion = (one.plain() for one in talk)
            yield {"id": row.item, "prompt": prompt, "completion": [completion]}


_SHAPE = always(id=TEXT, prompt=MESSAGES, completion=MESSAGES)
PROMPT_COMPLETION = JsonLines[Talking]("prompt_completion", talk_role, records, _SHAPE)
