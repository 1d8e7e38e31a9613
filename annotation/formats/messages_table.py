"""What is said of a folder of labels (`labels.csv`, `gold.csv`) that cannot be read."""

from annotation.formats.message import Message, gettext_noop

TABLE = {
    "table_no_folder": Message(
        gettext_noop("“%(folder)s” is no folder that can be read."),
        gettext_noop("Name a folder that holds labels.csv or labels.csv.gz."),
    ),
    "table_missing": Message(
        gettext_noop("The folder “%(folder)s” holds neither labels.csv nor labels.csv.gz."),
        gettext_noop("Put one there, with the columns item, worker and label."),
    ),
    "table_twice": Message(
        gettext_noop("The folder “%(folder)s” holds both %(name)s and %(name)s.gz."),
        gettext_noop("Leave the one that counts."),
    ),
    "table_unreadable": Message(
        gettext_noop("The file cannot be read: %(problem)s."),
        gettext_noop("Check that it is whole and that you may read it."),
    ),
    "table_encoding": Message(
        gettext_noop("The file is not valid UTF-8."),
        gettext_noop("Save it as UTF-8."),
    ),
    "table_columns": Message(
        gettext_noop("The first line must name the columns %(wanted)s; it names %(found)s."),
        gettext_noop("Correct the first line."),
    ),
    "table_empty": Message(
        gettext_noop("The file holds no labels."),
        gettext_noop("Write one judgement a line below the names of the columns."),
    ),
    "table_width": Message(
        gettext_noop("The row has %(cells)s cells instead of %(wanted)s."),
        gettext_noop("Correct it, and quote cells that hold commas or line ends."),
    ),
    "table_blank": Message(
        gettext_noop("The row's “%(column)s” is empty."),
        gettext_noop("Fill it in, or leave the row out: a label that is missing has no row."),
    ),
    "table_quotes": Message(
        gettext_noop("The row is no CSV: %(problem)s."),
        gettext_noop("Check the quotes around its cells."),
    ),
    "table_gold_twice": Message(
        gettext_noop("The item “%(item)s” has two answers, “%(first)s” and “%(second)s”."),
        gettext_noop("Leave one row for each item."),
    ),
    "table_not_numbers": Message(
        gettext_noop("“%(label)s” is not a number."),
        gettext_noop("Correct it, or treat the labels as classes."),
    ),
}
