"""Sentences for the codes that the pure parts store."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from annotation.formats.messages import MESSAGES
from annotation.formats.messages_parsers import AT


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """What a stored problem says, in the reader's language."""
    message = MESSAGES.get(code)
    return gettext(message.detail) % spoken(params) if message else code


def spoken(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters in the reader's language: a parser's English words, where they are known, and a cause's code."""
    if "cause" in params:
        others = {name: part for name, part in params.items() if name != "cause"}
        return {**others, "cause": sentence(params["cause"], others)}
    if "said" in params:
        return {**params, "problem": gettext(AT) % {**params, "said": gettext(params["said"])}}
    if "problem" in params:
        return {**params, "problem": gettext(params["problem"])}
    return dict(params)
