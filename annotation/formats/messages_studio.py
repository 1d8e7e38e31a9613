"""What is said where Label Studio refuses a config or an item's data, and Assay's own reading has no word for it."""

from annotation.formats.message import Message, gettext_noop

STUDIO = {
    "choice_alone": Message(
        gettext_noop(
            "<%(tag)s> at line %(line)s holds a single <Choice>, which Label Studio refuses beside <Choices> that have"
            " none and inside other controls."
        ),
        gettext_noop("Offer a second choice, or move the tag."),
    ),
    "name_not_words": Message(
        gettext_noop(
            "<%(tag)s> at line %(line)s: Label Studio takes “%(value)s” for a number or a truth value, not for a"
            " %(attribute)s."
        ),
        gettext_noop("Put a letter before it."),
    ),
    "text_not_words": Message(
        gettext_noop(
            "<%(tag)s> at line %(line)s holds “%(value)s”, which Label Studio takes for a number or a truth value, not"
            " for text."
        ),
        gettext_noop("Remove it from between the tags."),
    ),
    "value_twice": Message(
        gettext_noop("<%(tag)s> at line %(line)s has both a value and a valueList."),
        gettext_noop("Keep one of the two."),
    ),
    "studio_key_missing": Message(
        gettext_noop("The item's data has no “%(key)s”, which the labelling config names."),
        gettext_noop("Add the key, or change the config."),
    ),
    "studio_key_type": Message(
        gettext_noop("“%(key)s” is shown by <%(tag)s>, which takes %(types)s, not %(found)s."),
        gettext_noop("Write the value as the tag takes it, or change the config."),
    ),
    "query_filters": Message(
        gettext_noop("The filters of the query cannot be read."),
        gettext_noop("Send them as an object with a conjunction and at most 100 items."),
    ),
    "query_conjunction": Message(
        gettext_noop("Filters are joined by “and” or “or”, not by “%(given)s”."),
        gettext_noop("Choose one of the two."),
    ),
    "query_operator": Message(
        gettext_noop("There is no operator “%(operator)s”."),
        gettext_noop("Use equal, greater, contains, in or another."),
    ),
    "query_column": Message(
        gettext_noop("There is no column “%(column)s”."),
        gettext_noop("GET /api/dm/columns lists them; a key of the data is written data.key."),
    ),
    "query_order": Message(
        gettext_noop("The order of the query is a list of columns."), gettext_noop("Send a list.")
    ),
    "query_value": Message(
        gettext_noop("“%(value)s” is no value for %(column)s."),
        gettext_noop("Send a value of the column's kind."),
    ),
    "author_unknown": Message(
        gettext_noop("“%(author)s” is nobody of this organisation."),
        gettext_noop("Name an author by the address or the id of a member, or leave it out."),
    ),
    "place_unreadable": Message(
        gettext_noop("The place of this region is not in the item: %(cause)s."),
        gettext_noop("Count offsets in UTF-16 units, or in characters, over the text as it is stored."),
    ),
}
