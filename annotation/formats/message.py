"""One refusal's sentences, marked for translation."""

from typing import NamedTuple


def gettext_noop(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


class Message(NamedTuple):
    """What happened, and what to do next; English, with `%(name)s` places."""

    detail: str
    action: str
