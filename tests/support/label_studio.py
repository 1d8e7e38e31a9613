"""What Label Studio's own SDK says against results in its shapes.

It knows of each tag the names, the type and the fields of a value. It takes any value for Chat and for Assay's own tags
(Rubric, Grades), and does not know some shapes at all: `beyond` names them.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from label_studio_sdk.label_interface.interface import LabelInterface

Region = dict[str, Any]
_OFFERED = re.compile(r"choices|taxonomy|\w*labels").fullmatch


def complaints(config: str, result: Sequence[Region]) -> list[str]:
    """Its errors about a result that was written for a config, without what it cannot know."""
    return said(config, [region for region in result if not beyond(config, region)])


def said(config: str, result: Iterable[Region]) -> list[str]:
    """Its errors about any result."""
    errors: list[str] = _sdk(config).validate_prediction({"result": list(result)}, return_errors=True)
    return errors


def beyond(config: str, region: Region) -> str:
    """Why the SDK would complain of a region though it is right; empty where it should not."""
    value = region.get("value", {})
    if "," in region.get("to_name", ""):
        return "it looks for one tag, and a Pairwise is about two"
    if "row" in value:
        return "cells of a table are Assay's own"
    if any(isinstance(one, list) for one in value.get("choices", ())):
        return "it takes no paths of choices in choices, which Label Studio's editor writes"
    if _OFFERED(region["type"]) and _sdk(config).get_control(region["from_name"]).dynamic_value:
        return "it has no item, whose labels are on offer"
    return ""


def _sdk(config: str) -> Any:
    """Its own types say little."""
    return LabelInterface(config)
