"""The controls of a labelling config by name, whether Assay shows them or not."""

from __future__ import annotations

from functools import lru_cache

from annotation.formats.config_xml import ConfigInvalid, parse_xml


@lru_cache(maxsize=256)
def control_names(source: str) -> frozenset[str]:
    """The `name` of every tag that points at another one (`toName`); empty for what is no XML."""
    try:
        nodes = parse_xml(source).walk()
    except ConfigInvalid:
        return frozenset()
    return frozenset(
        node.attributes["name"]
        for node in nodes
        if node.attributes.get("name") and node.attributes.get("toName")
    )
