"""What each refusal of this package says, in one table.

English message ids with `%(name)s` places, so that gettext finds them and the web layer can translate: it
looks up `MESSAGES[error.code]`, translates both parts and fills them from `error.params`.
"""

from collections.abc import Mapping
from typing import Any

from annotation.formats.message import Message, gettext_noop
from annotation.formats.messages_answers import ANSWERS
from annotation.formats.messages_config import CONFIG
from annotation.formats.messages_families import FAMILIES
from annotation.formats.messages_fields import FIELDS
from annotation.formats.messages_gate import GATE
from annotation.formats.messages_import import IMPORT
from annotation.formats.messages_release import RELEASE
from annotation.formats.messages_release_text import RELEASE_TEXT
from annotation.formats.messages_release_training import RELEASE_TRAINING
from annotation.formats.messages_rows import ROWS
from annotation.formats.messages_studio import STUDIO
from annotation.formats.messages_table import TABLE

__all__ = ["MESSAGES", "FormatError", "Message", "gettext_noop"]

MESSAGES: dict[str, Message] = {
    **CONFIG,
    **ANSWERS,
    **FAMILIES,
    **FIELDS,
    **GATE,
    **IMPORT,
    **RELEASE,
    **RELEASE_TEXT,
    **RELEASE_TRAINING,
    **ROWS,
    **STUDIO,
    **TABLE,
}
"""Every code of this package with its message."""


class FormatError(Exception):
    """Input that cannot be used. `code` names a row of `MESSAGES`, `where` the place in the input."""

    def __init__(self, code: str, params: Mapping[str, Any] | None = None, where: str | None = None) -> None:
        self.code = code
        self.params = dict(params or {})
        self.where = where
        super().__init__(code)

    @property
    def detail(self) -> str:
        """What happened, in English."""
        return MESSAGES[self.code].detail % self.params

    @property
    def action(self) -> str:
        """What to do next, in English."""
        return MESSAGES[self.code].action % self.params

    def __str__(self) -> str:
        return f"{self.where}: {self.detail}" if self.where else self.detail
