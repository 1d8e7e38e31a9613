"""Why a release format for texts, spans, pictures and rows does not fit a schema or a row."""

from annotation.formats.message import Message, gettext_noop

_ANOTHER = gettext_noop("Choose another format; the record holds everything.")

RELEASE_TEXT: dict[str, Message] = {
    "release_label_unknown": Message(
        gettext_noop(
            "The gold label “%(label)s” of item %(item)s is not among the labels of “%(question)s”."
        ),
        gettext_noop("Correct the item's gold label by a new decision, or release without this format."),
    ),
    "release_picture_size": Message(
        gettext_noop("The width and height of the picture of item %(item)s are not known."),
        gettext_noop("Import the picture as a file, or release without this format."),
    ),
    "release_docbin_long": Message(
        gettext_noop("The texts of one file have more tokens than spaCy's format can hold."),
        gettext_noop("Release fewer items at once, or without this format."),
    ),
    "release_no_spans": Message(gettext_noop("Nothing is marked in a text."), _ANOTHER),
    "release_no_choice": Message(
        gettext_noop("No question about the whole item is answered by a label."), _ANOTHER
    ),
    "release_no_text": Message(gettext_noop("Items hold no text."), _ANOTHER),
    "release_no_relations": Message(
        gettext_noop("No relations between marked pieces of a text are asked for."), _ANOTHER
    ),
    "release_no_question": Message(
        gettext_noop(
            "There is no question that marked pieces answer: neither a text of the item nor a label."
        ),
        _ANOTHER,
    ),
    "release_no_picture": Message(gettext_noop("Nothing is marked on a picture."), _ANOTHER),
    "release_no_argilla": Message(gettext_noop("None of the questions can be asked in Argilla."), _ANOTHER),
    "release_labels_alike": Message(
        gettext_noop("Two labels differ by white space alone, which this format cannot say."),
        gettext_noop("Rename one of them, or choose another format."),
    ),
}
