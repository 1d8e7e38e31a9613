"""What is said of answers."""

from annotation.formats.message import Message, gettext_noop

_SHAPE = gettext_noop("Correct the shape of the answer, as the documentation shows.")

ANSWERS = {
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
    "nul_character": Message(
        gettext_noop("The text holds a NUL character, which cannot be stored."),
        gettext_noop("Remove the character and send again."),
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
