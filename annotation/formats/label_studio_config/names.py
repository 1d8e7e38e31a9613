"""The names of a config: each stands once, and every `toName` is one of them."""

from __future__ import annotations

import re

from annotation.formats.config_xml import ConfigInvalid, Node

_NAME_IN_TEXT = re.compile(r'name="([^"]*)"')
_TARGET_IN_TEXT = re.compile(r'toName="([^"]*)"')


def check_names(root: Node) -> None:
    """Raises ConfigInvalid for a name that stands twice or a `toName` that is no name.

    Label Studio searches the written XML for `name="…"`. So every attribute whose name ends in "name" names something,
    as does a text (a style sheet, mostly) that holds such words.
    """
    lines: dict[str, int] = {}
    for node in root.walk():
        for name in _named(node):
            if name in lines:
                first = lines[name]
                raise ConfigInvalid(
                    "name_duplicate", tag=node.tag, line=node.line, name=name, first_line=first
                )
            lines[name] = node.line
    for node in root.walk():
        for target in _targets(node):
            if target not in lines:
                raise ConfigInvalid("target_unknown", tag=node.tag, line=node.line, target=target)


def _named(node: Node) -> list[str]:
    found = [value for name, value in node.attributes.items() if name.endswith("name")]
    return found + _NAME_IN_TEXT.findall(node.text)


def _targets(node: Node) -> list[str]:
    found = [value for name, value in node.attributes.items() if name.endswith("toName")]
    found += _TARGET_IN_TEXT.findall(node.text)
    return [target for one in found for target in one.split(",")]
