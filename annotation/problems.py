"""Sentences for the codes that the pure parts store."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from annotation.formats.messages import MESSAGES


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """What a stored problem says, in the reader's language."""
    message = MESSAGES.get(code)
    return gettext(message.detail) % params if message else code
