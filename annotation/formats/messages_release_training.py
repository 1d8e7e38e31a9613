"""Why a release format for training formats: chats, preferences, steps, rubrics does not fit a schema or a row."""

from annotation.formats.message import Message

RELEASE_TRAINING: dict[str, Message] = {}
