"""Code points and UTF-16 units, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.formats.label_studio_result import from_label_studio, to_label_studio
from annotation.formats.schema import Field, Schema
from annotation.formats.utf16 import OffsetSplitsCharacter, Utf16Offsets

SCHEMA = Schema((Field("t", "t"),), (), ())
TEXTS = {
    "ascii": "plain",
    "emoji": "a😀b",
    "joined emoji": "x👩‍👩‍👧‍👦y",
    "flag": "🇨🇳!",
    "combining": "e\u0301a",
    "extension B": "\U00020000丈𠮷",
    "crlf": "a\r\n😀\r\nb",
    "empty": "",
}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_offset_goes_there_and_back(text: str) -> None:
    offsets = Utf16Offsets(text)
    for at in range(len(text) + 1):
        assert offsets.to_utf16(at) == _units(text[:at])
        assert offsets.from_utf16(_units(text[:at])) == at
    assert offsets.units == _units(text)


@given(st.text(st.characters(codec="utf-16"), max_size=30))
def test_every_unit_is_an_offset_or_within_a_character(text: str) -> None:
    offsets = Utf16Offsets(text)
    edges = {_units(text[:at]): at for at in range(len(text) + 1)}
    for unit in range(offsets.units + 1):
        if unit in edges:
            assert offsets.from_utf16(unit) == edges[unit]
        else:
            with pytest.raises(OffsetSplitsCharacter):
                offsets.from_utf16(unit)


@pytest.mark.parametrize("offset", [-1, 3])
def test_outside_the_text_there_is_no_offset(offset: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        Utf16Offsets("ab").to_utf16(offset)
    with pytest.raises(ValueError, match="outside"):
        Utf16Offsets("ab").from_utf16(offset)


def test_a_results_spans_are_converted_and_the_rest_is_left_alone() -> None:
    ours = [
        {"to_name": "t", "type": "labels", "value": {"start": 1, "end": 2, "text": "😀", "labels": ["x"]}},
        {"to_name": "t", "type": "rating", "value": {"rating": 2}},
    ]
    theirs = to_label_studio(ours, SCHEMA, {"t": "a😀b"})
    assert theirs[0]["value"] == {"start": 1, "end": 3, "text": "😀", "labels": ["x"]}
    assert theirs[1] == ours[1]
    assert from_label_studio(theirs, SCHEMA, {"t": "a😀b"}) == ours
    assert ours[0]["value"]["end"] == 2  # type: ignore[index]  # the input is left as it was
