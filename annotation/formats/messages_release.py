"""What is said of a release that cannot be asked for or written."""

from annotation.formats.message import Message, gettext_noop

RELEASE = {
    "release_format_unknown": Message(
        gettext_noop("There is no release format “%(format)s”."),
        gettext_noop("Choose among %(known)s."),
    ),
    "release_item_changed": Message(
        gettext_noop("The data of item %(item)s were corrected after its row was frozen."),
        gettext_noop("Ask for a new release: it will hold the corrected data."),
    ),
    "release_no_format": Message(
        gettext_noop("No format was chosen."),
        gettext_noop("Choose at least one; the record is always written."),
    ),
}
