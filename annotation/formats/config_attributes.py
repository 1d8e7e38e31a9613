"""The attributes of a config's tag, read strictly: what cannot be understood is refused with tag and line."""

from __future__ import annotations

import math
import re

from annotation.formats.config_xml import ConfigInvalid, Node

_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,30}|(?:rgb|hsl)a?\([0-9.,%/ ]{3,40}\)")
_DATA_KEY = re.compile(r"\$([^\s$.\[\]{}]+)")
_KEY_AMONG_WORDS = re.compile(r"\$[^\W\d]")


def needed(node: Node, attribute: str) -> str:
    """An attribute that must say something, as written."""
    value = node.attributes.get(attribute, "")
    if not value.strip():
        raise ConfigInvalid("attribute_missing", tag=node.tag, line=node.line, attribute=attribute)
    return value


def said(node: Node, attribute: str) -> str:
    """An attribute without the blanks around it; empty when it is not there."""
    return node.attributes.get(attribute, "").strip()


def truth(node: Node, attribute: str, *, default: bool = False) -> bool:
    """Whether an attribute says yes."""
    given = said(node, attribute).lower()
    return given in ("true", "1", "yes") if given else default


def whole(node: Node, attribute: str, *, maximum: int, least: int = 1) -> int | None:
    """A whole number from `least` to `maximum`; None when the attribute is not there."""
    given = said(node, attribute)
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 10 and least <= int(given) <= maximum):
        raise invalid(node, attribute, f"{least}–{maximum}")
    return int(given)


def number(node: Node, attribute: str) -> float | None:
    """A finite number; None when the attribute is not there."""
    given = node.attributes.get(attribute)
    if given is None:
        return None
    try:
        found = float(given)
    except ValueError:
        raise invalid(node, attribute, "0, 1.5, …") from None
    if not math.isfinite(found):
        raise invalid(node, attribute, "0, 1.5, …")
    return int(found) if found.is_integer() else found


def colour(node: Node) -> str | None:
    """The `background`, when it is a plain colour."""
    given = said(node, "background")
    return given if _COLOUR.fullmatch(given) else None


def data_key(node: Node, attribute: str) -> str:
    """The item's key that `$key` names."""
    value = needed(node, attribute)
    match = _DATA_KEY.fullmatch(value.strip())
    if not match and not value.strip().startswith("$"):
        plain_words(node, value, attribute)
    if not match:
        raise invalid(node, attribute, "$key")
    return match[1]


def names_key(words: str) -> bool:
    """Whether words name a key of the item; a `$` before a figure is a sign of money."""
    return bool(_KEY_AMONG_WORDS.search(words))


def plain_words(node: Node, words: str, attribute: str = "value") -> str:
    """Words that are shown as they stand; refuses `$key` among them, which nothing would fill in."""
    if names_key(words):
        raise ConfigInvalid("key_among_words", tag=node.tag, line=node.line, attribute=attribute, words=words)
    return words


def listed(value: str) -> list[str]:
    """The parts of a list with commas."""
    return [part.strip() for part in value.split(",") if part.strip()]


def childless(node: Node) -> None:
    """Refuse what stands inside a tag that holds nothing."""
    for child in node.children:
        raise misplaced(child, node)


def misplaced(child: Node, parent: Node) -> ConfigInvalid:
    """A tag where it cannot stand."""
    return ConfigInvalid("tag_misplaced", tag=child.tag, line=child.line, parent=parent.tag)


def invalid(node: Node, attribute: str, allowed: str) -> ConfigInvalid:
    """An attribute that says what it cannot."""
    value = node.attributes.get(attribute, "")
    return ConfigInvalid(
        "attribute_invalid", tag=node.tag, line=node.line, attribute=attribute, value=value, allowed=allowed
    )


def unsupported(node: Node, attribute: str) -> ConfigInvalid:
    """An attribute that asks for what Assay cannot show."""
    return ConfigInvalid("attribute_unsupported", tag=node.tag, line=node.line, attribute=attribute)
