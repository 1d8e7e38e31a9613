"""HTML that a stranger wrote, as structure and text: cleaned when it comes in, and the text of the cleaned form.

What is stored is in one form only: elements of `TAGS`, attributes whose values are letters, digits and hyphens, and
four entities. So its text is what is left without the tags, whichever parser reads it inside a `<div>`, and `is_clean`
needs no parser.
"""

from __future__ import annotations

import re
from typing import Final

import nh3

from annotation.formats.html_nesting import TooDeep, check_nesting

_STRUCTURE: Final = (
    "abbr article aside b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption "
    "figure footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark nav ol p pre q rp rt ruby s samp section small "
    "span strong sub sup table tbody td tfoot th thead time tr u ul var wbr"
)
_DROPPED: Final = (
    "script style template noscript noembed noframes iframe object title textarea select svg math audio video"
)
TAGS: Final = frozenset(_STRUCTURE.split())
_WITHOUT_CONTENT: Final = set(_DROPPED.split())
_NUMBERS: Final = {
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start"},
    "li": {"value"},
}
_ATTRIBUTES: Final = {tag: {"dir", "lang", *_NUMBERS.get(tag, ())} for tag in TAGS}
_VALUES: Final = {
    "dir": re.compile("ltr|rtl|auto"),
    "lang": re.compile("[A-Za-z0-9-]{1,35}"),
    "scope": re.compile("row|col|rowgroup|colgroup"),
}
_NUMBER: Final = re.compile("[0-9]{1,4}")
_LINE_END: Final = re.compile("\r\n?")
_PRE: Final = re.compile("(<pre(?: [^>]*)?>)\n+")
"""A parser drops one line feed there, so none is kept."""

_ATTRIBUTE: Final = '(?: (?:dir|lang|scope|colspan|rowspan|span|start|value)="[A-Za-z0-9-]{1,35}")*'
_CLEAN: Final = re.compile(
    rf"(?:[^<>&\r]|&(?:amp|lt|gt|nbsp);|</?(?:{'|'.join(sorted(TAGS, key=len, reverse=True))}){_ATTRIBUTE}>)*+"
)
_TAG: Final = re.compile("<[^>]*>")
_ENTITY: Final = re.compile("&(amp|lt|gt|nbsp);")
_MEANS: Final = {"amp": "&", "lt": "<", "gt": ">", "nbsp": "\xa0"}
_PASSES: Final = 8


class Unstable(ValueError):
    """HTML that becomes something else each time it is read: no two readers would see the same."""


def sanitise(html: str) -> str:
    """The HTML as it is stored; doing it again changes nothing. Raises Unstable, TooDeep."""
    check_nesting(html)
    found = _once(html)
    for _pass in range(_PASSES):
        again = _once(found)
        if again == found:
            return found
        found = again
    raise Unstable


def is_clean(html: str) -> bool:
    """Whether a text holds nothing but what `sanitise` lets through."""
    return bool(_CLEAN.fullmatch(html))


def shown(html: str) -> str:
    """What a page may show of a stored value: itself, or cleaned where it was stored as something else than HTML."""
    if is_clean(html):
        return html
    try:
        return sanitise(html)
    except (Unstable, TooDeep):
        return ""


def text_of(html: str) -> str:
    """The `textContent` that a browser gives for `shown(html)` inside a `<div>`."""
    return _ENTITY.sub(lambda found: _MEANS[found[1]], _TAG.sub("", shown(html)))


def _once(html: str) -> str:
    cleaned = nh3.clean(
        _LINE_END.sub("\n", html),
        tags=set(TAGS),
        clean_content_tags=_WITHOUT_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel=None,
        url_schemes=set(),
    )
    return _PRE.sub(r"\1", _LINE_END.sub("\n", cleaned))


def _attribute(_tag: str, name: str, value: str) -> str | None:
    return value if _VALUES.get(name, _NUMBER).fullmatch(value) else None
