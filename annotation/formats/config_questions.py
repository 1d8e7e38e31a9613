"""One control tag of a labelling config, read into a Question."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from annotation.formats import config_tags as tags
from annotation.formats.config_xml import ConfigInvalid, Node
from annotation.formats.schema import Kind, Label, Question

_MAX_RATING = 100
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,30}|(?:rgb|hsl)a?\([0-9.,%/ ]{3,40}\)")
_CHOICE_KINDS = {"single": Kind.CHOICE, "single-radio": Kind.CHOICE, "multiple": Kind.CHOICES}


def question_of(node: Node, *, title: str) -> Question:
    """Read a control; `title` is the header that stands right before it, or empty.

    Raises ConfigInvalid.
    """
    match node.tag.lower():
        case tags.CHOICES:
            labels, inner = _labels(node, tags.CHOICE)
            return _question(node, _choice_kind(node), title or inner, labels=labels)
        case tags.LABELS:
            if node.attributes.get("choice", "single").lower() != "single":
                raise _unsupported(node, "choice")
            labels, inner = _labels(node, tags.LABEL)
            return _question(node, Kind.SPANS, title or inner, labels=labels)
        case tags.RATING:
            _childless(node)
            most = _whole(node, "maxRating", default=5, maximum=_MAX_RATING)
            return _question(node, Kind.RATING, title, max_rating=most)
        case tags.NUMBER:
            _childless(node)
            return _number_question(node, title)
        case _:
            _childless(node)
            return _text_question(node, title)


def _question(node: Node, kind: Kind, title: str, **own: object) -> Question:
    target = node.attributes.get("toName", "")
    if not target.strip():
        raise ConfigInvalid("attribute_missing", tag=node.tag, line=node.line, attribute="toName")
    return Question(
        key=node.attributes["name"],
        kind=kind,
        field=target,
        title=title,
        required=node.attributes.get("required", "").lower() in ("true", "1"),
        required_message=node.attributes.get("requiredMessage", ""),
        **own,  # type: ignore[arg-type]  # each case above passes the attributes of its kind
    )


def _choice_kind(node: Node) -> Kind:
    given = node.attributes.get("choice", "single").lower()
    if given not in _CHOICE_KINDS:
        raise _invalid(node, "choice", ", ".join(_CHOICE_KINDS))
    return _CHOICE_KINDS[given]


def _number_question(node: Node, title: str) -> Question:
    minimum, maximum, step = (_number(node, name) for name in ("min", "max", "step"))
    if minimum is not None and maximum is not None and minimum > maximum:
        raise _invalid(node, "max", f">= {minimum}")
    if step is not None and step <= 0:
        raise _invalid(node, "step", "> 0")
    return _question(node, Kind.NUMBER, title, minimum=minimum, maximum=maximum, step=step)


def _text_question(node: Node, title: str) -> Question:
    if node.attributes.get("value"):  # a text given beforehand
        raise _unsupported(node, "value")
    most = (
        _whole(node, "maxSubmissions", default=0, maximum=1000)
        if "maxSubmissions" in node.attributes
        else None
    )
    return _question(
        node,
        Kind.TEXT,
        title,
        placeholder=node.attributes.get("placeholder", ""),
        rows=_whole(node, "rows", default=3, maximum=100),
        max_texts=most,
    )


def _labels(control: Node, tag: str) -> tuple[tuple[Label, ...], str]:
    """The labels on offer and the headers that stand among them."""
    if control.attributes.get("value"):  # labels that come with the item's data
        raise _unsupported(control, "value")
    headers: list[str] = []
    labels: dict[str, Label] = {}
    texts: set[str] = set()
    for node in _inside(control, tag):
        if node.tag.lower() == tags.HEADER:
            headers.append((node.attributes.get("value") or node.text).strip())
            continue
        label = _label(node)
        if label.key in labels or label.text in texts:
            raise ConfigInvalid("label_duplicate", tag=node.tag, line=node.line, value=label.text)
        labels[label.key] = label
        texts.add(label.text)
    if not labels:
        raise ConfigInvalid("labels_missing", tag=control.tag, line=control.line, child=tag.capitalize())
    return tuple(labels.values()), " / ".join(header for header in headers if header)


def _inside(parent: Node, tag: str) -> Iterator[Node]:
    for node in parent.children:
        name = node.tag.lower()
        if name == tags.VIEW:
            yield from _inside(node, tag)
        elif name in (tag, tags.HEADER):
            _childless(node)
            yield node
        elif name != tags.STYLE:
            raise ConfigInvalid("tag_misplaced", tag=node.tag, line=node.line, parent=parent.tag)


def _label(node: Node) -> Label:
    text = node.attributes.get("value", "").strip()
    if not text:
        raise ConfigInvalid("attribute_missing", tag=node.tag, line=node.line, attribute="value")
    colour = node.attributes.get("background", "").strip()
    return Label(
        key=node.attributes.get("alias", "").strip() or text,
        text=text,
        hotkey=node.attributes.get("hotkey") or None,
        colour=colour if _COLOUR.fullmatch(colour) else None,
        selected=node.attributes.get("selected", "").lower() == "true",
        max_usage=_whole(node, "maxUsage", default=1, maximum=1000)
        if "maxUsage" in node.attributes
        else None,
    )


def _childless(node: Node) -> None:
    for child in node.children:
        if child.tag.lower() == tags.CHOICE and node.tag.lower() == tags.CHOICE:
            raise ConfigInvalid("choice_nested", tag=child.tag, line=child.line)
        raise ConfigInvalid("tag_misplaced", tag=child.tag, line=child.line, parent=node.tag)


def _whole(node: Node, attribute: str, *, default: int, maximum: int) -> int:
    given = node.attributes.get(attribute, str(default)).strip()
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= maximum and len(given) < 10):
        raise _invalid(node, attribute, f"1–{maximum}")
    return int(given)


def _number(node: Node, attribute: str) -> float | None:
    given = node.attributes.get(attribute)
    if given is None:
        return None
    try:
        number = float(given)
    except ValueError:
        raise _invalid(node, attribute, "0, 1.5, …") from None
    if not math.isfinite(number):
        raise _invalid(node, attribute, "0, 1.5, …")
    return int(number) if number.is_integer() else number


def _invalid(node: Node, attribute: str, allowed: str) -> ConfigInvalid:
    value = node.attributes.get(attribute, "")
    return ConfigInvalid(
        "attribute_invalid", tag=node.tag, line=node.line, attribute=attribute, value=value, allowed=allowed
    )


def _unsupported(node: Node, attribute: str) -> ConfigInvalid:
    return ConfigInvalid("attribute_unsupported", tag=node.tag, line=node.line, attribute=attribute)
