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
    """The parameters with a parser's English words in the reader's language, where they are known."""
    if "said" in params:
        return {**params, "problem": gettext(AT) % {**params, "said": gettext(params["said"])}}
    if "problem" in params:
        return {**params, "problem": gettext(params["problem"])}
    return dict(params)
