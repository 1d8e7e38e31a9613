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
        gettext_noop("Leave it out; docs/configs.md lists the tags that are read."),
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
    "attribute_twice": Message(
        gettext_noop("<%(tag)s> at line %(line)s says %(attribute)s twice, in different letters."),
        gettext_noop("Keep one of the two."),
    ),
    "key_among_words": Message(
        gettext_noop(
            "<%(tag)s> at line %(line)s: “%(words)s” names a key of the item among words, which is not filled in."
        ),
        gettext_noop('Write value="$key" alone in a tag of its own, and the words in another.'),
    ),
    "attribute_unsupported": Message(
        gettext_noop("<%(tag)s> at line %(line)s uses %(attribute)s, which Assay does not support yet."),
        gettext_noop("Remove the attribute, or ask the question without it."),
    ),
    "name_duplicate": Message(
        gettext_noop("<%(tag)s> at line %(line)s is named “%(name)s”, as is the tag at line %(first_line)s."),
        gettext_noop("Give each tag a name of its own."),
    ),
    "key_two_kinds": Message(
        gettext_noop(
            "<%(tag)s> at line %(line)s shows “$%(key)s” otherwise than “%(other)s” does (%(kind)s), and items are"
            " stored for one of them."
        ),
        gettext_noop("Show it by tags of one kind, or give each a key of its own."),
    ),
    "controls_too_many": Message(
        gettext_noop("<%(tag)s> at line %(line)s: a config asks at most %(limit)s questions."),
        gettext_noop("Ask fewer of one item, or make another project for the others."),
    ),
    "target_unknown": Message(
        gettext_noop("<%(tag)s> at line %(line)s asks about “%(target)s”, but no tag has that name."),
        gettext_noop("Set toName to the name of a tag that shows a part of the item."),
    ),
    "target_not_text": Message(
        gettext_noop("<%(tag)s> at line %(line)s asks about “%(target)s”, which shows no part of the item."),
        gettext_noop("Set toName to the name of a tag whose value starts with $."),
    ),
    "target_several": Message(
        gettext_noop(
            "<%(tag)s> at line %(line)s asks about several parts of the item (%(target)s) but takes one."
        ),
        gettext_noop("Ask one question for each part."),
    ),
    "target_wrong_kind": Message(
        gettext_noop("<%(tag)s> at line %(line)s does not fit the tag that shows “%(target)s”."),
        gettext_noop("Use a tag that fits it: docs/configs.md says which."),
    ),
    "target_not_two": Message(
        gettext_noop(
            "<%(tag)s> at line %(line)s compares two parts of the item; its toName names another number."
        ),
        gettext_noop('Write toName="first,second".'),
    ),
    "per_region_nothing": Message(
        gettext_noop("<%(tag)s> at line %(line)s asks about regions of “%(target)s”, but nothing marks any."),
        gettext_noop("Add labels that mark regions of it, or ask about the whole."),
    ),
    "relations_nothing": Message(
        gettext_noop("<%(tag)s> at line %(line)s relates marked regions, but nothing marks any."),
        gettext_noop("Add labels that mark regions."),
    ),
    "condition_unknown": Message(
        gettext_noop("<%(tag)s> at line %(line)s names “%(name)s”, but no question has that name."),
        gettext_noop("Name a question of this config."),
    ),
    "condition_nothing": Message(
        gettext_noop("<%(tag)s> at line %(line)s waits for an answer and does not say to which question."),
        gettext_noop("Name the question in whenTagName."),
    ),
    "condition_label": Message(
        gettext_noop("<%(tag)s> at line %(line)s: %(attribute)s names “%(value)s”, which nothing offers."),
        gettext_noop("Write a label as it stands in the question that offers it."),
    ),
    "condition_answer": Message(
        gettext_noop("<%(tag)s> at line %(line)s: %(attribute)s cannot name an answer to “%(name)s”."),
        gettext_noop(
            "Leave %(attribute)s out, so that any answer counts, or name a question whose answers are labels,"
            " figures or texts."
        ),
    ),
    "condition_itself": Message(
        gettext_noop("<%(tag)s> at line %(line)s is shown only after its own answer."),
        gettext_noop("Let it wait for another question."),
    ),
    "condition_round": Message(
        gettext_noop("<%(tag)s> at line %(line)s waits for a question that waits for it."),
        gettext_noop("Let one of them be shown from the start."),
    ),
    "labels_too_many": Message(
        gettext_noop("<%(tag)s> at line %(line)s: at most %(limit)s are read."),
        gettext_noop("Offer fewer."),
    ),
    "bucket_defaults": Message(
        gettext_noop("<%(tag)s> at line %(line)s has more than one default bucket."),
        gettext_noop('Write default="true" on one <Bucket> only.'),
    ),
    "criterion_twice": Message(
        gettext_noop("<%(tag)s> at line %(line)s has the same criterion twice."),
        gettext_noop("Word each criterion in its own way."),
    ),
    "labels_missing": Message(
        gettext_noop("<%(tag)s> at line %(line)s offers nothing to choose from."),
        gettext_noop('Put at least one <%(child)s value="…"/> inside it.'),
    ),
    "label_duplicate": Message(
        gettext_noop("<%(tag)s> at line %(line)s offers “%(value)s” a second time."),
        gettext_noop("Give each answer a value and an alias of its own."),
    ),
    "no_text": Message(
        gettext_noop("The config shows nothing of the item."),
        gettext_noop('Add <Text name="text" value="$text"/>, where “text” is the key in your data.'),
    ),
}
