"""ShareGPT: `conversations` of messages with `from` and `value`. Other roles than its three make no record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.formats.release.column_types import TEXT, Many, Struct
from annotation.formats.release.roles.messages import ASSISTANT, SYSTEM, USER
from annotation.formats.release.roles.talks import Talking, talk_role, talks
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.release.training.json_lines import JsonLines, always

SPEAKERS = {SYSTEM: "system", USER: "human", ASSISTANT: "gpt"}


def records(role: Talking, row: ReleaseRow) -> Iterator[dict[str, Any]]:
    """Each conversation."""
    for talk in talks(role, row):
        if all(one.role in SPEAKERS for one in talk):
            said = [{"from": SPEAKERS[one.role], "value": one.content} for one in talk]
            yield {"id": row.item, "conversations": said}


_SHAPE = always(id=TEXT, conversations=Many(Struct({"from": TEXT, "value": TEXT})))
SHAREGPT = JsonLines[Talking]("sharegpt", talk_role, records, _SHAPE)
