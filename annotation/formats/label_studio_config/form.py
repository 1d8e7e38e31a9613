"""The form that Label Studio's JSON schema of configs asks for: which attributes and children a tag must have.

It looks at tags directly inside `<View>`s only (a `<div>` hides what is in it), names are read as they are written, and
whatever the schema does not name passes. Source: `label_config_schema.json` of Label Studio 1.23.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from annotation.formats.config_xml import ConfigInvalid, Node
from annotation.formats.label_studio_config.values import is_words


def check_form(root: Node) -> None:
    """Raises ConfigInvalid for the first tag that has not the form; another root than `<View>` has any."""
    if root.tag == "View":
        _view(root, whole=True, outermost=True)


def _view(view: Node, *, whole: bool, outermost: bool = False) -> None:
    """`whole`: whether it is reached from the root by Views alone, so that a single Choice counts as a list."""
    choices = [child for child in view.children if child.tag == "Choices"]
    lists = whole and (len(choices) == 1 or all(_count(one, "Choice") for one in choices))
    for child in view.children:
        if child.tag == "View":
            _view(child, whole=whole)
        elif child.tag == "Choices":
            _choices(child, lists)
        elif child.tag in ("Label", "Choice") and not outermost:
            _offered(child)
        elif child.tag in _RULES:
            _RULES[child.tag](child)


def _choices(node: Node, lists: bool) -> None:
    _offering(node, "Choice")
    if _count(node, "Choice") == 1 and not lists:
        raise ConfigInvalid("choice_alone", tag=node.tag, line=node.line)


def _labels(node: Node) -> None:
    _offering(node, "Label")


def _offering(node: Node, child: str) -> None:
    _control(node)
    if "value" not in node.attributes and not _count(node, child) and not _count(node, "View"):
        raise ConfigInvalid("labels_missing", tag=node.tag, line=node.line, child=child)
    for inner in node.children:
        if inner.tag == child:
            _offered(inner)
        elif inner.tag == "View":
            _view(inner, whole=False)


def _control(node: Node) -> None:
    for attribute in ("name", "toName"):
        _has(node, attribute)
        if not is_words(node.attributes[attribute]):
            value = node.attributes[attribute]
            raise ConfigInvalid(
                "name_not_words", tag=node.tag, line=node.line, attribute=attribute, value=value
            )
    _words_inside(node)


def _offered(node: Node) -> None:
    _has(node, "value")
    _words_inside(node)


def _object(node: Node) -> None:
    _has(node, "name")
    if "valueList" not in node.attributes:
        _has(node, "value")
    elif "value" in node.attributes:
        raise ConfigInvalid("value_twice", tag=node.tag, line=node.line)
    _words_inside(node)


def _has(node: Node, attribute: str) -> None:
    if attribute not in node.attributes:
        raise ConfigInvalid("attribute_missing", tag=node.tag, line=node.line, attribute=attribute)


def _words_inside(node: Node) -> None:
    if node.head.strip() and not is_words(node.head):
        raise ConfigInvalid("text_not_words", tag=node.tag, line=node.line, value=node.head.strip())


def _count(node: Node, tag: str) -> int:
    return sum(child.tag == tag for child in node.children)


_RULES: Mapping[str, Callable[[Node], None]] = {
    "Labels": _labels,
    "TextArea": _control,
    "Number": _control,
    "Image": _object,
    "Text": _object,
    "HyperText": _object,
}
