"""TRL's conversational language modelling: `messages`, in whatever roles the chat has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.formats.release.column_types import TEXT
from annotation.formats.release.roles.talks import Talking, talk_role, talks
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.training.json_lines import MESSAGES, JsonLines, always


def records(role: Talking, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """Each conversation."""
    for talk in talks(role, row):
        yield {"id": row.item, "messages": [one.plain() for one in talk]}


TRL_CHAT = JsonLines[Talking]("trl_chat", talk_role, records, always(id=TEXT, messages=MESSAGES))
