"""The playback speeds of a `<Video>`: the one thing that Label Studio's SDK checks of a tag's attributes."""

from __future__ import annotations

from annotation.formats.config_xml import ConfigInvalid, Node

SLOWEST, FASTEST = 0.05, 10.0
_ATTRIBUTES = ("defaultPlaybackSpeed", "minPlaybackSpeed")


def check_speeds(root: Node) -> None:
    """Raises ConfigInvalid for a speed that is no number from SLOWEST to FASTEST, or a least above the default."""
    for node in _videos(root):
        found = {name: _speed(node, name) for name in _ATTRIBUTES}
        usual, least = (found[name] for name in _ATTRIBUTES)
        if usual is not None and least is not None and least > usual:
            raise _invalid(node, "minPlaybackSpeed", f"≤ {usual:g}")


def _videos(root: Node) -> list[Node]:
    """Of objects of one name the last counts; a video that asks something is no object."""
    by_name: dict[str, Node] = {}
    for node in root.walk():
        said = node.attributes.get
        control = said("toName") and node.tag != "Filter"
        if said("name") and not control and (said("value") or said("valueList")):
            by_name[node.attributes["name"]] = node
    return [node for node in by_name.values() if node.tag.lower() == "video"]


def _speed(node: Node, attribute: str) -> float | None:
    given = _said(node, attribute)
    if given is None:
        return None
    try:
        speed = float(given)
    except ValueError:
        speed = 0.0
    if not SLOWEST <= speed <= FASTEST:
        raise _invalid(node, attribute, f"{SLOWEST:g}–{FASTEST:g}")
    return speed


def _said(node: Node, attribute: str) -> str | None:
    given = node.attributes.get(attribute, node.attributes.get(attribute.lower()))
    return given if given and given.strip() else None


def _invalid(node: Node, attribute: str, allowed: str) -> ConfigInvalid:
    value = _said(node, attribute)
    return ConfigInvalid(
        "attribute_invalid", tag=node.tag, line=node.line, attribute=attribute, value=value, allowed=allowed
    )
