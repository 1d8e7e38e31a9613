"""Turn an error of the pure codecs into a refusal with translatable sentences."""

from typing import Any

from django.utils.translation import gettext_lazy

from annotation.formats.messages import MESSAGES, FormatError
from annotation.problems import spoken
from core.refusals import Refusal


def refusal(error: FormatError, kind: type[Refusal], **extra: Any) -> Refusal:
    """A refusal of this kind that says what the codec's error says."""
    message = MESSAGES[error.code]
    return kind(
        gettext_lazy(message.detail),
        action=gettext_lazy(message.action),
        code=error.code,
        where=error.where,
        params=spoken(error.params),
        extra=extra,
    )
