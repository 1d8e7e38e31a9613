"""What is said of labelling configs."""

from annotation.formats.message import Message, gettext_noop

CONFIG = {
    "config_empty": Message(
        gettext_noop("The labelling config is empty."),
        gettext_noop("Paste a Label Studio labelling config, or start from a template."),
    ),
    "config_too_large": Message(
        gettext_noop("The labelling config has %(size)s bytes; at most %(limit)s are read."),
        gettext_noop("Make the config smaller."),
    ),
    "config_not_text": Message(
        gettext_noop("The labelling config holds characters that are not valid text."),
        gettext_noop("Save the config as UTF-8 and paste it again."),
    ),
    "config_xml": Message(
        gettext_noop("The XML is broken at line %(line)s: %(problem)s."),
        gettext_noop("Close every tag, quote every attribute, and write & as &amp;."),
    ),
    "config_dtd": Message(
        gettext_noop("Line %(line)s declares a document type; such declarations are refused for safety."),
        gettext_noop("Remove the <!DOCTYPE …> part."),
    ),
    "config_too_deep": Message(
        gettext_noop("<%(tag)s> at line %(line)s is nested more than %(limit)s levels deep."),
        gettext_noop("Put fewer <View> tags inside one another."),
    ),
    "wrong_root": Message(
        gettext_noop("The outermost tag is <%(tag)s> (line %(line)s), not <View>."),
        gettext_noop("Put the whole config inside <View> … </View>."),
    ),
    "tag_unknown": Message(
        gettext_noop("<%(tag)s> at line %(line)s is no Label Studio tag."),
        gettext_noop("Check the spelling of the tag."),
    ),
    "tag_unsupported": Message(
        gettext_noop("<%(tag)s> at line %(line)s is a Label Studio tag that Assay does not support yet."),
        gettext_noop("Use Text with Choices, Labels, Rating, Number or TextArea."),
    ),
    "tag_misplaced": Message(
        gettext_noop("<%(tag)s> at line %(line)s cannot stand inside <%(parent)s>."),
        gettext_noop("Move the tag to where it belongs."),
    ),
    "attribute_missing": Message(
        gettext_noop("<%(tag)s> at line %(line)s has no %(attribute)s attribute."),
        gettext_noop('Add %(attribute)s="…" to the tag.'),
    ),
    "attribute_invalid": Message(
        gettext_noop("<%(tag)s> at line %(line)s: %(attribute)s cannot be “%(value)s”."),
        gettext_noop("Allowed: %(allowed)s."),
    ),
    "attribute_unsupported": Message(
        gettext_noop("<%(tag)s> at line %(line)s uses %(attribute)s, which Assay does not support yet."),
        gettext_noop("Remove the attribute, or ask the question without it."),
    ),
    "name_duplicate": Message(
        gettext_noop("<%(tag)s> at line %(line)s is named “%(name)s”, as is the tag at line %(first_line)s."),
        gettext_noop("Give each tag a name of its own."),
    ),
    "target_unknown": Message(
        gettext_noop("<%(tag)s> at line %(line)s asks about “%(target)s”, but no tag has that name."),
        gettext_noop("Set toName to the name of a <Text> tag."),
    ),
    "target_not_text": Message(
        gettext_noop("<%(tag)s> at line %(line)s asks about “%(target)s”, which is not a text of the item."),
        gettext_noop("Set toName to the name of a <Text> whose value starts with $."),
    ),
    "target_several": Message(
        gettext_noop("<%(tag)s> at line %(line)s asks about several texts (%(target)s): not supported yet."),
        gettext_noop("Ask one question per text."),
    ),
    "labels_missing": Message(
        gettext_noop("<%(tag)s> at line %(line)s offers nothing to choose from."),
        gettext_noop('Put at least one <%(child)s value="…"/> inside it.'),
    ),
    "label_duplicate": Message(
        gettext_noop("<%(tag)s> at line %(line)s offers “%(value)s” a second time."),
        gettext_noop("Give each answer a value and an alias of its own."),
    ),
    "choice_nested": Message(
        gettext_noop(
            "<%(tag)s> at line %(line)s stands inside another choice; trees of choices are not supported yet."
        ),
        gettext_noop("List the choices side by side."),
    ),
    "no_question": Message(
        gettext_noop("The config asks nothing."),
        gettext_noop("Add at least one of Choices, Labels, Rating, Number or TextArea."),
    ),
    "no_text": Message(
        gettext_noop("The config shows no text of the item."),
        gettext_noop('Add <Text name="text" value="$text"/>, where “text” is the key in your data.'),
    ),
}
