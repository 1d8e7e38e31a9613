"""Read a JSON body strictly: what no database or other reader of JSON could hold is refused at the door."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import JSONParser

from annotation.formats.messages import FormatError
from annotation.formats.strict_json import strict_loads
from annotation.formats.text import find_unstorable
from annotation.refuse import refusal
from core.refusals import InvalidInput, TooLarge

MAX_DEPTH = 40  # an answer needs five; what is stored must also be encoded again
_BROKEN = {"json_broken", "encoding_invalid", "json_too_deep"}  # their sentences speak of rows


class StrictJSONParser(JSONParser):
    """UTF-8, no NaN, no double keys, no lone surrogates, no NUL, not too deep, not too long."""

    limit = 0
    """Bytes; none: as many as Django takes."""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The decoded body; raises InvalidInput or TooLarge."""
        limit = self.limit or settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        content = stream.read(limit + 1)
        if len(content) > limit:
            raise TooLarge(params={"limit": limit})
        try:
            value = strict_loads(content)
        except FormatError as error:
            if error.code not in _BROKEN:
                raise refusal(error, InvalidInput) from error
            raise _broken(error.code) from error
        check_value(value)
        self.keep(content, (parser_context or {}).get("request"))
        return value

    def keep(self, content: bytes, request: Any) -> None:
        """Called with a body that is sound; most need it no more."""


def check_value(value: Any) -> None:
    """Raise InvalidInput for what could not be stored."""
    if _is_too_deep(value):
        raise _broken("json_too_deep")
    if unstorable := find_unstorable(value):
        code, place = unstorable
        raise refusal(FormatError(code, where=place), InvalidInput)


def _broken(code: str) -> InvalidInput:
    return InvalidInput(
        _("The body is not the JSON that is expected here."),
        action=_("Send one JSON object, in UTF-8."),
        code=code,
    )


def _is_too_deep(value: object) -> bool:
    level = [value]
    for _level in range(MAX_DEPTH):
        children = (
            node.values() if isinstance(node, dict) else node
            for node in level
            if isinstance(node, dict | list)
        )
        level = [child for group in children for child in group]
        if not level:
            return False
    return True
