"""Turn an error of the pure codecs into a refusal with translatable sentences, and refuse what does not fit."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy

from annotation.formats.messages import MESSAGES, FormatError
from annotation.problems import spoken
from core.refusals import InvalidInput, Refusal


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


def fitting(model: type[Model], field: str, text: str) -> str:
    """The text, if the column holds it: a licence that is cut off is another licence. Raises InvalidInput."""
    limit = getattr(model._meta.get_field(field), "max_length", None)
    if limit and len(text) > limit:
        raise InvalidInput(
            gettext_lazy("This is too long: at most %(limit)s characters."),
            where=field,
            params={"limit": limit},
        )
    return text
