"""Why a release format for texts, spans, pictures and rows does not fit a schema or a row."""

from annotation.formats.message import Message, gettext_noop

RELEASE_TEXT: dict[str, Message] = {
    "release_label_unknown": Message(
        gettext_noop(
            "The gold label “%(label)s” of item %(item)s is not among the labels of “%(question)s”."
        ),
        gettext_noop("Correct the item's gold label by a new decision, or release without this format."),
    ),
}
