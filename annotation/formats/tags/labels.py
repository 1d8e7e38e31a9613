"""Labels in a config: Choice and Label tags, flat or as a tree, and those that come with the item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from annotation.formats.config_attributes import (
    childless,
    colour,
    data_key,
    misplaced,
    needed,
    plain_words,
    said,
    truth,
    whole,
)
from annotation.formats.config_xml import ConfigInvalid, Node
from annotation.formats.schema import Label
from annotation.formats.tags.family import Control

MAX_LABELS = 20_000
_HEADER, _VIEW, _STYLE, _SHORTCUT = "header", "view", "style", "shortcut"


@dataclass
class Labels:
    """What a control offers: labels, the words that stand among them, and the item's key of further ones."""

    labels: dict[str, Label] = field(default_factory=dict)
    headers: list[str] = field(default_factory=list)
    key_of_data: str = ""

    @property
    def title(self) -> str:
        """The headers among the labels."""
        return " / ".join(header for header in self.headers if header)

    @property
    def all(self) -> tuple[Label, ...]:
        """The labels in the config's order."""
        return tuple(self.labels.values())


def labels_of(control: Control, child: str, *, tree: bool = False) -> Labels:
    """Read the labels below a control. `child` is their tag in small letters; `tree` lets one stand in another."""
    found = Labels()
    node = control.node
    if said(node, "value"):
        found.key_of_data = data_key(node, "value")
    each = whole(node, "maxUsages", maximum=1000) if child == "label" else None
    _collect(control, found, node, child, None, tree=tree, most=each)
    if not found.labels and not found.key_of_data:
        raise ConfigInvalid("labels_missing", tag=node.tag, line=node.line, child=child.capitalize())
    return found


def _collect(
    control: Control,
    found: Labels,
    parent: Node,
    child: str,
    above: Label | None,
    *,
    tree: bool,
    most: int | None,
) -> None:
    texts: set[str] = set()
    for node in _inside(parent, child):
        if node.tag.lower() == _HEADER:
            childless(node)
            found.headers.append(plain_words(node, (node.attributes.get("value") or node.text).strip()))
            continue
        label = _label(control, node, above, most)
        if found.labels.get(label.key, label).text == label.text and label.key in found.labels:
            control.note("label_twice", node)  # no answer could tell the two apart
            continue
        if label.key in found.labels or label.text in texts:
            raise ConfigInvalid("label_duplicate", tag=node.tag, line=node.line, value=label.text)
        if len(found.labels) >= MAX_LABELS:
            raise ConfigInvalid("labels_too_many", tag=node.tag, line=node.line, limit=MAX_LABELS)
        found.labels[label.key] = label
        texts.add(label.text)
        if tree:
            _collect(control, found, node, child, label, tree=True, most=most)
        else:
            childless(node)


def _inside(parent: Node, tag: str) -> Iterator[Node]:
    for node in parent.children:
        name = node.tag.lower()
        if name == _VIEW:
            yield from _inside(node, tag)
        elif name in (tag, _HEADER):
            yield node
        elif name not in (_STYLE, _SHORTCUT):
            raise misplaced(node, parent)


def _label(control: Control, node: Node, above: Label | None, most: int | None) -> Label:
    text = plain_words(node, needed(node, "value").strip())
    alias = said(node, "alias")
    if node.attributes.get("html"):
        control.note("html", node)
    shade = colour(node)
    if shade is None and said(node, "background"):
        control.note("colour", node)
    own = next(
        (whole(node, name, maximum=1000) for name in ("maxUsage", "maxUsages") if said(node, name)), None
    )
    return Label(
        key=alias or (f"{above.key} / {text}" if above else text),
        text=text,
        hotkey=node.attributes.get("hotkey") or None,
        colour=shade,
        selected=truth(node, "selected"),
        max_usage=most if own is None else own,
        parent=above.key if above else None,
        part=text if above and not alias else "",
        hint=said(node, "hint"),
    )
