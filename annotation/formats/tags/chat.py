"""Chat: messages are written, after those that the item brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotation.formats.answer_place import AnswerInvalid
from annotation.formats.config_attributes import childless, invalid, listed, said, whole
from annotation.formats.schema import Kind, Question
from annotation.formats.shown import Shown
from annotation.formats.tags.family import Control, Family, Given, Mark, Marks
from annotation.formats.tags.textarea import bounded

_ROLES = "user,assistant,system,tool,developer"
_MOST = 1000


def writes(control: Control) -> bool:
    """Whether messages are to be written: they are, unless nothing is `editable` and no model was to answer."""
    return said(control.node, "editable").lower() not in ("false", "no", "0") or bool(
        said(control.node, "llm")
    )


def _read(control: Control) -> Question:
    node = control.node
    childless(node)
    roles = listed(said(node, "messageroles") or _ROLES)
    least, most = (whole(node, name, maximum=_MOST, least=0) for name in ("minMessages", "maxMessages"))
    if least is not None and most is not None and least > most:
        raise invalid(node, "maxMessages", f">= {least}")
    return control.question(
        Kind.TEXT, "chat", roles=tuple(dict.fromkeys(roles)), min_messages=least, max_messages=most
    )


def _every(shown: Shown, question: Question, regions: Sequence[Given], marks: Marks) -> list[str]:
    field = question.field
    before = len(shown.turns(field))
    messages = [_message(shown, question, given) for given in regions]
    count = before + len(messages)
    if shown.complete and question.max_messages is not None and messages and count > question.max_messages:
        params = {"question": question.key, "limit": question.max_messages, "count": count}
        raise AnswerInvalid("too_many_messages", params, question.key)
    shown.add_written(field, messages)
    for given, turn in zip(regions, shown.turns(field)[before:], strict=True):
        marks.add(given, Mark(question.key, field, (turn.start, turn.end), (turn.role,)))
    return [f"{role}: {content}" for role, content in messages]


def _message(shown: Shown, question: Question, given: Given) -> tuple[str, str]:
    here = given.place.at("chatmessage")
    message = here.mapping(given.value.get("chatmessage"))
    role = here.at("role").string(message.get("role"))
    content = here.at("content").string(message.get("content"))
    if role not in question.roles:
        raise AnswerInvalid(
            "unknown_role", {"role": role[:80], "roles": ", ".join(question.roles)}, here.at("role")
        )
    if shown.complete and not content.strip():
        raise AnswerInvalid("message_empty", {}, here.at("content"))
    return role, bounded(here.at("content"), content)


def _write(_shown: Shown, _question: Question, value: Any) -> list[dict[str, Any]]:
    pairs = (said.split(": ", 1) for said in value)
    return [{"chatmessage": {"role": pair[0], "content": pair[-1]}} for pair in pairs]


def _own(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"chatmessage": {name: value["chatmessage"][name] for name in ("role", "content")}}


CHAT = Family("chat", ("chat",), _read, _write, every=_every, own=_own)
