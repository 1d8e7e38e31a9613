"""Messages of a conversation, and the rules under which one can be learnt from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.formats.schema import Field

USER, ASSISTANT, SYSTEM = "user", "assistant", "system"
_ASKS = frozenset({USER, "tool"})


@dataclass(frozen=True)
class Message:
    """A message: `written` says that an expert wrote it, and the item did not bring it."""

    role: str
    content: str
    written: bool = False

    def plain(self) -> dict[str, str]:
        """As most formats have it."""
        return {"role": self.role, "content": self.content}


def brought(field: Field, data: Mapping[str, Any]) -> list[Message]:
    """The messages of a chat that an item brings; what has no role or no words is an empty one."""
    given = data.get(field.key)
    return [_message(one) for one in given] if isinstance(given, list) else []


def said(messages: Sequence[Message]) -> bool:
    """Whether each message has a role and words."""
    return bool(messages) and all(one.role and one.content.strip() for one in messages)


def asks(messages: Sequence[Message]) -> bool:
    """Whether an assistant's answer comes next: nothing is empty, and the user, or a tool, spoke last."""
    return said(messages) and messages[-1].role in _ASKS


def teaches(messages: Sequence[Message]) -> bool:
    """Whether an assistant can learn from it: it speaks last, and somebody has asked."""
    return (
        said(messages) and messages[-1].role == ASSISTANT and any(one.role == USER for one in messages[:-1])
    )


def _message(given: Any) -> Message:
    if not isinstance(given, Mapping):
        return Message("", "")
    role, content = given.get("role"), given.get("content")
    return Message(role if isinstance(role, str) else "", content if isinstance(content, str) else "")
