"""Label Studio's own configs, and what is changed in them to see whether the verdict changes as Label Studio's does."""

import copy
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import strategies as st

from tests.annotation.shared_data import SHARED

FILES = sorted((SHARED / "data" / "labelstudio" / "configs").glob("*.xml"))
_ABSENT = pytest.mark.skip(reason="shared data is not here: data/labelstudio/configs (set ASSAY_SHARED)")
EACH: list[Any] = [pytest.param(path, id=path.stem) for path in FILES] or [
    pytest.param(SHARED, id="absent", marks=_ABSENT)
]
needs_configs = pytest.mark.skipif(not FILES, reason=_ABSENT.kwargs["reason"])

_VALUES = ("5", "true", "", "a,b", "nan", "1_0", " 7 ", "$x", "text", "inf")
_TAGS = (
    "View",
    "Choices",
    "Labels",
    "Label",
    "Choice",
    "Text",
    "Video",
    "TextArea",
    "Number",
    "Foo",
    "Filter",
)
_ATTRIBUTES = ("name", "toName", "value", "valueList", "alias", "minPlaybackSpeed", "defaultPlaybackSpeed")


def read(path: Path) -> str:
    """A config as its file has it."""
    return path.read_text(encoding="utf-8")


def _picked(draw: Any, values: Any) -> Any:
    return draw(st.sampled_from(list(values)))


@st.composite
def mutants(draw: Any) -> str:
    """A config of Label Studio's in which something is cut, dropped, renamed, doubled or moved."""
    source = read(_picked(draw, FILES))
    if draw(st.booleans()) and draw(st.booleans()):
        start = draw(st.integers(0, len(source) - 1))
        return source[:start] + source[start + draw(st.integers(1, 40)) :]
    root = ElementTree.fromstring(
        source
    )  # without comments: the SDK counts names in them, which the server does not
    for _ in range(draw(st.integers(1, 3))):
        _change(draw, root)
    return str(ElementTree.tostring(root, encoding="unicode"))


def _change(draw: Any, root: Any) -> None:
    node = _picked(draw, root.iter())
    kind = draw(st.integers(0, 6))
    if kind == 0 and node.attrib:
        del node.attrib[_picked(draw, node.attrib)]
    elif kind == 1 and node.attrib:
        node.set(_picked(draw, node.attrib), _picked(draw, _VALUES))
    elif kind == 2:
        node.set(_picked(draw, _ATTRIBUTES), _picked(draw, _VALUES))
    elif kind == 3:
        node.tag = _picked(draw, _TAGS)
    elif kind == 4 and len(node):
        node.remove(_picked(draw, node))
    elif kind == 5:
        node.text = _picked(draw, _VALUES)
    elif node is not root:
        _picked(draw, root.iter()).append(copy.deepcopy(node))
