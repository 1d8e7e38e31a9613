"""The attributes of a config's tags: which are read, which of Label Studio's are not, and what is said of the others.

Names are read in any case, as Label Studio reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from annotation.formats.config_notes import Notes
from annotation.formats.config_tags import (
    CONTROLS,
    HARMLESS,
    INSIDE,
    LAYOUT,
    OBJECTS,
    UNSUPPORTED_ATTRIBUTES,
    name_of,
)
from annotation.formats.config_xml import ConfigInvalid, Node

CONDITION = ("visibleWhen", "whenTagName", "whenLabelValue", "whenChoiceValue", "whenRole")
"""What shows a part of the page only now and then."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MARKS = "choice maxUsages value requiredFor allowEmpty"
_LABEL = _words("value alias hotkey background selected hint html")
_LOOK = frozenset({"style", "className", "idAttr"})
_BY_TAG: Mapping[str, tuple[str, ...]] = {
    "view": (),
    "collapse": _words("accordion"),
    "panel": _words("value"),
    "header": _words("value"),
    "markdown": _words("value"),
    "style": (),
    "filter": _words("toName placeholder hotkey minlength"),
    "paragraphs": _words("textKey nameKey"),
    "chat": _words("editable llm messageroles minMessages maxMessages"),
    "image": _words("valueList"),
    "choices": _words("choice value"),
    "taxonomy": _words("maxUsages leafsOnly value labeling placeholder"),
    "pairwise": (),
    "rating": _words("maxRating"),
    "number": _words("min max step"),
    "datetime": _words("only min max format"),
    "textarea": _words("value placeholder rows maxSubmissions markdown skipDuplicates"),
    "ranker": _words("value"),
    "labels": _words(_MARKS),
    "ocrlabels": _words(_MARKS),
    "hypertextlabels": _words(_MARKS),
    "paragraphlabels": _words(_MARKS),
    "rectanglelabels": _words(f"{_MARKS} canRotate"),
    "polygonlabels": _words(_MARKS),
    "rectangle": _words("choice canRotate"),
    "polygon": _words("choice"),
    "relations": _words("choice requiredFor"),
    "rubric": _words("maxCriteria"),
    "grades": _words("value"),
    "choice": _LABEL,
    "label": _words("value alias hotkey background selected hint html maxUsage maxUsages"),
    "relation": _words("value alias hotkey background hint html"),
    "bucket": _words("name title default"),
    "criterion": _words("value weight most"),
    "shortcut": _words("value alias hotkey"),
}
"""What is read of each tag, besides what `known` adds to all of a group."""

_SHOWN = _words("value valueType title granularity")
_ASKED = _words("required requiredMessage perRegion toName")
_LOOKS = """
    idAttr size underline color showAlias showInline layout allowNested selection showFullPath pathSeparator maxWidth
    minWidth legacy sharedStore showLineNumbers transcription displayMode showSubmitButton editable smartEditor label
    icon slider selectionStyle leftClass rightClass opacity fillColor strokeColor strokeWidth strokeStyle pointSize
    pointStyle snap smoothing zoom zoomControl zoomBy negativeZoom defaultZoom crosshair grid gridSize gridColor
    brightnessControl contrastControl rotateControl crossOrigin horizontalAlignment verticalAlignment width height
    showPlayer contextScroll highlightColor showLabels clickableLinks inline bordered open category predicted_values
    model_index hotkey background format style className
"""
LOOKS = frozenset(_LOOKS.split())
"""Attributes of Label Studio that change no question; Assay does not follow them where they are not read."""
_DONE = frozenset(
    {
        ("choices", "allowNested", "true"),
        ("image", "zoom", "true"),
        ("image", "zoomControl", "true"),
        ("paragraphs", "layout", "dialogue"),
        ("textarea", "editable", "true"),
    }
)
"""What some of them ask for and Assay does anyway."""

_SPELLED = {
    name.lower(): name
    for name in (
        *sorted(LOOKS),
        *_ASKED,
        *_SHOWN,
        *CONDITION,
        *UNSUPPORTED_ATTRIBUTES,
        *(one for names in _BY_TAG.values() for one in names),
        "name",
    )
}


def fold(root: Node) -> None:
    """Write every attribute's name as the tables do, whatever its case; raises ConfigInvalid for one said twice."""
    for node in root.walk():
        found: dict[str, str] = {}
        for given, value in node.attributes.items():
            name = _SPELLED.get(given.lower(), given)
            if name in found:
                raise ConfigInvalid("attribute_twice", tag=node.tag, line=node.line, attribute=name)
            found[name] = value
        node.attributes = found


def known(tag: str) -> tuple[str, ...]:
    """The attributes that are read of a tag, by its name in small letters."""
    names = ("name", *_BY_TAG.get(tag, ()))
    if tag in CONTROLS:
        names = (*names, *_ASKED)
    if tag in OBJECTS:
        names = (*names, *_SHOWN)
    return names if tag in INSIDE else (*names, *CONDITION)


def check(root: Node, notes: Notes) -> None:
    """Refuse attributes that would change what is asked, and note all others that are not read."""
    for node in root.walk():
        tag = name_of(node)
        _refuse(node, tag)
        if not tag.startswith("html:"):
            _note(node, tag, notes)


def _refuse(node: Node, tag: str) -> None:
    conditional = tag in CONTROLS or tag in OBJECTS or tag in LAYOUT - {"filter", "style"}
    for name, value in node.attributes.items():
        if name in CONDITION and not conditional and value.strip():
            raise ConfigInvalid("attribute_unsupported", tag=node.tag, line=node.line, attribute=name)
        if name not in UNSUPPORTED_ATTRIBUTES or value.lower() in HARMLESS:
            continue
        harmless = (tag, name) == ("image", "valueList") or (name, value.lower()) == (
            "selectionEnabled",
            "true",
        )
        if not harmless:
            raise ConfigInvalid("attribute_unsupported", tag=node.tag, line=node.line, attribute=name)


def _note(node: Node, tag: str, notes: Notes) -> None:
    read = known(tag)
    for name, value in node.attributes.items():
        if name in read or name in UNSUPPORTED_ATTRIBUTES or (tag, name, value.strip().lower()) in _DONE:
            continue
        if name in _LOOK:
            if value.strip():
                notes("style", node)
        elif name in LOOKS:
            notes("attribute_not_followed", node, attribute=name)
        elif near := get_close_matches(name.lower(), [one.lower() for one in read], 1, 0.75):
            notes("attribute_near", node, attribute=name, near=_SPELLED[near[0]])
        else:
            notes("attribute_unknown", node, attribute=name)
