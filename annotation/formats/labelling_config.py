"""Label Studio's labelling config, read into a Schema.

Supported: View, Header, Text, Choices and Choice, Labels and Label, Rating, Number, TextArea; Style is
ignored. Every other tag, and every attribute that would change what is asked, is refused by name and line.
"""

from __future__ import annotations

import re

from annotation.formats import config_tags as tags
from annotation.formats.config_questions import question_of
from annotation.formats.config_xml import ConfigInvalid, Node, parse_xml
from annotation.formats.schema import Field, Question, Schema

__all__ = ["ConfigInvalid", "parse_config"]

_DATA_KEY = re.compile(r"\$([^\s$.\[\]{}]+)")


def parse_config(source: str) -> Schema:
    """Read a labelling config.

    Raises ConfigInvalid with a code of `messages.MESSAGES`, the tag and the line.
    """
    root = parse_xml(source)
    if root.tag.lower() != tags.VIEW:
        raise ConfigInvalid("wrong_root", tag=root.tag, line=root.line)
    _check_tags(root)
    _check_names(root)
    return _Reader().read(root)


def _check_tags(root: Node) -> None:
    for node in root.walk():
        name = node.tag.lower()
        if name not in tags.SUPPORTED:
            known = name in tags.UNSUPPORTED
            raise ConfigInvalid("tag_unsupported" if known else "tag_unknown", tag=node.tag, line=node.line)
        for attribute in tags.UNSUPPORTED_ATTRIBUTES:
            if node.attributes.get(attribute, "false").lower() != "false":
                raise ConfigInvalid(
                    "attribute_unsupported", tag=node.tag, line=node.line, attribute=attribute
                )


def _check_names(root: Node) -> None:
    lines: dict[str, int] = {}
    for node in root.walk():
        if node.tag.lower() not in tags.CONTROLS | {tags.TEXT}:
            continue
        name = _needed(node, "name")
        if name in lines:
            raise ConfigInvalid(
                "name_duplicate", tag=node.tag, line=node.line, name=name, first_line=lines[name]
            )
        lines[name] = node.line


class _Reader:
    """Collects fields, questions and layout in document order."""

    def __init__(self) -> None:
        self.fields: list[Field] = []
        self.literals: set[str] = set()
        self.controls: list[tuple[Node, Question]] = []
        self.layout: list[dict[str, str]] = []

    def read(self, root: Node) -> Schema:
        self._view(root)
        for node, question in self.controls:
            self._check_target(node, question.field)
        if not self.fields:
            raise ConfigInvalid("no_text", tag=root.tag, line=root.line)
        if not self.controls:
            raise ConfigInvalid("no_question", tag=root.tag, line=root.line)
        return Schema(
            tuple(self.fields), tuple(question for _, question in self.controls), tuple(self.layout)
        )

    def _view(self, view: Node) -> None:
        for node in view.children:
            match node.tag.lower():
                case tags.VIEW:
                    self._view(node)
                case tags.HEADER:
                    self._header(node)
                case tags.TEXT:
                    self._text(node)
                case tags.STYLE:
                    pass
                case tags.CHOICE | tags.LABEL:
                    raise ConfigInvalid("tag_misplaced", tag=node.tag, line=node.line, parent=view.tag)
                case _:
                    self._control(node)

    def _header(self, node: Node) -> None:
        text = (node.attributes.get("value") or node.text).strip()
        if text.startswith("$"):
            self._field(f"header_{node.line}_{len(self.fields)}", self._data_key(node, text))
        elif text:
            self.layout.append({"node": "header", "text": text})

    def _text(self, node: Node) -> None:
        if node.attributes.get("valueType", "text").lower() != "text":
            raise ConfigInvalid("attribute_unsupported", tag=node.tag, line=node.line, attribute="valueType")
        name, value = _needed(node, "name"), _needed(node, "value")
        if "$" in value:
            self._field(name, self._data_key(node, value))
        else:  # Label Studio shows a literal as it stands
            self.literals.add(name)
            self.layout.append({"node": "header", "text": value})

    def _field(self, name: str, key: str) -> None:
        self.fields.append(Field(name, key))
        self.layout.append({"node": "field", "name": name})

    def _data_key(self, node: Node, value: str) -> str:
        match = _DATA_KEY.fullmatch(value.strip())
        if not match:
            raise ConfigInvalid(
                "attribute_invalid",
                tag=node.tag,
                line=node.line,
                attribute="value",
                value=value,
                allowed="$key",
            )
        return match[1]

    def _control(self, node: Node) -> None:
        before = self.layout[-1] if self.layout and self.layout[-1]["node"] == "header" else None
        question = question_of(node, title=before["text"] if before else "")
        if before:
            self.layout.pop()
        self.controls.append((node, question))
        self.layout.append({"node": "question", "key": question.key})

    def _check_target(self, node: Node, target: str) -> None:
        if target in {field.name for field in self.fields}:
            return
        named = target in self.literals or target in {question.key for _, question in self.controls}
        code = "target_not_text" if named else "target_several" if "," in target else "target_unknown"
        raise ConfigInvalid(code, tag=node.tag, line=node.line, target=target)


def _needed(node: Node, attribute: str) -> str:
    value = node.attributes.get(attribute, "")
    if not value.strip():
        raise ConfigInvalid("attribute_missing", tag=node.tag, line=node.line, attribute=attribute)
    return value
