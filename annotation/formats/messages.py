"""What each refusal of this package says, in one table.

English message ids with `%(name)s` places, so that gettext finds them and the web layer can translate: it
looks up `MESSAGES[error.code]`, translates both parts and fills them from `error.params`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple


def gettext_noop(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


class Message(NamedTuple):
    """What happened, and what to do next."""

    detail: str
    action: str


class FormatError(Exception):
    """Input that cannot be used. `code` names a row of `MESSAGES`, `where` the place in the input."""

    def __init__(self, code: str, params: Mapping[str, Any] | None = None, where: str | None = None) -> None:
        self.code = code
        self.params = dict(params or {})
        self.where = where
        super().__init__(code)

    @property
    def detail(self) -> str:
        """What happened, in English."""
        return MESSAGES[self.code].detail % self.params

    @property
    def action(self) -> str:
        """What to do next, in English."""
        return MESSAGES[self.code].action % self.params

    def __str__(self) -> str:
        return f"{self.where}: {self.detail}" if self.where else self.detail


_CONFIG = {
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

_SHAPE = gettext_noop("Correct the shape of the answer, as the documentation shows.")

_ANSWER = {
    "result_not_list": Message(
        gettext_noop("An answer is a list of regions."),
        gettext_noop("Send the answers as a list, as the documentation shows."),
    ),
    "too_many_regions": Message(
        gettext_noop("The answer has %(count)s regions; at most %(limit)s are taken."),
        gettext_noop("Split the item, or mark less."),
    ),
    "lone_surrogate": Message(
        gettext_noop("The text holds half a character (a lone surrogate), which cannot be stored."),
        gettext_noop("Remove the broken character and send again."),
    ),
    "not_object": Message(gettext_noop("%(name)s must be an object."), _SHAPE),
    "not_text": Message(gettext_noop("%(name)s must be a text."), _SHAPE),
    "not_texts": Message(gettext_noop("%(name)s must be a list of texts."), _SHAPE),
    "not_whole": Message(gettext_noop("%(name)s must be a whole number."), _SHAPE),
    "not_number": Message(gettext_noop("%(name)s must be a number."), _SHAPE),
    "unknown_question": Message(
        gettext_noop("There is no question “%(question)s”."),
        gettext_noop("Use a question of the project's current schema; reload the page if it changed."),
    ),
    "wrong_field": Message(
        gettext_noop("The question “%(question)s” is about “%(wanted)s”, not “%(given)s”."),
        gettext_noop("Set to_name to the field of the question."),
    ),
    "wrong_type": Message(
        gettext_noop("The question “%(question)s” is answered with “%(wanted)s”, not “%(given)s”."),
        gettext_noop("Set the region's type to that of the question."),
    ),
    "answered_twice": Message(
        gettext_noop("The question “%(question)s” is answered twice."),
        gettext_noop("Keep one answer."),
    ),
    "unknown_label": Message(
        gettext_noop("“%(label)s” is no label of the question “%(question)s”."),
        gettext_noop("Use a label of the project's current schema; reload the page if it changed."),
    ),
    "repeated_label": Message(
        gettext_noop("The label “%(label)s” is given twice."),
        gettext_noop("Give each label once."),
    ),
    "no_label": Message(
        gettext_noop("The question “%(question)s” is answered without a label."),
        gettext_noop("Choose a label, or leave the question out."),
    ),
    "several_labels": Message(
        gettext_noop("The question “%(question)s” takes one label, not %(count)s."),
        gettext_noop("Keep one label."),
    ),
    "label_overused": Message(
        gettext_noop("The label “%(label)s” may mark at most %(limit)s spans."),
        gettext_noop("Remove a span with that label."),
    ),
    "text_missing": Message(
        gettext_noop("The item has no text under “%(key)s”."),
        gettext_noop("Tell the project's lead that the item is incomplete."),
    ),
    "span_reversed": Message(
        gettext_noop("The span ends (%(end)s) before it starts (%(start)s)."),
        gettext_noop("Mark the span again."),
    ),
    "span_empty": Message(
        gettext_noop("The span at %(start)s holds no character."),
        gettext_noop("Mark the span again."),
    ),
    "span_outside": Message(
        gettext_noop("The span %(start)s–%(end)s lies outside the text, which has %(length)s characters."),
        gettext_noop("Count offsets in Unicode code points over the stored text."),
    ),
    "span_text_differs": Message(
        gettext_noop("The span %(start)s–%(end)s is not the text that was sent with it."),
        gettext_noop("Count offsets in Unicode code points over the stored text."),
    ),
    "span_splits_line_end": Message(
        gettext_noop("The span %(start)s–%(end)s splits a line end (CR LF) in two."),
        gettext_noop("Move the edge of the span before or after the line end."),
    ),
    "span_duplicate": Message(
        gettext_noop("The span %(start)s–%(end)s is marked “%(label)s” twice."),
        gettext_noop("Keep one of the two."),
    ),
    "rating_out_of_range": Message(
        gettext_noop("The rating must be a whole number from 1 to %(maximum)s."),
        gettext_noop("Choose a rating on the scale."),
    ),
    "number_out_of_range": Message(
        gettext_noop("The number must lie from %(minimum)s to %(maximum)s."),
        gettext_noop("Enter a number in that range."),
    ),
    "number_off_step": Message(
        gettext_noop("The number must be a multiple of %(step)s, counted from %(start)s."),
        gettext_noop("Round the number."),
    ),
    "too_many_texts": Message(
        gettext_noop("The question “%(question)s” takes at most %(limit)s texts, not %(count)s."),
        gettext_noop("Remove a text."),
    ),
    "text_too_long": Message(
        gettext_noop("The text has %(count)s characters; at most %(limit)s are taken."),
        gettext_noop("Shorten the text."),
    ),
    "required_missing": Message(
        gettext_noop("The question “%(title)s” needs an answer."),
        gettext_noop("Answer it and submit again."),
    ),
}

_ITEM = {
    "field_missing": Message(
        gettext_noop("The row has no “%(key)s”, which the project's schema shows."),
        gettext_noop("Add the column, or change the schema."),
    ),
    "field_not_text": Message(
        gettext_noop("“%(key)s” must be text."),
        gettext_noop("Write the value as text."),
    ),
    "field_empty": Message(
        gettext_noop("“%(key)s” is empty."),
        gettext_noop("Fill it in, or leave the row out."),
    ),
}

MESSAGES: dict[str, Message] = {**_CONFIG, **_ANSWER, **_ITEM}
"""Every code of this package with its message."""
