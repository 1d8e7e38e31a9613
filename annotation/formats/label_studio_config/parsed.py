"""`parsed_label_config`: what Label Studio's API tells of a config's controls, by their names."""

from __future__ import annotations

import re
from typing import Any

from annotation.formats.config_xml import Node, parse_xml

_OFFERED = frozenset({"Label", "Choice", "Relation"})
_VARIABLE = re.compile(r"\$[A-Za-z_]+")
_CONDITIONS = (("whenTagName", "tag"), ("whenLabelValue", "label"), ("whenChoiceValue", "choice"))


def parsed_label_config(source: str) -> dict[str, Any]:
    """Each control with its `type`, `to_name`, `inputs` and `labels`; raises ConfigInvalid for broken XML.

    `labels` are aliases where there are any, `labels_attrs` all attributes of each; `conditionals`, `dynamic_labels`
    and `regex` (of a repeater's index) stand where they say something.
    """
    if not source:
        return {}
    reader = _Reader()
    reader.read(parse_xml(source, namespaces=True), None)
    return reader.finished()


class _Reader:
    """Goes through a config in the order of the document: what comes later knows what came before."""

    def __init__(self) -> None:
        self.controls: dict[str, dict[str, Any]] = {}
        self.objects: dict[str, dict[str, Any]] = {}
        self.labels: dict[str, dict[str, dict[str, str]]] = {}
        self.indexes: list[str] = []

    def read(self, node: Node, above: str | None) -> None:
        """Read a tag and all in it; `above` names the control that it stands in."""
        said = node.attributes.get
        if "indexFlag" in node.attributes:
            self.indexes.append(node.attributes["indexFlag"])
        name = said("name")
        if name and said("toName") and node.tag != "Filter":
            self.controls[name] = self._control(node)
        elif name and (said("value") or said("valueList")):
            self.objects[name] = _object(node)
        value = said("alias") or said("value") or said("valueList")
        if node.tag in _OFFERED and above is not None and value:
            self.labels.setdefault(above, {})[value] = dict(node.attributes)
        inside = name if name in self.controls else above
        for child in node.children:
            self.read(child, inside)

    def finished(self) -> dict[str, Any]:
        """The controls, with their objects (those that exist) and labels."""
        for name, control in self.controls.items():
            control["inputs"] = [self.objects[one] for one in control["to_name"] if one in self.objects]
            attributes = self.labels.get(name, {})
            control["labels"] = list(attributes)
            control["labels_attrs"] = attributes
        return self.controls

    def _control(self, node: Node) -> dict[str, Any]:
        targets = node.attributes["toName"].split(",")
        found: dict[str, Any] = {"type": node.tag, "to_name": targets}
        if flags := {flag: ".*" for flag in self.indexes if any(flag in target for target in targets)}:
            found["regex"] = flags
        if node.attributes.get("perRegion") == "true" and (condition := _condition(node)):
            found["conditionals"] = condition
        if _VARIABLE.fullmatch(node.attributes.get("value", "")) or node.attributes.get("apiUrl"):
            found["dynamic_labels"] = True
        return found


def _condition(node: Node) -> dict[str, str] | None:
    for attribute, kind in _CONDITIONS:
        if name := node.attributes.get(attribute):
            return {"type": kind, "name": name}
    return None


def _object(node: Node) -> dict[str, Any]:
    attribute = "value" if "value" in node.attributes else "valueList"
    return {
        "type": node.tag,
        "valueType": node.attributes.get("valueType"),
        attribute: node.attributes[attribute].lstrip("$"),
    }
