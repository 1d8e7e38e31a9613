"""What people see of the things that an item brings: cards of a list, and labels. Here alone HTML becomes their words.

The browser is given these words, so that both sides say the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from annotation.formats.html_text import shown, text_of

_INLINE: Final = (
    "abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u "
    "var wbr"
)
_BLOCK: Final = re.compile(rf"</?+(?!(?:{'|'.join(_INLINE.split())})[ >])[^>]*>")


def html_words(thing: Mapping[str, Any]) -> str:
    """The words of its `html`, on one line; what stands in blocks of their own is kept apart."""
    given = thing.get("html")
    return " ".join(text_of(_BLOCK.sub(" ", shown(given))).split()) if isinstance(given, str) else ""


def has_wordless_html(thing: Any) -> bool:
    """Whether its `html` holds nothing that can be shown, as a picture from elsewhere."""
    given = thing.get("html") if isinstance(thing, Mapping) else None
    return isinstance(given, str) and bool(given.strip()) and not html_words(thing)


def label_words(label: Mapping[str, Any]) -> str:
    """What people see of a label: the words of its `html`, else its `value`."""
    value = label.get("value")
    return html_words(label) or (value.strip() if isinstance(value, str) else "")


def card_words(thing: Any) -> tuple[str, str]:
    """The title and the body of a thing of a list; its `html` stands below its `body`."""
    if not isinstance(thing, Mapping):
        return "", ""
    title, body = (
        thing[name].strip() if isinstance(thing.get(name), str) else "" for name in ("title", "body")
    )
    return title, "\n".join(part for part in (body, html_words(thing)) if part)


def shown_cards(given: Any) -> Any:
    """A list as a page is given it: of each thing its id and its words."""
    if not isinstance(given, list):
        return given
    cards = ((one, card_words(one)) for one in given)
    return [
        {**one, "title": title, "body": body} if isinstance(one, Mapping) else one
        for one, (title, body) in cards
    ]


def shown_labels(given: Any) -> Any:
    """Labels as a page is given them: `text` is what people see."""
    if not isinstance(given, list):
        return given
    return [_shown_label(one) if isinstance(one, Mapping) else one for one in given]


def _shown_label(label: Mapping[str, Any]) -> dict[str, Any]:
    below = {"children": shown_labels(label["children"])} if "children" in label else {}
    return {**label, "text": label_words(label), **below}


def without_html(given: Any) -> Any:
    """The same without the HTML, whose words stand beside it."""
    if isinstance(given, list):
        return [without_html(one) for one in given]
    if not isinstance(given, Mapping):
        return given
    kept = {name: part for name, part in given.items() if name != "html"}
    return {**kept, "children": without_html(kept["children"])} if "children" in kept else kept
