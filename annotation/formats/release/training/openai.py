"""OpenAI's supervised fine-tuning: a conversation a line, and nothing beside `messages` for the service to refuse.

An assistant's message that the item brought has `weight` 0: it is read, and not learnt; a written one has 1.
Conversations with roles that the service does not take (a tool's message needs the call that it answers) make no
record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.formats.release.column_types import TEXT, WHOLE, Many, Struct
from annotation.formats.release.roles.messages import ASSISTANT, SYSTEM, USER, Message
from annotation.formats.release.roles.talks import Talking, talk_role, talks
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.training.json_lines import JsonLines, always

ROLES = frozenset({SYSTEM, USER, ASSISTANT})


def records(role: Talking, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """`messages` of each conversation."""
    for talk in talks(role, row):
        if all(one.role in ROLES for one in talk):
            yield {"messages": [_weighed(one) for one in talk]}


def _weighed(one: Message) -> dict[str, Any]:
    weight = {"weight": int(one.written)} if one.role == ASSISTANT else {}
    return {**one.plain(), **weight}


_SHAPE = always(messages=Many(Struct({"role": TEXT, "content": TEXT, "weight": WHOLE})))
OPENAI = JsonLines[Talking]("openai", talk_role, records, _SHAPE)
