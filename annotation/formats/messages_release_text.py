"""Why a release format for texts, spans, pictures and rows does not fit a schema or a row."""

from annotation.formats.message import Message

RELEASE_TEXT: dict[str, Message] = {}
