"""What is said of the parts of a labelling config that are left out. The question stays the same."""

from collections.abc import Callable, Mapping
from typing import Any

from annotation.formats.message import gettext_noop
from annotation.formats.messages import MESSAGES

NOTES: Mapping[str, str] = {
    "style": gettext_noop(
        "Line %(line)s: styles and class names are left out; Assay lays the page out itself."
    ),
    "attribute_not_followed": gettext_noop(
        "<%(tag)s> at line %(line)s: %(attribute)s changes no question; Assay does not follow it."
    ),
    "attribute_near": gettext_noop(
        "<%(tag)s> at line %(line)s: %(attribute)s is not an attribute that Assay knows; it is ignored."
        " Did you mean %(near)s?"
    ),
    "attribute_unknown": gettext_noop(
        "<%(tag)s> at line %(line)s: %(attribute)s is not an attribute that Assay knows; it is ignored."
    ),
    "colour": gettext_noop(
        "Line %(line)s: the background of <%(tag)s> is no plain colour; it gets one of Assay’s own."
    ),
    "filter_nothing": gettext_noop(
        "<%(tag)s> at line %(line)s: “%(name)s” offers no labels to search; there is no box for it."
    ),
    "filter_taxonomy": gettext_noop(
        "<%(tag)s> at line %(line)s: the taxonomy “%(name)s” has a box of its own; hotkey and minlength are left out."
    ),
    "not_begun": gettext_noop(
        "Line %(line)s: what <%(tag)s> has chosen or written beforehand is left out; everybody begins with nothing."
    ),
    "html": gettext_noop("Line %(line)s: HTML of a label is left out; its value is shown."),
    "html_tag": gettext_noop("Line %(line)s: of <%(tag)s> only the words are shown."),
    "label_twice": gettext_noop("Line %(line)s: the same answer is offered twice; it is shown once."),
    "several_fields": gettext_noop(
        "Line %(line)s: <%(tag)s> is about several parts of the item; one answer is kept."
    ),
    "no_target": gettext_noop(
        "Line %(line)s: <%(tag)s> names no toName; it is about the only part of the item."
    ),
    "format": gettext_noop("Line %(line)s: dates are shown by the reader's language and stored by ISO 8601."),
    "ocr": gettext_noop(
        "Line %(line)s: <%(tag)s> marks the text of the pages, as <Labels> does: answers are places in the text,"
        " not boxes with a transcript."
    ),
    "no_turning": gettext_noop("Line %(line)s: what <%(tag)s> draws cannot be turned; its rotation stays 0."),
    "pages": gettext_noop("Line %(line)s: the pictures come as the pages of one PDF."),
    "llm": gettext_noop("Line %(line)s: no model answers here; the expert writes for every role."),
    "transcript": gettext_noop(
        "Line %(line)s: nothing in this chat is editable, so it is shown and not continued."
    ),
    "no_question": gettext_noop("The config asks nothing: people can only say that they have seen the item."),
    "skip_duplicates": gettext_noop("Line %(line)s: equal texts are not held back."),
    "outside_tag": gettext_noop("The workspace cannot show <%(tag)s> at line %(line)s."),
    "outside_attribute": gettext_noop(
        "The workspace cannot follow %(attribute)s of <%(tag)s> at line %(line)s; what depends on it is left out."
    ),
    "outside_part": gettext_noop("Left out of the workspace: %(why)s"),
    "outside_nothing": gettext_noop("The workspace can show nothing of the item."),
    "accordion": gettext_noop("Line %(line)s: panels fold by themselves; opening one closes no other."),
}
"""By code of a note; `%(tag)s` and `%(line)s` say where."""


def outside_note(code: str, params: Mapping[str, Any], cause: str = "") -> dict[str, Any]:
    """A note of what the workspace leaves out; `cause` is the code of the refusal that `params` belong to."""
    return {**params, "code": code, **({"cause": cause} if cause else {})}


def worded(note: Mapping[str, Any], translate: Callable[[str], str] = str) -> str:
    """A note's sentence."""
    cause = MESSAGES.get(note.get("cause", ""))
    why = translate(cause.detail) % note if cause else ""
    return translate(NOTES[note["code"]]) % {**note, "why": why}
