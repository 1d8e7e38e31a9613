"""What is said of tasks in Label Studio's shape that are brought in."""

from annotation.formats.message import Message, gettext_noop

IMPORT = {
    "import_not_tasks": Message(
        gettext_noop("Neither a list of items nor one item."),
        gettext_noop('Send [{"text": "…"}, …] or one such object.'),
    ),
    "import_no_tasks": Message(
        gettext_noop("There is no item in it."),
        gettext_noop("Send at least one."),
    ),
    "import_too_many": Message(
        gettext_noop("More than %(limit)s items."),
        gettext_noop("Send them in several parts."),
    ),
    "import_format": Message(
        gettext_noop("“%(format)s” is no file format that can be imported."),
        gettext_noop("Use JSON, CSV, TSV or TXT."),
    ),
    "import_wanted_object": Message(
        gettext_noop("Must be an object."),
        gettext_noop('Write it as {"name": value}.'),
    ),
    "import_wanted_list": Message(
        gettext_noop("Must be a list of objects."),
        gettext_noop("Write it as [{…}, …], or [] where nothing is said."),
    ),
    "import_wanted_number": Message(
        gettext_noop("Must be a number or null."),
        gettext_noop("Write it without quotes."),
    ),
    "import_wanted_truth": Message(
        gettext_noop("Must be true or false."),
        gettext_noop("Write it without quotes."),
    ),
    "import_wanted_text": Message(
        gettext_noop("Must be text or null."),
        gettext_noop("Write it in quotes."),
    ),
    "import_wanted_person": Message(
        gettext_noop("Must be a person's number, or an object with an e-mail address."),
        gettext_noop('Write {"email": "…"}, or leave it out.'),
    ),
}
